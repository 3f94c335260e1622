package io.dettrace.compare;

import io.dettrace.event.EventBlock;
import io.dettrace.event.SourceRef;
import java.util.Arrays;

/** The unmatched events of one lane and one run, first in first out, in columns; grows as needed. */
final class EventQueue {
    private static final int FIRST_CAPACITY = 8;

    private int mask = FIRST_CAPACITY - 1;
    private int head;
    private int size;
    private long[] label = new long[FIRST_CAPACITY];
    private int[] kind = new int[FIRST_CAPACITY];
    private long[] index = new long[FIRST_CAPACITY];
    private long[] time = new long[FIRST_CAPACITY];
    private long[] line = new long[FIRST_CAPACITY];
    private long[] offset = new long[FIRST_CAPACITY];
    private int[] length = new int[FIRST_CAPACITY];
    private int[] file = new int[FIRST_CAPACITY];
    private Links[] links = new Links[FIRST_CAPACITY];

    /** The links of one event; null in the queue for an event that has none. */
    record Links(int[] lane, long[] ref) {}

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(EventBlock b, int row, long eventIndex, Links eventLinks) {
        if (size > mask) {
            grow();
        }
        int at = (head + size) & mask;
        label[at] = b.label[row];
        kind[at] = b.kind[row];
        index[at] = eventIndex;
        time[at] = b.time[row];
        line[at] = b.line[row];
        offset[at] = b.offset[row];
        length[at] = b.length[row];
        file[at] = b.file[row];
        links[at] = eventLinks;
        size++;
    }

    void removeFirst() {
        links[head] = null;
        head = (head + 1) & mask;
        size--;
    }

    /** Drops everything, and the room that a long queue took. */
    void clear() {
        EventQueue fresh = new EventQueue();
        mask = fresh.mask;
        head = 0;
        size = 0;
        label = fresh.label;
        kind = fresh.kind;
        index = fresh.index;
        time = fresh.time;
        line = fresh.line;
        offset = fresh.offset;
        length = fresh.length;
        file = fresh.file;
        links = fresh.links;
    }

    long label(int i) {
        return label[(head + i) & mask];
    }

    int kind(int i) {
        return kind[(head + i) & mask];
    }

    long index(int i) {
        return index[(head + i) & mask];
    }

    /** Line of the first event. */
    long line() {
        return line[head];
    }

    /** Time of the first event. */
    long time() {
        return time[head];
    }

    /** Offset of the first event. */
    long offset() {
        return offset[head];
    }

    /** Number of the first event's file. */
    int file() {
        return file[head];
    }

    /** Length of the first event. */
    int length() {
        return length[head];
    }

    /** Links of the first event, or null. */
    Links links() {
        return links[head];
    }

    /** Replaces the links of the first event. */
    void setLinks(Links replacement) {
        links[head] = replacement;
    }

    EventPoint point(int i, String lane, long ordinal) {
        int at = (head + i) & mask;
        return new EventPoint(
                lane, index[at], ordinal, time[at], new SourceRef(file[at], line[at], offset[at], length[at]));
    }

    /** Writes the head's index, ordinal, time, line, offset, and file with length to {@code to} from {@code at} on. */
    void copyHead(long[] to, int at, long ordinal) {
        to[at] = index[head];
        to[at + 1] = ordinal;
        to[at + 2] = time[head];
        to[at + 3] = line[head];
        to[at + 4] = offset[head];
        to[at + 5] = PairRing.pack(file[head], length[head]);
    }

    private void grow() {
        int capacity = label.length;
        label = unroll(label, capacity);
        kind = unroll(kind, capacity);
        index = unroll(index, capacity);
        time = unroll(time, capacity);
        line = unroll(line, capacity);
        offset = unroll(offset, capacity);
        length = unroll(length, capacity);
        file = unroll(file, capacity);
        Links[] wider = Arrays.copyOfRange(links, head, head + 2 * capacity);
        System.arraycopy(links, 0, wider, capacity - head, head);
        Arrays.fill(wider, capacity, wider.length, null);
        links = wider;
        head = 0;
        mask = 2 * capacity - 1;
    }

    private long[] unroll(long[] from, int capacity) {
        long[] to = new long[2 * capacity];
        System.arraycopy(from, head, to, 0, capacity - head);
        System.arraycopy(from, 0, to, capacity - head, head);
        return to;
    }

    private int[] unroll(int[] from, int capacity) {
        int[] to = new int[2 * capacity];
        System.arraycopy(from, head, to, 0, capacity - head);
        System.arraycopy(from, 0, to, capacity - head, head);
        return to;
    }
}

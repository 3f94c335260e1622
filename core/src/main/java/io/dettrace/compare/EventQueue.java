package io.dettrace.compare;

import io.dettrace.event.EventBlock;
import io.dettrace.event.SourceRef;
import java.util.Arrays;

/**
 * The unmatched events of one lane and one run, first in first out; grows as needed. Two rings of plain arrays, so that
 * an event is written and read in one place of the memory and costs no object: one of events and one of their links.
 */
final class EventQueue {
    private static final int FIRST_CAPACITY = 8;

    /** What is kept of an event, as positions from the start of its place; {@value #LONGS} in all. */
    private static final int INDEX = 0;

    private static final int TIME = 1;
    private static final int LINE = 2;
    private static final int OFFSET = 3;
    private static final int FILE_AND_LENGTH = 4;
    private static final int LABEL = 5;
    private static final int KIND = 6;
    private static final int LINKS = 7;
    private static final int LONGS = 8;

    private long[] events = new long[FIRST_CAPACITY * LONGS];
    private int mask = FIRST_CAPACITY - 1;
    private int head;
    private int size;

    private int[] linkLane = {};
    private long[] linkRef = {};
    private int linkHead;
    private int linkSize;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(EventBlock b, int row, long eventIndex, Links links) {
        if (size > mask) {
            events = unroll(events, head * LONGS);
            head = 0;
            mask = 2 * mask + 1;
        }
        int at = at(size++);
        events[at + INDEX] = eventIndex;
        events[at + TIME] = b.time[row];
        events[at + LINE] = b.line[row];
        events[at + OFFSET] = b.offset[row];
        events[at + FILE_AND_LENGTH] = PairRing.pack(b.file[row], b.length[row]);
        events[at + LABEL] = b.label[row];
        events[at + KIND] = b.kind[row];
        events[at + LINKS] = links.size();
        if (links.size() > 0) {
            addLinks(links);
        }
    }

    private void addLinks(Links links) {
        while (linkSize + links.size() > linkLane.length) {
            growLinks();
        }
        for (int i = 0; i < links.size(); i++) {
            int at = linkAt(linkSize++);
            linkLane[at] = links.lane(i);
            linkRef[at] = links.ref(i);
        }
    }

    void removeFirst() {
        int links = (int) events[at(0) + LINKS];
        linkHead += links;
        linkSize -= links;
        head = (head + 1) & mask;
        size--;
    }

    /** Drops everything, and the room that a long queue took. */
    void clear() {
        events = new long[FIRST_CAPACITY * LONGS];
        mask = FIRST_CAPACITY - 1;
        head = 0;
        size = 0;
        linkLane = new int[0];
        linkRef = new long[0];
        linkHead = 0;
        linkSize = 0;
    }

    private int at(int i) {
        return ((head + i) & mask) * LONGS;
    }

    private int linkAt(int i) {
        return (linkHead + i) & (linkLane.length - 1);
    }

    long label(int i) {
        return events[at(i) + LABEL];
    }

    int kind(int i) {
        return (int) events[at(i) + KIND];
    }

    long index(int i) {
        return events[at(i) + INDEX];
    }

    /** Line of the first event. */
    long line() {
        return events[at(0) + LINE];
    }

    /** Time of the first event. */
    long time() {
        return events[at(0) + TIME];
    }

    /** Offset of the first event. */
    long offset() {
        return events[at(0) + OFFSET];
    }

    /** Number of the first event's file. */
    int file() {
        return (int) (events[at(0) + FILE_AND_LENGTH] >>> 32);
    }

    /** Length of the first event. */
    int length() {
        return (int) events[at(0) + FILE_AND_LENGTH];
    }

    /** Number of links of the first event, 0 if there is no event. */
    int links() {
        return size == 0 ? 0 : (int) events[at(0) + LINKS];
    }

    /** Lane that link {@code i} of the first event names, or what stands for it in {@link EventBlock#linkLane}. */
    int linkLane(int i) {
        return linkLane[linkAt(i)];
    }

    /** What link {@code i} of the first event names in that lane. */
    long linkRef(int i) {
        return linkRef[linkAt(i)];
    }

    /** Takes link {@code i} away from the first event. */
    void cutLink(int i) {
        for (int k = i; k > 0; k--) {
            linkLane[linkAt(k)] = linkLane[linkAt(k - 1)];
            linkRef[linkAt(k)] = linkRef[linkAt(k - 1)];
        }
        linkHead++;
        linkSize--;
        events[at(0) + LINKS]--;
    }

    EventPoint point(int i, String lane, long ordinal) {
        int at = at(i);
        int file = (int) (events[at + FILE_AND_LENGTH] >>> 32);
        int length = (int) events[at + FILE_AND_LENGTH];
        SourceRef source = new SourceRef(file, events[at + LINE], events[at + OFFSET], length);
        return new EventPoint(lane, events[at + INDEX], ordinal, events[at + TIME], source);
    }

    /** Writes the head's index, time, line, offset, and file with length to {@code to} from {@code start} on. */
    void copyHead(long[] to, int start) {
        int at = at(0);
        for (int i = 0; i < LABEL; i++) {
            to[start + i] = events[at + i];
        }
    }

    private void growLinks() {
        int capacity = linkLane.length;
        int from = linkAt(0);
        if (capacity == 0) {
            linkLane = new int[FIRST_CAPACITY];
            linkRef = new long[FIRST_CAPACITY];
        } else {
            int[] wider = Arrays.copyOfRange(linkLane, from, from + 2 * capacity);
            System.arraycopy(linkLane, 0, wider, capacity - from, from);
            linkLane = wider;
            linkRef = unroll(linkRef, from);
        }
        linkHead = 0;
    }

    /** The contents of a full ring that starts at {@code from}, in twice the room. */
    private static long[] unroll(long[] ring, int from) {
        long[] wider = Arrays.copyOfRange(ring, from, from + 2 * ring.length);
        System.arraycopy(ring, 0, wider, ring.length - from, from);
        return wider;
    }
}

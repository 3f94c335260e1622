package io.dettrace.compare;

import io.dettrace.event.EventBlock;
import io.dettrace.event.SourceRef;
import java.util.Arrays;

/**
 * Two events that correspond, with their times, places and links. One object serves all pairs of a comparison, so that
 * looking allocates nothing; {@link #copy} keeps one. Sides are given as {@link Side#ordinal()}.
 */
public final class ObservedPair {
    /** {@link #linkOrdinal}: no such event is in the run. */
    public static final long DANGLING = Predecessors.DANGLING;

    int lane;
    String laneName;
    int kind;
    final long[] index = new long[2];
    final long[] ordinal = new long[2];
    final long[] time = new long[2];
    final long[] line = new long[2];
    final long[] offset = new long[2];
    final int[] file = new int[2];
    final int[] length = new int[2];
    final int[] links = new int[2];
    final int[][] linkLane = {new int[4], new int[4]};
    final long[][] linkOrdinal = {new long[4], new long[4]};

    /** Number of the lane in this comparison, from 0. */
    public int lane() {
        return lane;
    }

    /** Name of the lane. */
    public String laneName() {
        return laneName;
    }

    /** Digest of the kind, as in {@link EventBlock#kind}. */
    public int kind() {
        return kind;
    }

    /** Position of the event in its lane, from 0. */
    public long ordinal(int side) {
        return ordinal[side];
    }

    /** Nanoseconds, or {@link EventBlock#NO_TIME}. */
    public long time(int side) {
        return time[side];
    }

    /** How many events of other lanes the event names as having come before. */
    public int links(int side) {
        return links[side];
    }

    /** Lane of the event that link {@code i} names. */
    public int linkLane(int side, int i) {
        return linkLane[side][i];
    }

    /** Position in its lane of the event that link {@code i} names, {@link #DANGLING}, or less if it is not known. */
    public long linkOrdinal(int side, int i) {
        return linkOrdinal[side][i];
    }

    /** Where the event stands. */
    public EventPoint point(int side) {
        return new EventPoint(
                laneName,
                index[side],
                ordinal[side],
                time[side],
                new SourceRef(file[side], line[side], offset[side], length[side]));
    }

    /** Writes index, line, offset, and file with length of an event to {@code to}, from {@code at} on. */
    public void copyPlace(int side, long[] to, int at) {
        to[at] = index[side];
        to[at + 1] = line[side];
        to[at + 2] = offset[side];
        to[at + 3] = PairRing.pack(file[side], length[side]);
    }

    /** The same pair, to be kept. */
    public ObservedPair copy() {
        ObservedPair c = new ObservedPair();
        c.lane = lane;
        c.laneName = laneName;
        c.kind = kind;
        for (int s = 0; s < 2; s++) {
            c.index[s] = index[s];
            c.ordinal[s] = ordinal[s];
            c.time[s] = time[s];
            c.line[s] = line[s];
            c.offset[s] = offset[s];
            c.file[s] = file[s];
            c.length[s] = length[s];
            c.links[s] = links[s];
            c.linkLane[s] = Arrays.copyOf(linkLane[s], links[s]);
            c.linkOrdinal[s] = Arrays.copyOf(linkOrdinal[s], links[s]);
        }
        return c;
    }

    void set(int side, EventQueue queue, long ordinalInLane) {
        index[side] = queue.index(0);
        ordinal[side] = ordinalInLane;
        time[side] = queue.time();
        line[side] = queue.line();
        offset[side] = queue.offset();
        file[side] = queue.file();
        length[side] = queue.length();
        links[side] = 0;
    }

    void set(int side, EventBlock b, int row, long eventIndex, long ordinalInLane) {
        index[side] = eventIndex;
        ordinal[side] = ordinalInLane;
        time[side] = b.time[row];
        line[side] = b.line[row];
        offset[side] = b.offset[row];
        file[side] = b.file[row];
        length[side] = b.length[row];
        links[side] = 0;
    }

    void addLink(int side, int toLane, long toOrdinal) {
        int at = links[side]++;
        if (at == linkLane[side].length) {
            linkLane[side] = Arrays.copyOf(linkLane[side], at * 2);
            linkOrdinal[side] = Arrays.copyOf(linkOrdinal[side], at * 2);
        }
        linkLane[side][at] = toLane;
        linkOrdinal[side][at] = toOrdinal;
    }
}

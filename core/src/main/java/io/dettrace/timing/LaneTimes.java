package io.dettrace.timing;

import io.dettrace.compare.EventPoint;
import io.dettrace.compare.ObservedPair;
import io.dettrace.event.EventBlock;
import io.dettrace.event.SourceRef;
import java.util.Arrays;

/** The last pairs of a lane: when they happened in both runs, and how much of their lateness is explained. */
final class LaneTimes {
    /** Pairs of a lane that are remembered for links to it; two blocks, since lanes advance block by block. */
    static final int KEPT = 8_192;

    /** Pairs that are remembered of a lane where all lanes together have used up their room. */
    static final int LEAST_KEPT = 256;

    /** Pairs that all lanes together remember, beside what each may in any case. */
    static final int ROOM = 1 << 19;

    /** {@link #find}: the event is no pair's. */
    static final int UNPAIRED = -1;

    /** {@link #find}: the event's pair is older than what is kept. */
    static final int FORGOTTEN = -2;

    /** Numbers that tell the place of the candidate's event. */
    private static final int PLACE = 4;

    final String name;

    /** What tells the lane's clock; empty if all lanes share one. */
    final String domain;

    private final long[][] ordinal = {new long[4], new long[4]};
    private final long[][] time = {new long[4], new long[4]};
    private final long[] next = new long[2];
    private long[] place = new long[4 * PLACE];
    private int[] kind = new int[4];
    private long[] lateness = new long[4];
    private Reach[] reach = new Reach[4];
    private int capacity = 4;
    private boolean settled;
    private long written;
    private long lastTimed = -1;

    private final Room room;

    /** What all lanes together have taken. */
    static final class Room {
        private int taken;

        boolean take(int pairs) {
            if (taken + pairs > ROOM) {
                return false;
            }
            taken += pairs;
            return true;
        }
    }

    LaneTimes(String name, String domain, Room room) {
        this.name = name;
        this.domain = domain;
        this.room = room;
    }

    /** True if the pair follows the last one in both runs, with nothing between them. */
    boolean isNext(ObservedPair pair) {
        return pair.ordinal(0) == next[0] && pair.ordinal(1) == next[1];
    }

    /** True if the run has events between the last pair and this one. */
    boolean skips(ObservedPair pair, int side) {
        return pair.ordinal(side) != next[side];
    }

    /** Slot of the last pair with times, or {@link #UNPAIRED}. */
    int last() {
        return lastTimed < 0 || lastTimed < written - capacity ? UNPAIRED : slot(lastTimed);
    }

    long time(int side, int slot) {
        return time[side][slot];
    }

    long ordinal(int side, int slot) {
        return ordinal[side][slot];
    }

    /** The candidate's event. */
    EventPoint point(int slot) {
        int at = slot * PLACE;
        SourceRef source =
                new SourceRef((int) (place[at + 3] >>> 32), place[at + 1], place[at + 2], (int) place[at + 3]);
        return new EventPoint(name, place[at], ordinal[1][slot], time[1][slot], source);
    }

    /** Digest of the kind of the pair's events. */
    int kind(int slot) {
        return kind[slot];
    }

    long lateness(int slot) {
        return lateness[slot];
    }

    Reach reach(int slot) {
        return reach[slot];
    }

    /** Time of the oldest pair that is kept, which no older one exceeds. */
    long oldestTime(int side) {
        return time[side][slot(Math.max(0, written - capacity))];
    }

    /** Slot of the pair that has this event, or one of the constants. */
    int find(int side, long wanted) {
        long low = Math.max(0, written - capacity);
        if (written == 0 || wanted < ordinal[side][slot(low)]) {
            return low > 0 ? FORGOTTEN : UNPAIRED;
        }
        long high = written - 1;
        while (low <= high) {
            long middle = low + high >>> 1;
            long found = ordinal[side][slot(middle)];
            if (found == wanted) {
                return slot(middle);
            }
            if (found < wanted) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return UNPAIRED;
    }

    /**
     * Adds a pair.
     *
     * @param explained nanoseconds by which the candidate's event is late because of what {@code by} says, negative if early
     * @param by null if nothing is explained
     */
    void add(ObservedPair pair, boolean timed, long explained, Reach by) {
        boolean full = written == capacity && !settled;
        if (full && (capacity < LEAST_KEPT || capacity < KEPT && room.take(capacity))) {
            grow();
        } else if (full) {
            settled = true;
        }
        int at = slot(written);
        for (int s = 0; s < 2; s++) {
            ordinal[s][at] = pair.ordinal(s);
            time[s][at] = timed ? pair.time(s) : EventBlock.NO_TIME;
            next[s] = pair.ordinal(s) + 1;
        }
        pair.copyPlace(1, place, at * PLACE);
        kind[at] = pair.kind();
        lateness[at] = explained;
        reach[at] = by;
        if (timed) {
            lastTimed = written;
        }
        written++;
    }

    private int slot(long pair) {
        return (int) (pair & capacity - 1);
    }

    private void grow() {
        capacity *= 2;
        for (int s = 0; s < 2; s++) {
            ordinal[s] = Arrays.copyOf(ordinal[s], capacity);
            time[s] = Arrays.copyOf(time[s], capacity);
        }
        place = Arrays.copyOf(place, PLACE * capacity);
        kind = Arrays.copyOf(kind, capacity);
        lateness = Arrays.copyOf(lateness, capacity);
        reach = Arrays.copyOf(reach, capacity);
    }
}

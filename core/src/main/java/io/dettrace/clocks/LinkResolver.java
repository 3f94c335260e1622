package io.dettrace.clocks;

import io.dettrace.event.EventBlock;
import java.util.Arrays;

/**
 * Finds both ends of every link of a run in one pass, whatever way the link names its target: by lane and clock, by
 * identity, or as the first event with a message's name.
 *
 * <p>Memory is bounded: a link is found if not more than some {@value RecentEvents#MAX_EVENTS} names of events, or {@value
 * WaitingLinks#MAX_LINKS} other open links, lie between its ends. Not thread-safe.
 */
public final class LinkResolver {
    private static final long LANE_SALT = 0x9E3779B97F4A7C15L;
    private static final long MESSAGE_SALT = 0xD1B54A32D192ED03L;

    private final RecentEvents events = new RecentEvents();
    private final WaitingLinks waiting = new WaitingLinks();
    private final Sink sink;
    private long[] positions = new long[16];
    private long resolved;

    private long[] defines = new long[8];
    private int defineCount;
    private long[] needs = new long[8];
    private int needCount;

    /** Takes the links that are found. */
    public interface Sink {
        /**
         * A link between two events.
         *
         * @param key names the event that comes first
         * @param fromLane lane of the event that comes first
         * @param fromTime its time as given to {@link LinkResolver#add}
         * @param toLane lane of the event that comes later
         * @param toTime its time
         * @param readFirst true if the event that comes first was read first
         */
        void link(long key, int fromLane, long fromTime, int toLane, long toTime, boolean readFirst);
    }

    /** A resolver for one pass. */
    public LinkResolver(Sink sink) {
        this.sink = sink;
    }

    /** Takes the next event of the run; links of a lane to itself are left out. */
    public void add(EventBlock block, int row, long time) {
        defineCount = 0;
        needCount = 0;
        int lane = block.lane[row];
        for (int i = block.linkStart[row]; i < block.linkStart[row + 1]; i++) {
            takeLink(block, i, lane, time);
        }
        long clock = position(lane);
        define(laneKey(lane, block.clock[row] == 0 ? clock : block.clock[row]), lane, time);
        if (block.defines[row] != 0) {
            define(key(block.defines[row]), lane, time);
        }
    }

    private void takeLink(EventBlock block, int link, int lane, long time) {
        int to = block.linkLane[link];
        long ref = block.linkRef[link];
        if (to == EventBlock.BY_MESSAGE) {
            long key = key(mix(ref ^ MESSAGE_SALT));
            if (events.find(key)) {
                need(key, lane, time);
            } else {
                define(key, lane, time);
            }
        } else if (to == EventBlock.BY_IDENTITY) {
            need(key(ref), lane, time);
        } else if (to != lane) {
            need(laneKey(to, ref), lane, time);
        }
    }

    private void need(long key, int lane, long time) {
        if (needCount == needs.length) {
            needs = Arrays.copyOf(needs, needCount * 2);
        }
        needs[needCount++] = key;
        if (!events.find(key)) {
            waiting.add(key, lane, time);
        } else if (events.lane() != lane) {
            resolved++;
            sink.link(key, events.lane(), events.time(), lane, time, true);
        }
    }

    /** An event's name; of several events with one name the first counts. */
    private void define(long key, int lane, long time) {
        if (!events.put(key, lane, time)) {
            return;
        }
        if (defineCount == defines.length) {
            defines = Arrays.copyOf(defines, defineCount * 2);
        }
        defines[defineCount++] = key;
        if (waiting.isEmpty()) {
            return;
        }
        waiting.take(key, (toLane, toTime) -> {
            if (toLane != lane) {
                resolved++;
                sink.link(key, lane, time, toLane, toTime, false);
            }
        });
    }

    private long position(int lane) {
        if (lane >= positions.length) {
            positions = Arrays.copyOf(positions, Math.max(lane + 1, positions.length * 2));
        }
        return ++positions[lane];
    }

    private static long laneKey(int lane, long clock) {
        return key(mix(clock * LANE_SALT + lane));
    }

    /** Key 0 means a free slot. */
    private static long key(long digest) {
        return digest == 0 ? 1 : digest;
    }

    /** A one-to-one mixer (Stafford's thirteenth variant of the finaliser of MurmurHash3). */
    private static long mix(long z) {
        long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
        return b ^ b >>> 31;
    }

    /** Keys by which others may name the event added last, and no event before it. */
    public long[] defines() {
        return Arrays.copyOf(defines, defineCount);
    }

    /** Keys of the other events that must come before the event added last. */
    public long[] needs() {
        int kept = 0;
        for (int i = 0; i < needCount; i++) {
            if (!isOwn(needs[i])) {
                needs[kept++] = needs[i];
            }
        }
        needCount = kept;
        return Arrays.copyOf(needs, kept);
    }

    private boolean isOwn(long key) {
        for (int i = 0; i < defineCount; i++) {
            if (defines[i] == key) {
                return true;
            }
        }
        return false;
    }

    /** Links between lanes that were found so far. */
    public long resolved() {
        return resolved;
    }

    /** Links whose other end was not found: it is not in the run, or too far away. */
    public long unresolved() {
        return waiting.unresolved();
    }
}

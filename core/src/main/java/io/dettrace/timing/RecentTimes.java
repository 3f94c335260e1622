package io.dettrace.timing;

import io.dettrace.event.EventBlock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** When the last events of each lane of one run happened, whether they correspond to anything or not. */
final class RecentTimes implements EventTap.Watcher {
    private final LaneTimes.Room room = new LaneTimes.Room();
    private final Map<String, Ring> byName = new HashMap<>();
    private Ring[] byLane = new Ring[16];

    private static final class Ring {
        private long[] times = new long[4];
        private long written;
        private boolean settled;

        void add(long time, LaneTimes.Room room) {
            if (written == times.length && !settled) {
                if (times.length < LaneTimes.LEAST_KEPT || times.length < LaneTimes.KEPT && room.take(times.length)) {
                    times = Arrays.copyOf(times, 2 * times.length);
                } else {
                    settled = true;
                }
            }
            times[(int) (written++ & times.length - 1)] = time;
        }
    }

    @Override
    public void event(EventTap at, int lane, int kind, long time) {
        if (lane >= byLane.length) {
            byLane = Arrays.copyOf(byLane, Math.max(lane + 1, 2 * byLane.length));
        }
        if (byLane[lane] == null) {
            byLane[lane] = byName.computeIfAbsent(at.laneName(lane), n -> new Ring());
        }
        byLane[lane].add(time, room);
    }

    /** Time of an event by its position in its lane; {@link EventBlock#NO_TIME} if it has none or is too far back. */
    long time(String lane, long ordinal) {
        Ring ring = byName.get(lane);
        return ring == null || ordinal >= ring.written || ordinal < ring.written - ring.times.length
                ? EventBlock.NO_TIME
                : ring.times[(int) (ordinal & ring.times.length - 1)];
    }
}

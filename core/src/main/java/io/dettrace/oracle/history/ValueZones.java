package io.dettrace.oracle.history;

import io.dettrace.oracle.history.DistinctValues.Life;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Whether the reads and writes of a register fit one after the other, where each value is written once (Gibbons, Korach,
 * "Testing shared memories", SIAM Journal on Computing 26(4), 1997, section 4).
 *
 * <p>A value's <em>zone</em> lies between the first end and the last beginning of the calls that write and read it. Where a call
 * ends before another begins the register holds the value all the time between: such zones must not overlap. Otherwise all of
 * its calls are open together, and one instant of the zone must be free of the others.
 */
final class ValueZones {
    private ValueZones() {}

    /** A zone from the first end to the last beginning; the other way round if all calls are open together. */
    private record Zone(int firstEnd, int lastBeginning) {
        static Zone of(Life life) {
            return new Zone(Math.min(life.put, life.firstKnown), Math.max(life.putBegun, life.lastUse));
        }

        boolean isHeld() {
            return firstEnd < lastBeginning;
        }
    }

    /** True if there is an order; no value is read before it was written. */
    static boolean fit(Collection<Life> lives) {
        List<Zone> zones = lives.stream()
                .filter(l -> l.isSeen() || l.put != Operation.NEVER)
                .map(Zone::of)
                .toList();
        List<Zone> held = zones.stream()
                .filter(Zone::isHeld)
                .sorted(Comparator.comparingInt(Zone::firstEnd))
                .toList();
        for (int i = 1; i < held.size(); i++) {
            if (held.get(i).firstEnd < held.get(i - 1).lastBeginning) {
                return false;
            }
        }
        int[] begins = held.stream().mapToInt(Zone::firstEnd).toArray();
        return zones.stream().filter(z -> !z.isHeld()).allMatch(z -> {
            int before = Instants.below(begins, z.lastBeginning) - 1;
            return before < 0 || z.firstEnd > held.get(before).lastBeginning;
        });
    }
}

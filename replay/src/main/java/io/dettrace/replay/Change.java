package io.dettrace.replay;

import io.dettrace.replay.schedule.Choice;
import io.dettrace.replay.schedule.Decision;
import io.dettrace.replay.schedule.Preemption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place at which a failing schedule decides otherwise than a passing one.
 *
 * @param passing what the passing schedule decides there, or null if it leaves it to the base policy
 * @param failing what the failing schedule decides there, or null likewise
 */
record Change(@Nullable Decision passing, @Nullable Decision failing) {
    Change {
        if (passing == null && failing == null) {
            throw new IllegalArgumentException("a change has at least one side");
        }
    }

    /** The decision that is made, or left out. */
    Decision decision() {
        Decision one = failing != null ? failing : passing;
        if (one == null) {
            throw new IllegalStateException("a change has at least one side");
        }
        return one;
    }

    /** What leads from one schedule to the other, in the order of the failing one, then of the passing one. */
    static List<Change> between(List<Decision> passing, List<Decision> failing) {
        Map<String, Decision> left = new LinkedHashMap<>();
        passing.forEach(d -> left.put(place(d), d));
        List<Change> changes = new ArrayList<>();
        for (Decision d : failing) {
            Decision instead = left.remove(place(d));
            if (!d.equals(instead)) {
                changes.add(new Change(instead, d));
            }
        }
        left.values().forEach(d -> changes.add(new Change(d, null)));
        return changes;
    }

    /** A passing schedule with some changes made. */
    static List<Decision> apply(List<Decision> passing, List<Change> changes) {
        Map<String, Decision> all = new LinkedHashMap<>();
        passing.forEach(d -> all.put(place(d), d));
        for (Change c : changes) {
            if (c.passing() != null) {
                all.remove(place(c.passing()));
            }
        }
        for (Change c : changes) {
            if (c.failing() != null) {
                all.put(place(c.failing()), c.failing());
            }
        }
        return new ArrayList<>(all.values());
    }

    /** Where a decision is made, whatever it decides. */
    static String place(Decision d) {
        if (d instanceof Preemption p) {
            return Preemption.WORD + " " + p.thread() + " " + p.n() + "." + p.rep();
        }
        return Choice.WORD + " " + d.thread() + " " + d.n();
    }
}

package io.dettrace.timing;

import io.dettrace.compare.ObservedPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Tells late roots from inherited lateness in one walk over the pairs (max-plus).
 *
 * <p>For a pair e with predecessors p let d(e) = t(e) − max t(p) in each run, its own delay. If the candidate's is beyond
 * what is expected, lateness arises at e: a root. What e hands on, R(e), is how much later it is because of roots. A
 * successor would have been enabled at max (t(p) − R(p)) but was at max t(p); the difference is what it inherits, and slack
 * in between swallows the rest. An own delay that is shorter than expected behind a late predecessor catches up: a timer that
 * keeps its schedule after a late tick is no early one. Small differences within the tolerance move R(e) between nothing and
 * what its root handed on, so that they do not pile up.
 */
final class DelayJudge {
    /** Roots that are kept, those with the greatest excess; all are counted. */
    static final int MAX_ROOTS = 1_000;

    /** Lateness within the tolerance and below this share of its root's has died out. */
    private static final int DIED_OUT = 100;

    /** Excesses that differ by this part of the first at most are the same. */
    private static final int ALIKE = 16;

    private static final Comparator<OpenRoot> GREATEST = Comparator.comparingLong((OpenRoot r) -> -Math.abs(r.excess()))
            .thenComparing(r -> r.candidate.lane())
            .thenComparingLong(r -> r.candidate.ordinal());

    private final TimingOptions options;
    private final Tolerance tolerance;
    private final ClockScale scale;
    private final BudgetMonitor budgets;
    private final OwnDelay own;
    private final Excesses excesses = new Excesses();
    private final Long2ObjectHashMap<Int2ObjectHashMap<Optional<DelayRange>>> ranges = new Long2ObjectHashMap<>();
    /** By lane and kind the root that its last event was, or was like. */
    private final Long2ObjectHashMap<OpenRoot> streaks = new Long2ObjectHashMap<>();

    private List<OpenRoot> roots = new ArrayList<>();
    private final TimingCounts counts = new TimingCounts();

    DelayJudge(
            TimingOptions options, Tolerance tolerance, ClockScale scale, BudgetMonitor budgets, RecentTimes[] times) {
        own = new OwnDelay(times, options.clocks());
        this.options = options;
        this.tolerance = tolerance;
        this.scale = scale;
        this.budgets = budgets;
    }

    void paired(ObservedPair pair) {
        switch (own.of(pair)) {
            case BOTH -> judge(pair, pair.time(0) - own.enabled(0), pair.time(1) - own.enabled(1));
            case START -> start(pair);
            case UNTIMED -> {
                counts.untimed++;
                own.add(pair, 0, null);
            }
            case DISTURBED -> {
                counts.disturbed++;
                behindDifference(pair);
            }
            case FORGOTTEN -> {
                counts.forgotten++;
                passOn(pair);
            }
            case ANOTHER_CLOCK -> {
                counts.anotherClock++;
                passOn(pair);
            }
            case BACKWARDS -> {
                counts.backwards++;
                passOn(pair);
            }
        }
    }

    /**
     * Hands on by how much a pair behind a logical difference was moved: an event that makes up for it later is neither early
     * nor late of its own.
     */
    private void behindDifference(ObservedPair pair) {
        long moved = own.isMeasured() ? own.moved(scale) : 0;
        if (moved == 0) {
            passOn(pair);
        } else {
            own.add(pair, moved, OpenRoot.logical(pair, moved).home);
        }
    }

    /** Hands on what a pair inherits that has no own delay to judge. */
    private void passOn(ObservedPair pair) {
        long inherited = own.inherited();
        own.add(pair, inherited, inherited == 0 ? null : own.inheritedBy());
    }

    private void start(ObservedPair pair) {
        if (!scale.starts()) {
            counts.starts++;
            own.add(pair, 0, null);
            return;
        }
        judge(pair, pair.time(0) - scale.start(), pair.time(1) - scale.candidateStart());
    }

    private void judge(ObservedPair pair, long baseline, long candidate) {
        long expected = scale.expected(baseline);
        long excess = candidate - expected;
        long inherited = own.inherited();
        long doubt = own.error();
        Optional<DelayRange> range = range(pair);
        if (budgets != null) {
            budgets.delay(pair, candidate - own.error(1), own);
        }
        if (doubt > 0 && options.ranges().isPresent()) {
            counts.anotherClock++;
            passOn(pair);
            return;
        }
        if (options.ranges().isPresent()
                        && range.isEmpty()
                        && options.tolerance().isEmpty()
                || range.filter(r -> r == DelayRange.ANY).isPresent()) {
            counts.unlearnt++;
            passOn(pair);
            return;
        }
        counts.judged++;
        DelayRange bounds = range.map(this::bounds).orElse(new DelayRange(expected, expected, 0, 0));
        long low = bounds.low();
        long high = bounds.high();
        excesses.add(Math.abs(excess), expected);
        long over = candidate - high - tolerance.around(high) - scale.uncertainty(baseline);
        long under = low - tolerance.around(low) - scale.uncertainty(baseline) - candidate;
        long total = inherited + excess;
        long allowed = allowed(expected, baseline);
        // By how much the event is out of bounds in either direction.
        long late = Math.min(Math.min(over, excess), total - allowed);
        long early = Math.min(Math.min(under, -excess), -total - allowed);
        if (late > doubt || early > doubt) {
            if (!isRepeated(pair, excess, allowed, inherited)) {
                root(pair, expected, candidate, range, inherited);
            }
            return;
        }
        if (!streaks.isEmpty()) {
            streaks.remove(key(pair));
        }
        if (late > 0 || early > 0) {
            counts.withinClocks++;
            counts.clockError = Math.max(counts.clockError, doubt);
        }
        if (inherited == 0) {
            own.add(pair, 0, null);
        } else {
            inherit(pair, inherited, total, allowed + doubt, over > 0 || under > 0);
        }
    }

    /** A learnt range, with the room that is given where no tolerance says how much. */
    private DelayRange bounds(DelayRange range) {
        DelayLimits limits = options.ranges().orElseThrow();
        counts.chance += limits.chance(range);
        return options.tolerance().isPresent() ? range : limits.withRoom(range);
    }

    private long allowed(long expected, long baseline) {
        return tolerance.around(expected) + scale.uncertainty(baseline);
    }

    private Optional<DelayRange> range(ObservedPair pair) {
        if (options.ranges().isEmpty()) {
            return Optional.empty();
        }
        int after = own.enablingKind(1);
        long key = key(pair);
        Int2ObjectHashMap<Optional<DelayRange>> byCause = ranges.computeIfAbsent(key, k -> new Int2ObjectHashMap<>());
        Optional<DelayRange> known = byCause.get(after);
        if (known == null) {
            known = options.ranges().get().find(pair.laneName(), pair.kind(), after);
            byCause.put(after, known);
        }
        return known;
    }

    /** True if the event before it of its kind and lane was a root and was off by the same: the fault is the same one. */
    private boolean isRepeated(ObservedPair pair, long excess, long allowed, long inherited) {
        OpenRoot root = streaks.get(key(pair));
        if (root == null || Math.abs(excess - root.excess()) > Math.max(allowed, Math.abs(root.excess()) / ALIKE)) {
            return false;
        }
        root.repeats++;
        counts.repeated++;
        root.handsOn = Math.max(root.handsOn, Math.abs(inherited + excess));
        own.add(pair, inherited + excess, root.home);
        return true;
    }

    private static long key(ObservedPair pair) {
        return (long) pair.lane() << 32 | pair.kind() & 0xffff_ffffL;
    }

    private void root(ObservedPair pair, long expected, long actual, Optional<DelayRange> range, long inherited) {
        counts.roots++;
        if (actual < expected) {
            counts.early++;
        }
        OpenRoot root = new OpenRoot(
                pair.point(0),
                pair.point(1),
                own.enabling(),
                expected,
                actual,
                range,
                inherited,
                inherited + actual - expected);
        own.add(pair, root.lateness, root.home);
        roots.add(root);
        streaks.put(key(pair), root);
        if (roots.size() >= 2 * MAX_ROOTS) {
            prune();
        }
    }

    private void prune() {
        roots.sort(GREATEST);
        roots = new ArrayList<>(roots.subList(0, Math.min(MAX_ROOTS, roots.size())));
    }

    private void inherit(ObservedPair pair, long inherited, long total, long allowed, boolean caughtUp) {
        Reach by = own.inheritedBy();
        long limit = by.root.handsOn;
        long left = inherited > 0 ? clamp(total, 0, limit) : -clamp(-total, 0, limit);
        if (caughtUp && !by.root.isLogical) {
            counts.caughtUp++;
        }
        if (Math.abs(left) <= Math.min(limit / DIED_OUT, allowed)) {
            own.add(pair, 0, null);
            return;
        }
        counts.inherited += by.root.isLogical ? 0 : 1;
        Reach here = by.root.into(pair.laneName(), by, pair, left);
        here.count(left);
        own.add(pair, left, here);
    }

    private static long clamp(long value, long low, long high) {
        return Math.max(low, Math.min(high, value));
    }

    // ---- the outcome -----------------------------------------------------------------------------------------------

    TimingCounts counts() {
        return counts;
    }

    Excesses excesses() {
        return excesses;
    }

    /** The roots that are kept, the greatest excess first. */
    List<LateRoot> roots() {
        prune();
        return roots.stream().map(DelayJudge::close).toList();
    }

    private static LateRoot close(OpenRoot r) {
        List<LateRoot.Step> steps = new ArrayList<>();
        long events = r.home.events;
        for (Reach reach : r.reached.values()) {
            if (reach != r.home) {
                events += reach.events;
                reach.number = steps.size();
                steps.add(new LateRoot.Step(
                        reach.from.number,
                        reach.baseline,
                        reach.candidate,
                        reach.lateness,
                        reach.events,
                        reach.greatest));
            }
        }
        return new LateRoot(
                r.baseline,
                r.candidate,
                r.enabling,
                r.expected,
                r.actual,
                r.range,
                r.inherited,
                r.lateness,
                r.home.events,
                events,
                r.repeats,
                List.copyOf(steps),
                r.lanesLeftOut);
    }
}

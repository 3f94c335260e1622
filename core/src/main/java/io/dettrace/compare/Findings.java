package io.dettrace.compare;

import io.dettrace.compare.Divergence.PathStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The divergences found so far, and the result made of them. */
final class Findings {
    /** One-sided events of a lane that are remembered to recognise one that only moved. */
    private static final int MAX_SINGLES = 64;

    private static final int SPARE_EFFECTS = 4_096;

    private final CompareOptions options;
    private final Predecessors predecessors;
    private final Influences influences;
    private final List<Finding> roots = new ArrayList<>();
    private final List<Stretch> stretches = new ArrayList<>();
    private final Map<String, Long> effectsByLane = new TreeMap<>();
    private List<Finding> effects = new ArrayList<>();
    private long effectCount;

    /**
     * Matched pairs of a lane that have the label of an event without counterpart right behind them: which of them lacks
     * the counterpart cannot be told from labels.
     */
    private record Stretch(Root root, LaneState lane, long afterPair, long toPair) {
        boolean holds(int laneNumber, long pair) {
            return laneNumber == lane.number && pair > afterPair && pair <= toPair;
        }
    }

    Findings(CompareOptions options, Predecessors predecessors, Influences influences) {
        this.options = options;
        this.predecessors = predecessors;
        this.influences = influences;
    }

    boolean hasRoomForRoot() {
        return roots.size() < options.maxRoots();
    }

    Root root(LaneState lane, Divergence seen) {
        Root root = new Root(roots.size());
        roots.add(new Finding(seen, lane, root, List.of()));
        return root;
    }

    /** The root found last. */
    Finding last() {
        return roots.get(roots.size() - 1);
    }

    Finding effect(LaneState lane, Divergence seen) {
        effectCount++;
        effectsByLane.merge(lane.name, 1L, Long::sum);
        Finding effect = new Finding(seen, lane, null, Influences.on(lane));
        if (options.maxEffects() > 0) {
            effects.add(effect);
            if (effects.size() >= options.maxEffects() + (long) SPARE_EFFECTS) {
                effects = firstEffects();
            }
        }
        return effect;
    }

    private List<Finding> firstEffects() {
        effects.sort(effectOrder());
        return new ArrayList<>(effects.subList(0, Math.min(effects.size(), options.maxEffects())));
    }

    /** Takes note of a single event that only {@code side} has. */
    void noteSingle(Finding found, Side side, long label) {
        if (found == null) {
            return;
        }
        LaneState lane = found.lane;
        if (found.root != null && lane.repeatsOf(label) > 0) {
            long to = lane.pairing.size();
            ambiguous(new Stretch(found.root, lane, to - lane.repeatsOf(label), to));
        }
        for (int i = 0; i < lane.singles.size(); i++) {
            Finding other = lane.singles.get(i);
            if (other.singleLabel == label && other.single != side) {
                other.type = DivergenceClass.MOVED;
                found.type = DivergenceClass.MOVED;
                lane.singles.remove(i);
                return;
            }
        }
        found.single = side;
        found.singleLabel = label;
        if (lane.singles.size() == MAX_SINGLES) {
            lane.singles.remove(0);
        }
        lane.singles.add(found);
    }

    /** Roots that only say that links lead into the stretch follow from the root of the stretch. */
    private void ambiguous(Stretch stretch) {
        stretches.add(stretch);
        for (Finding f : roots) {
            for (int i = 0; i < f.suspectLane.length && f.root.explainedBy == null; i++) {
                if (stretch.holds(f.suspectLane[i], f.suspectPair[i])) {
                    f.root.explainedBy = stretch.root();
                    EventPoint head = f.seen.expected().orElseThrow();
                    f.root.explainedStep = new PathStep(Side.BASELINE, head, stretch.lane().name);
                }
            }
        }
    }

    /** True if links to these pairs differ because of a known root; the lane then follows from it. */
    boolean explains(LaneState lane, int[] suspectLane, long[] suspectPair) {
        for (Stretch stretch : stretches) {
            for (int i = 0; i < suspectLane.length; i++) {
                if (stretch.holds(suspectLane[i], suspectPair[i])) {
                    influences.explain(lane, stretch.root(), stretch.lane());
                    return true;
                }
            }
        }
        return false;
    }

    // ---- result ----------------------------------------------------------------------------------------------------

    /** Roots first to last, then effects, all renumbered; the other figures are those of {@code totals}. */
    Comparison result(Comparison totals) {
        List<Finding> found = new ArrayList<>(roots);
        found.removeIf(f -> f.root.explainedBy != null);
        nameTruncation(found);
        found.sort(rootOrder());
        int[] ids = new int[roots.size()];
        List<Divergence> first = new ArrayList<>();
        for (Finding f : found) {
            ids[f.root.number] = first.size();
            first.add(finished(f, first.size(), List.of(), List.of()));
        }
        List<Divergence> following = new ArrayList<>();
        for (Finding f : firstEffects()) {
            TreeSet<Integer> of = new TreeSet<>();
            f.reaching.forEach(i -> of.add(ids[i.root().resolved().number]));
            List<PathStep> path = f.reaching.stream()
                    .min(Comparator.comparingInt((Influence i) -> path(i).size())
                            .thenComparingInt(i -> ids[i.root().resolved().number]))
                    .map(Findings::path)
                    .orElse(List.of());
            following.add(finished(f, first.size() + following.size(), List.copyOf(of), path));
        }
        return new Comparison(
                List.copyOf(first),
                List.copyOf(following),
                effectCount,
                effectsByLane,
                totals.matched(),
                totals.baselineEvents(),
                totals.candidateEvents(),
                totals.lanes(),
                totals.complete(),
                totals.linked(),
                totals.danglingLinks(),
                totals.cyclicLinks(),
                totals.maxQueued());
    }

    /** Where several lanes lack their ends in the same run and nothing else differs, the run was cut: also by one event. */
    private static void nameTruncation(List<Finding> found) {
        boolean cut = found.size() > 1 && found.stream().allMatch(f -> f.tail != null && f.tail == found.get(0).tail);
        for (Finding f : found) {
            boolean wholeLane = f.type == DivergenceClass.LANE_MISSING || f.type == DivergenceClass.LANE_EXTRA;
            if (cut && !wholeLane) {
                f.type = DivergenceClass.ENDED_EARLY;
            }
        }
    }

    private static List<PathStep> path(Influence last) {
        List<PathStep> steps = new ArrayList<>();
        Root root = last.root();
        for (Influence i = last; i != null && i.step() != null; i = i.via()) {
            steps.add(0, i.step());
        }
        for (; root.explainedBy != null; root = root.explainedBy) {
            steps.add(0, root.explainedStep);
        }
        return List.copyOf(steps);
    }

    /**
     * The order of roots: causal depth first where vector clocks make causality complete. Where links are partial or
     * missing, depths in different lanes do not compare, and the recorded order is the better evidence of what came first.
     */
    private Comparator<Finding> rootOrder() {
        return order(predecessors.hasClocks());
    }

    /** The order of effects: causal depth first where the runs are linked at all. */
    private Comparator<Finding> effectOrder() {
        return order(predecessors.linked());
    }

    private static Comparator<Finding> order(boolean causal) {
        Comparator<Finding> byIndex = Comparator.comparingLong(f -> earliestIndex(f.seen));
        Comparator<Finding> byDepth = Comparator.comparingLong(f -> f.seen.depth());
        return (causal ? byDepth : byIndex)
                .thenComparing(f -> f.seen.lane())
                .thenComparingLong(f -> earliestOrdinal(f.seen));
    }

    private static long earliestIndex(Divergence d) {
        return Math.min(
                d.expected().map(EventPoint::index).orElse(Long.MAX_VALUE),
                d.actual().map(EventPoint::index).orElse(Long.MAX_VALUE));
    }

    private static long earliestOrdinal(Divergence d) {
        return Math.min(
                d.expected().map(EventPoint::ordinal).orElse(Long.MAX_VALUE),
                d.actual().map(EventPoint::ordinal).orElse(Long.MAX_VALUE));
    }

    private static Divergence finished(Finding f, int id, List<Integer> roots, List<PathStep> path) {
        Divergence d = f.seen;
        long a = f.tail == Side.BASELINE
                ? f.lane.read[0] - d.expected().orElseThrow().ordinal()
                : d.expectedCount();
        long b = f.tail == Side.CANDIDATE
                ? f.lane.read[1] - d.actual().orElseThrow().ordinal()
                : d.actualCount();
        Optional<Side> ended = f.type == DivergenceClass.ENDED_EARLY
                ? Optional.of(f.tail == null ? d.endedSide().orElseThrow() : f.tail.other())
                : Optional.empty();
        return new Divergence(
                id,
                f.type,
                d.lane(),
                d.expected(),
                d.actual(),
                a,
                b,
                d.aligned(),
                ended,
                d.depth(),
                d.members(),
                d.before(),
                d.expectedNext(),
                d.actualNext(),
                roots,
                path);
    }
}

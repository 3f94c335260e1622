package io.dettrace.compare;

import io.dettrace.compare.Divergence.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is decided where lanes differ: root or effect, of which class, and what is stepped over. */
final class Decisions {
    /** Events of a lane that are looked at where fewer leave open how it goes on. */
    static final int LONGEST_WINDOW = 4_096;

    private final RunComparator comparator;
    private final Predecessors predecessors;
    private final Correspondence correspondence;
    private final Influences influences;
    private final Findings findings;
    private final CompareOptions options;

    Decisions(
            RunComparator comparator,
            Predecessors predecessors,
            Correspondence correspondence,
            Influences influences,
            Findings findings,
            CompareOptions options) {
        this.comparator = comparator;
        this.predecessors = predecessors;
        this.correspondence = correspondence;
        this.influences = influences;
        this.findings = findings;
        this.options = options;
    }

    /**
     * What is to be done about heads that differ.
     *
     * @param region the events that have no counterpart
     * @param tail the run that goes on where the other's lane has ended, or null
     */
    record Plan(Resync.Region region, DivergenceClass type, Side tail) {
        /** True if the run has events in the region. */
        boolean isAbout(Side side) {
            return (side == Side.BASELINE ? region.baseline() : region.candidate()) > 0;
        }

        /** True if the region is a single event of one run. */
        boolean isSingle() {
            return region.baseline() + region.candidate() == 1;
        }
    }

    /** Makes a plan for heads that differ; false as long as more events are needed. */
    boolean plan(LaneState lane) {
        if (lane.plan == null) {
            boolean tail = lane.queue[0].isEmpty() || lane.queue[1].isEmpty();
            lane.plan = tail ? planTail(lane) : planRegion(lane);
        }
        return lane.plan != null;
    }

    private Plan planRegion(LaneState lane) {
        while (isFull(lane, Side.BASELINE) && isFull(lane, Side.CANDIDATE)) {
            Resync.Window a = window(lane, Side.BASELINE);
            Resync.Window b = window(lane, Side.CANDIDATE);
            boolean more = lane.window < LONGEST_WINDOW && !(a.ended() && b.ended());
            Resync.Region region = Resync.find(a, b, options.window(), lane.lastLabel(), more);
            if (region != Resync.INCONCLUSIVE) {
                return new Plan(region, Classifier.ofRegion(lane, a, b, region), null);
            }
            lane.window *= 2;
        }
        return null;
    }

    /** Events of a lane that are looked at in the first place. */
    int window() {
        return options.window();
    }

    /** Heads that agree with those of the other run but are a surplus, by the order in which the lanes came; false if none. */
    boolean decideSurplus(Optional<SplitLane.Surplus> surplus) {
        surplus.ifPresent(s -> {
            boolean missing = s.side() == Side.BASELINE;
            Resync.Region region = new Resync.Region(missing ? s.events() : 0, missing ? 0 : s.events(), true);
            DivergenceClass type = s.events() == 1
                    ? Classifier.oneSided(
                            s.lane(), missing, s.lane().queue(s.side()).label(0))
                    : missing ? DivergenceClass.MISSING : DivergenceClass.EXTRA;
            s.lane().plan = new Plan(region, type, null);
            decide(s.lane(), null);
        });
        return surplus.isPresent();
    }

    private Plan planTail(LaneState lane) {
        Side longer = lane.queue[1].isEmpty() ? Side.BASELINE : Side.CANDIDATE;
        EventQueue tail = lane.queue(longer);
        if (!comparator.hasEnded(longer) && tail.size() <= Math.max(1, options.context())) {
            return null;
        }
        int n = Math.min(2, tail.size());
        Resync.Region region = longer == Side.BASELINE ? new Resync.Region(n, 0, true) : new Resync.Region(0, n, true);
        return new Plan(region, Classifier.ofTail(lane, longer, tail.label(0), n == 1), longer);
    }

    /**
     * Carries the lane's plan out: records the divergence and sets what is then stepped over.
     *
     * @param shared the root of a component of lanes, or null
     */
    void decide(LaneState lane, Root shared) {
        Plan plan = lane.plan;
        Resync.Region region = plan.region();
        spread(lane);
        Finding found = record(lane, shared, divergence(lane, plan));
        if (found != null) {
            found.tail = plan.tail();
        }
        if (found != null && plan.isSingle()) {
            Side side = plan.isAbout(Side.BASELINE) ? Side.BASELINE : Side.CANDIDATE;
            findings.noteSingle(found, side, lane.queue(side).label(0));
        }
        if (plan.tail() != null) {
            lane.skip[plan.tail().ordinal()] = LaneState.FOREVER;
        } else if (!region.aligned()) {
            lane.skip[0] = LaneState.FOREVER;
            lane.skip[1] = LaneState.FOREVER;
        } else if (region.baseline() == region.candidate() && plan.type() != DivergenceClass.MOVED) {
            lane.substitute = region.baseline();
        } else {
            lane.skip[0] = region.baseline();
            lane.skip[1] = region.candidate();
        }
        lane.plan = null;
        lane.window = options.window();
    }

    /** Lets in what reaches the events that the lane's plan is about. */
    private void spread(LaneState lane) {
        if (!lane.plan.isAbout(Side.CANDIDATE)) {
            influences.spread(lane, Side.BASELINE);
        } else if (!lane.plan.isAbout(Side.BASELINE)) {
            influences.spread(lane, Side.CANDIDATE);
        } else {
            influences.spread(lane);
        }
    }

    private boolean isFull(LaneState lane, Side side) {
        return comparator.hasEnded(side) || lane.queue(side).size() >= lane.window;
    }

    private Resync.Window window(LaneState lane, Side side) {
        EventQueue queue = lane.queue(side);
        int n = Math.min(queue.size(), lane.window);
        long[] labels = new long[n];
        long[] kinds = new long[n];
        for (int i = 0; i < n; i++) {
            labels[i] = queue.label(i);
            kinds[i] = queue.kind(i);
        }
        return new Resync.Window(labels, kinds, comparator.hasEnded(side) && n == queue.size());
    }

    /** Heads with equal labels whose predecessors do not correspond. An effect of this kind is not worth a word. */
    void linkDiffers(LaneState lane) {
        int[] suspects = correspondence.suspectLanes();
        long[] pairs = correspondence.suspectPairs();
        if (!lane.influences.isEmpty() || findings.explains(lane, suspects, pairs)) {
            return;
        }
        Finding found = record(lane, null, divergence(lane, plan(DivergenceClass.LINK, true)));
        if (found != null && found.root != null) {
            found.suspectLane = suspects;
            found.suspectPair = pairs;
        }
    }

    /** A plan about the heads alone. */
    private static Plan plan(DivergenceClass type, boolean aligned) {
        return new Plan(new Resync.Region(1, 1, aligned), type, null);
    }

    /** The limit was reached with this lane the longest. */
    void undecided(LaneState lane) {
        record(lane, null, divergence(lane, plan(DivergenceClass.UNDECIDED, false)));
        lane.plan = null;
        for (int s = 0; s < 2; s++) {
            lane.consumed[s] += lane.queue[s].size();
            lane.queue[s].clear();
        }
        lane.status = LaneState.Status.GIVEN_UP;
    }

    /** Lanes whose heads agree but depend on each other the other way round. */
    void invert(List<LaneState> component) {
        Root root = share(component, DivergenceClass.ORDER_INVERSION);
        if (root != null) {
            component.forEach(lane -> influences.start(lane, root));
        }
    }

    /** Lanes that differ and block each other: one root. */
    void decideTogether(List<LaneState> component, List<LaneState> differing) {
        Root root = differing.size() > 1 ? share(component, differing, DivergenceClass.SUBSTITUTED) : null;
        if (differing.size() == 1) {
            influences.spreadAmong(component);
        }
        for (LaneState lane : differing) {
            decide(lane, root);
        }
    }

    private Root share(List<LaneState> component, DivergenceClass type) {
        return share(component, component, type);
    }

    /** A root that several lanes share, or null if earlier roots reach them. */
    private Root share(List<LaneState> component, List<LaneState> sharing, DivergenceClass type) {
        influences.spreadAmong(component);
        LaneState due = firstFree(sharing, Side.BASELINE);
        LaneState came = firstFree(sharing, Side.CANDIDATE);
        if (sharing.stream().anyMatch(l -> !l.influences.isEmpty()) || !findings.hasRoomForRoot()) {
            if (type == DivergenceClass.ORDER_INVERSION) {
                findings.effect(due, divergence(due, plan(type, true)));
            }
            return null;
        }
        List<Member> members = new ArrayList<>();
        for (LaneState lane : sharing) {
            members.add(new Member(
                    lane.name,
                    Optional.ofNullable(lane.head(Side.BASELINE)),
                    Optional.ofNullable(lane.head(Side.CANDIDATE))));
        }
        Divergence seen = new Divergence(
                -1,
                type,
                due.name,
                Optional.ofNullable(due.head(Side.BASELINE)),
                Optional.ofNullable(came.head(Side.CANDIDATE)),
                1,
                1,
                true,
                Optional.empty(),
                predecessors.depthOfHeads(due, true, true),
                members,
                due.context.toList(due.name),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        return findings.root(due, seen);
    }

    /** The lane whose head comes first in that run: the one that no lane blocks there. */
    private LaneState firstFree(List<LaneState> lanes, Side side) {
        return lanes.stream()
                .filter(l -> l.head(side) != null && predecessors.isFree(l, side))
                .findFirst()
                .orElse(lanes.get(0));
    }

    /** Records a root, which then reaches the rest of the lane, or an effect; null where the lane shares a root. */
    private Finding record(LaneState lane, Root shared, Divergence seen) {
        if (shared != null) {
            influences.start(lane, shared);
            return null;
        }
        if (!lane.influences.isEmpty() || !findings.hasRoomForRoot()) {
            return findings.effect(lane, seen);
        }
        Root root = findings.root(lane, seen);
        influences.start(lane, root);
        return findings.last();
    }

    private Divergence divergence(LaneState lane, Plan plan) {
        Resync.Region region = plan.region();
        return new Divergence(
                -1,
                plan.type(),
                lane.name,
                Optional.ofNullable(lane.head(Side.BASELINE)),
                Optional.ofNullable(lane.head(Side.CANDIDATE)),
                region.baseline(),
                region.candidate(),
                region.aligned(),
                plan.type() == DivergenceClass.ENDED_EARLY
                        ? Optional.of(plan.tail().other())
                        : Optional.empty(),
                predecessors.depthOfHeads(lane, plan.isAbout(Side.BASELINE), plan.isAbout(Side.CANDIDATE)),
                List.of(),
                lane.context.toList(lane.name),
                next(lane, Side.BASELINE, plan),
                next(lane, Side.CANDIDATE, plan),
                List.of(),
                List.of());
    }

    /** The events behind the difference, as far as they had to be read anyway: so they do not depend on reading. */
    private List<EventPoint> next(LaneState lane, Side side, Plan plan) {
        if (lane.plan == null) {
            return List.of();
        }
        int region =
                side == Side.BASELINE ? plan.region().baseline() : plan.region().candidate();
        int from = plan.tail() != null ? 1 : Math.max(1, region);
        int to = plan.tail() != null ? 1 + options.context() : Math.min(from + options.context(), lane.window);
        return lane.points(side, from, Math.min(to, from + options.context()));
    }
}

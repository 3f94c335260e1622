package io.dettrace.compare;

import io.dettrace.event.EventBlock;
import io.dettrace.event.EventCursor;
import io.dettrace.event.Run;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares two runs as labelled partial orders, in one streaming pass.
 *
 * <p>Definitions. Two events <em>correspond</em> if they have the same place in the same lane, equal labels, and
 * predecessors that correspond. The <em>common prefix</em> is the largest set of corresponding pairs that holds the
 * predecessors of each of its members; it is unique. Behind it each lane has a <em>head</em> in each run. A head that needs
 * an event of lane q which is not in the common prefix is <em>blocked</em> by q. A strongly connected component of the
 * blame relation without outgoing blame is a <em>root</em>; every other divergence has a causal path to one.
 *
 * <p>How it runs. Each lane keeps a queue of the unmatched events of the run that is ahead, and pairs heads as soon as
 * both are there, agree and are not blocked. A lane whose unblocked heads differ is decided as soon as its window is full
 * ({@link Decisions}): the difference is a root unless an influence of an earlier root reaches it ({@link Influences}), and
 * the lane goes on behind the difference if {@link Resync} finds where. Lanes that block each other are handed to {@link
 * Blame}.
 *
 * <p>Why the answer does not depend on how the runs were interleaved or read: a lane moves only when the predecessors of
 * its heads are consumed or can never be, and what it then does depends on a fixed number of its own next events and on
 * what reached those predecessors. Neither changes by reading on. Only limits do: {@link CompareOptions#maxQueued()}, more
 * roots than {@link CompareOptions#maxRoots()}, and the end of reading long after everything has diverged.
 *
 * <p>Time is linear in the events; memory is the skew between the runs. Not thread-safe; one instance compares once.
 */
public final class RunComparator {
    /** Events read after every lane has diverged for good before the comparison stops. */
    static final long READ_ON = 1_000_000;

    private final CompareOptions options;
    private final Progress progress;
    private final EventCursor[] cursors = new EventCursor[2];
    private final EventBlock block = new EventBlock();
    private final Lanes joined;
    private final List<LaneState> lanes;
    private final boolean[] ended = new boolean[2];
    private final long[] events = new long[2];
    private final long[] bytes = new long[2];
    private final long[] queued = new long[2];
    private long maxQueued;
    private long lostSince = -1;
    private long cyclicLinks;

    private final ArrayDeque<LaneState> work = new ArrayDeque<>();
    private final List<LaneState> waitingForInput = new ArrayList<>();
    private final Predecessors predecessors;
    private final Correspondence correspondence;
    private final Influences influences;
    private final Findings findings;
    private final Decisions decisions;
    private final Blame blame;

    private RunComparator(CompareOptions options, Progress progress, PairObserver observer) {
        this.options = options;
        this.progress = progress;
        PairTeller teller = observer == null ? null : new PairTeller(observer);
        joined = new Lanes(options, teller);
        lanes = joined.all();
        predecessors = new Predecessors(this, lanes);
        if (teller != null) {
            teller.resolveWith(predecessors);
        }
        correspondence = new Correspondence(predecessors, lanes);
        influences = new Influences(this, predecessors);
        findings = new Findings(options, predecessors, influences);
        decisions = new Decisions(this, predecessors, correspondence, influences, findings, options);
        blame = new Blame(this, predecessors, decisions, lanes);
    }

    /**
     * Compares two runs.
     *
     * @throws io.dettrace.event.InputException if a run's source is broken
     */
    public static Comparison compare(Run baseline, Run candidate, CompareOptions options, Progress progress)
            throws IOException {
        return observe(baseline, candidate, options, progress, null);
    }

    /**
     * The same, telling of every pair.
     *
     * @param listener null if nobody wants to know
     */
    public static Comparison compare(
            Run baseline, Run candidate, CompareOptions options, Progress progress, PairListener listener)
            throws IOException {
        PairObserver observer =
                pair -> listener.paired(pair.lane(), pair.line[0], pair.line[1], pair.time(0), pair.time(1));
        return observe(baseline, candidate, options, progress, listener == null ? null : observer);
    }

    /**
     * The same, showing every pair with what enabled it.
     *
     * @param observer null if nobody wants to know
     */
    public static Comparison observe(
            Run baseline, Run candidate, CompareOptions options, Progress progress, PairObserver observer)
            throws IOException {
        RunComparator c = new RunComparator(options, progress, observer);
        try (EventCursor a = baseline.events(c.joined.table(Side.BASELINE));
                EventCursor b = candidate.events(c.joined.table(Side.CANDIDATE))) {
            return c.run(a, b);
        }
    }

    private Comparison run(EventCursor a, EventCursor b) throws IOException {
        cursors[0] = a;
        cursors[1] = b;
        boolean complete = true;
        while (complete && !(ended[0] && ended[1])) {
            read(nextToRead());
            settle();
            enforceLimit();
            complete = !isHopeless();
            progress.update(bytes[0], bytes[1], events[0] + events[1]);
        }
        long matched = 0;
        for (LaneState lane : lanes) {
            matched += lane.pairing.size() - lane.substituted;
        }
        return findings.result(new Comparison(
                List.of(),
                List.of(),
                0,
                Map.of(),
                matched,
                events[0],
                events[1],
                joined.ofTheRuns(),
                complete,
                predecessors.linked(),
                correspondence.danglingLinks(),
                cyclicLinks,
                maxQueued));
    }

    /** The run that is behind, so that as little as possible has to be held. */
    private Side nextToRead() {
        if (ended[0] || ended[1]) {
            return ended[0] ? Side.CANDIDATE : Side.BASELINE;
        }
        if (queued[0] != queued[1]) {
            return queued[0] < queued[1] ? Side.BASELINE : Side.CANDIDATE;
        }
        return events[0] <= events[1] ? Side.BASELINE : Side.CANDIDATE;
    }

    private void read(Side side) throws IOException {
        int s = side.ordinal();
        if (!cursors[s].next(block)) {
            ended[s] = true;
            lanes.forEach(this::schedule);
        }
        for (int row = 0; row < block.size; row++) {
            offer(side, row);
        }
        bytes[s] = Math.max(bytes[s], block.bytesRead);
        scheduleWaitingForInput();
    }

    private void scheduleWaitingForInput() {
        for (LaneState lane : waitingForInput) {
            lane.waitsForInput = false;
            schedule(lane);
        }
        waitingForInput.clear();
    }

    /** True if every lane has diverged for good, and no new one has appeared for long. */
    private boolean isHopeless() {
        for (LaneState lane : lanes) {
            if (!lane.isLost()) {
                lostSince = -1;
                return false;
            }
        }
        if (lostSince < 0) {
            lostSince = events[0] + events[1];
        }
        return !lanes.isEmpty() && events[0] + events[1] - lostSince > READ_ON;
    }

    // ---- taking events in ------------------------------------------------------------------------------------------

    private void offer(Side side, int row) {
        int s = side.ordinal();
        LaneState lane = lanes.get(joined.unify(side, block.lane[row]));
        long ordinal = lane.read[s]++;
        long index = events[s]++;
        if (block.clock[row] != 0) {
            if (lane.clock[s] == null) {
                lane.clock[s] = new ClockIndex();
            }
            lane.clock[s].add(ordinal, block.clock[row]);
        }
        if (block.defines[row] != 0) {
            predecessors.define(side, block.defines[row], lane, ordinal);
        }
        Links links = predecessors.links(side, block, row, lane, ordinal);
        boolean next = links.size() == 0 && !lane.scheduled && lane.queue(side).isEmpty();
        if (lane.status == LaneState.Status.GIVEN_UP || next && lane.skip[s] > 0) {
            lane.consumed[s]++;
            lane.stepSkip(side);
            wakeWaiters(lane);
        } else if (next && matchesDirectly(lane, side, row)) {
            lane.pair(side, block, row, index);
            queued[1 - s]--;
            wakeWaiters(lane);
        } else {
            lane.queue(side).add(block, row, index, links);
            queued[s]++;
            schedule(lane);
        }
    }

    private boolean matchesDirectly(LaneState lane, Side side, int row) {
        EventQueue theirs = lane.queue(side.other());
        return lane.status == LaneState.Status.OPEN
                && !lane.inRegion()
                && !theirs.isEmpty()
                && theirs.label(0) == block.label[row]
                && theirs.links() == 0;
    }

    // ---- advancing lanes -------------------------------------------------------------------------------------------

    void schedule(LaneState lane) {
        if (!lane.scheduled) {
            lane.scheduled = true;
            work.addLast(lane);
        }
    }

    /** Has the lane looked at again when more was read. */
    void waitForInput(LaneState lane) {
        if (!lane.waitsForInput) {
            lane.waitsForInput = true;
            waitingForInput.add(lane);
        }
    }

    private void wakeWaiters(LaneState lane) {
        if (lane.mayWake()) {
            for (int woken = lane.takeWoken(); woken >= 0; woken = lane.takeWoken()) {
                schedule(lanes.get(woken));
            }
        }
    }

    private void settle() {
        do {
            while (!work.isEmpty()) {
                LaneState lane = work.removeFirst();
                lane.scheduled = false;
                advance(lane);
            }
        } while (blame.breakDeadlock());
    }

    private void advance(LaneState lane) {
        while (lane.status != LaneState.Status.GIVEN_UP) {
            lane.status = LaneState.Status.OPEN;
            if (lane.skip[0] > 0 || lane.skip[1] > 0) {
                skipHeads(lane, Side.BASELINE);
                skipHeads(lane, Side.CANDIDATE);
                if (lane.skip[0] > 0 || lane.skip[1] > 0) {
                    return;
                }
            }
            boolean hasA = !lane.queue[0].isEmpty();
            boolean hasB = !lane.queue[1].isEmpty();
            if (!hasA && !hasB || !hasA && !ended[0] || !hasB && !ended[1]) {
                return;
            }
            boolean agree = hasA && hasB && lane.queue[0].label(0) == lane.queue[1].label(0) || lane.substitute > 0;
            if (!agree && !decisions.plan(lane)) {
                lane.status = LaneState.Status.DIFFERS;
                return;
            }
            if (isBlocked(lane, Side.BASELINE) || isBlocked(lane, Side.CANDIDATE)) {
                lane.status = LaneState.Status.BLOCKED;
                return;
            }
            if (agree) {
                pairHeads(lane);
            } else {
                decisions.decide(lane, null);
            }
        }
    }

    private boolean isBlocked(LaneState lane, Side side) {
        return lane.needsHead(side) && predecessors.isBlocked(lane, side);
    }

    private void skipHeads(LaneState lane, Side side) {
        while (lane.skip[side.ordinal()] > 0 && !lane.queue(side).isEmpty()) {
            if (predecessors.isBlocked(lane, side)) {
                lane.status = LaneState.Status.BLOCKED;
                return;
            }
            skipHead(lane, side);
        }
    }

    private void skipHead(LaneState lane, Side side) {
        influences.spread(lane, side);
        lane.drop(side);
        lane.stepSkip(side);
        queued[side.ordinal()]--;
        wakeWaiters(lane);
    }

    /** Pairs heads; where their labels agree a difference in their predecessors becomes a divergence of its own. */
    private void pairHeads(LaneState lane) {
        influences.spread(lane);
        boolean correspond = correspondence.correspond(lane);
        if (!correspond && lane.substitute == 0) {
            decisions.linkDiffers(lane);
        }
        lane.depth.raise(lane.pairing.size(), predecessors.depthOfHeads(lane, true, true), lanes.size());
        pairBlockedHeads(lane);
    }

    /** Pairs heads without asking for predecessors, which are known not to correspond. */
    void pairBlockedHeads(LaneState lane) {
        lane.pair();
        queued[0]--;
        queued[1]--;
        wakeWaiters(lane);
    }

    /** Steps one event over a decided region although predecessors are not consumed, and never will be. */
    void stepBlocked(LaneState lane) {
        if (lane.skip[0] == 0 && lane.skip[1] == 0) {
            influences.spread(lane);
            pairBlockedHeads(lane);
            return;
        }
        for (int s = 0; s < 2; s++) {
            Side side = s == 0 ? Side.BASELINE : Side.CANDIDATE;
            if (lane.skip[s] > 0 && !lane.queue[s].isEmpty() && !predecessors.isFree(lane, side)) {
                skipHead(lane, side);
            }
        }
    }

    // ---- limits ----------------------------------------------------------------------------------------------------

    private void enforceLimit() {
        maxQueued = Math.max(maxQueued, queued[0] + queued[1]);
        if (queued[0] + queued[1] > options.maxQueued()) {
            predecessors.abandonOld(true);
            scheduleWaitingForInput();
            settle();
            predecessors.abandonOld(false);
        }
        while (queued[0] + queued[1] > options.maxQueued()) {
            LaneState longest = lanes.get(0);
            for (LaneState lane : lanes) {
                long more = length(lane) - length(longest);
                if (more > 0 || more == 0 && lane.name.compareTo(longest.name) < 0) {
                    longest = lane;
                }
            }
            queued[0] -= longest.queue[0].size();
            queued[1] -= longest.queue[1].size();
            decisions.undecided(longest);
            wakeWaiters(longest);
            settle();
        }
    }

    private static long length(LaneState lane) {
        return (long) lane.queue[0].size() + lane.queue[1].size();
    }

    /** True if the event was read so long ago that links to events not read yet are not waited for at the limit. */
    boolean isOld(Side side, long index) {
        return events[side.ordinal()] - index > options.maxQueued() / 8;
    }

    /** True if the event was read so lately that a link of it to an event not read yet is waited for in any case. */
    boolean isYoung(Side side, long index) {
        return events[side.ordinal()] - index < options.maxQueued() / 128;
    }

    boolean hasEnded(Side side) {
        return ended[side.ordinal()];
    }

    int unify(Side side, int laneOfRun) {
        return joined.unify(side, laneOfRun);
    }

    LaneState lane(int number) {
        return lanes.get(number);
    }

    void countCyclicLinks(int more) {
        cyclicLinks += more;
    }
}

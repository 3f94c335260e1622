package io.dettrace.oracle.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Looks for an order in which the calls of a history may have taken effect one after the other: just-in-time linearisation
 * (Lowe, "Testing for linearizability", Concurrency and Computation 29(4), 2017; after Wing, Gong 1993).
 *
 * <p>The history is gone through in order with the set of all configurations that explain it. Only where a call returns must
 * it have taken effect; then calls that are still open take effect before it in every order that may matter. Once no
 * configuration is left, the prefix that ends there is the shortest that nothing explains.
 *
 * <p>What keeps the set small, besides dominance (see {@link Configuration}):
 * <ul>
 *   <li>a read that is open takes effect as soon as its result fits, as this can do no harm;
 *   <li>of equal open calls the one that returns first takes effect first, as they may be exchanged;
 *   <li>a call that never returns does not take effect just before one that overwrites all it did.
 * </ul>
 *
 * <p>Beyond {@value #BREADTH} configurations one explanation is looked for in depth, with half of the steps that are left: an
 * order that explains everything is then found without all others, and if there is none the answer is the same. If that takes
 * too long the search goes on in breadth.
 */
final class Search {
    /** Configurations up to which all are carried along. */
    static final int BREADTH = 64;

    private static final int[] NONE = {};

    /** How a search ended. */
    enum End {
        /** There is an order that explains everything. */
        EXPLAINED,
        /** Nothing explains the prefix up to {@link #step}. */
        STUCK,
        /** A limit was reached; the prefix before {@link #step} can be explained. */
        LIMIT
    }

    private static final class LimitReached extends Exception {
        private static final long serialVersionUID = 1L;

        LimitReached() {
            super(null, null, false, false);
        }
    }

    private final Problem problem;
    private final Limits limits;
    private final boolean keepsTrails;
    private final int breadth;
    private final Transitions transitions;
    private final int[] seen;
    private int stamp;
    private long held;
    private long most;
    private long steps;
    private int step;
    private long stepsLeft = Long.MAX_VALUE;
    private Configuration last;
    private boolean deepened;
    private End end;

    /** @param keepsTrails true to remember the order in which calls took effect */
    Search(Problem problem, Limits limits, boolean keepsTrails) {
        this(problem, limits, keepsTrails, BREADTH);
    }

    /** @param breadth configurations up to which all are carried along */
    Search(Problem problem, Limits limits, boolean keepsTrails, int breadth) {
        this.breadth = breadth;
        this.problem = problem;
        this.limits = limits;
        this.keepsTrails = keepsTrails;
        transitions = new Transitions(problem);
        seen = new int[problem.calls.size()];
    }

    /** Searches; called once. */
    End run() {
        Configuration start =
                new Configuration(transitions.number(problem.model.initial()), new long[problem.words], false, null);
        try {
            end = breadth(start);
        } catch (LimitReached e) {
            end = End.LIMIT;
        }
        return end;
    }

    /** The step (an index of {@link Problem#ends}) at which the search was stuck, or how far it has come. */
    int step() {
        return step;
    }

    /** Configurations held at most at a time. */
    long mostHeld() {
        return most;
    }

    /** Calls that were tried on a state; the first time, a call on a large state counts more. */
    long steps() {
        return steps;
    }

    /** After a success a configuration at the end. */
    Configuration last() {
        return last;
    }

    /** True if it has not met all states that calls may lead to, but only those on some ways. */
    boolean wentDeep() {
        return deepened;
    }

    /** How it ended. */
    End end() {
        return end;
    }

    /** The event of the history at which {@link #step} ends. */
    int event() {
        return problem.endEvents[step];
    }

    /** The operation that ends at {@link #step}. */
    Operation operation() {
        return problem.operations[problem.ends[step]];
    }

    /** How many states were met. */
    int states() {
        return transitions.size();
    }

    /** A state that was met, by its number. */
    Object state(int number) {
        return transitions.state(number);
    }

    // ---- in breadth ------------------------------------------------------------------------------------------------

    private End breadth(Configuration start) throws LimitReached {
        List<Configuration> now = List.of(start);
        boolean narrow = true;
        for (int at = 0; at < problem.ends.length; at++) {
            step = Math.max(step, at);
            if (narrow && now.size() > breadth) {
                narrow = false;
                deepened = true;
                End deep = depth(now, at);
                if (deep != End.LIMIT) {
                    return deep;
                }
            }
            narrow |= now.size() <= breadth;
            held = now.size();
            List<Configuration> next = pass(now, at).live();
            if (next.isEmpty()) {
                step = at;
                return End.STUCK;
            }
            now = next;
            if (transitions.isHeavy()) {
                transitions.keepOnly(now);
            }
        }
        last = now.get(0);
        step = problem.ends.length;
        return End.EXPLAINED;
    }

    // ---- in depth --------------------------------------------------------------------------------------------------

    /** A configuration on the way, and which calls have been tried to take effect next. */
    private static final class Frame {
        final Configuration configuration;
        final int step;
        final int[] candidates;
        int tried;

        Frame(Configuration configuration, int step, int[] candidates) {
            this.configuration = configuration;
            this.step = step;
            this.candidates = candidates;
        }
    }

    /**
     * Looks for one explanation from these configurations on. What was visited is only remembered to save time, so it may be
     * forgotten; if the way itself is too long, its beginning is let go, and then only a success counts.
     */
    private End depth(List<Configuration> from, int first) {
        Visited visited = new Visited(first);
        Deque<Frame> way = new ArrayDeque<>();
        boolean complete = true;
        stepsLeft = (limits.steps() - steps) / 2;
        try {
            for (Configuration start : from) {
                held = from.size();
                enter(way, visited, start, first);
                while (!way.isEmpty()) {
                    if (step == problem.ends.length) {
                        return End.EXPLAINED;
                    }
                    forward(way, visited);
                    if (way.size() > limits.states() / 2) {
                        way.pollFirst();
                        complete = false;
                    }
                    if (transitions.isHeavy()) {
                        visited.clear();
                        List<Configuration> live = new ArrayList<>(from);
                        way.forEach(f -> live.add(f.configuration));
                        transitions.keepOnly(live);
                        if (transitions.isHeavy()) {
                            return End.LIMIT;
                        }
                    }
                }
                if (!complete) {
                    return End.LIMIT;
                }
            }
        } catch (LimitReached e) {
            return End.LIMIT;
        } finally {
            stepsLeft = Long.MAX_VALUE;
        }
        return End.STUCK;
    }

    /** Goes on from the last configuration of the way, or back. */
    private void forward(Deque<Frame> way, Visited visited) throws LimitReached {
        Frame frame = way.peekLast();
        Configuration c = frame.configuration;
        if (c.dominated || frame.tried == frame.candidates.length) {
            way.pollLast();
            return;
        }
        int operation = frame.candidates[frame.tried++];
        boolean ending = operation == problem.ends[frame.step];
        if (ending && c.has(problem.slot[operation])) {
            enter(way, visited, finished(c, c.state, operation, c.trail), frame.step + 1);
            return;
        }
        if (isIdle(c, operation)) {
            return;
        }
        for (int state : next(c, operation)) {
            if (ending) {
                enter(way, visited, finished(c, state, operation, trail(c, operation, state)), frame.step + 1);
            } else if (problem.returns[operation] || state != c.state) {
                enter(way, visited, affected(c, state, operation), frame.step);
            }
        }
    }

    private void enter(Deque<Frame> way, Visited visited, Configuration c, int at) throws LimitReached {
        if (at > step) {
            step = at;
        }
        if (at == problem.ends.length) {
            last = c;
            way.addLast(new Frame(c, at, NONE));
            return;
        }
        Configuration settled = settled(c, at);
        if (visited.add(settled, at)) {
            way.addLast(new Frame(settled, at, candidates(settled, at)));
        }
    }

    /** The calls that may take effect next: those first that must, or whose effect is seen, before others. */
    private int[] candidates(Configuration c, int at) {
        int ending = problem.ends[at];
        if (c.has(problem.slot[ending])) {
            return new int[] {ending};
        }
        stamp++;
        int[] found = new int[problem.open[at].length + problem.endless.length];
        int n = 0;
        for (int open : problem.open[at]) {
            boolean fresh = seen[problem.kind[open]] != stamp && !c.has(problem.slot[open]);
            if (fresh && (open == ending || problem.effects.get(problem.kind[open]) != Effect.READS)) {
                seen[problem.kind[open]] = stamp;
                int place = n++;
                for (; place > 0 && problem.urgency[found[place - 1]] > problem.urgency[open]; place--) {
                    found[place] = found[place - 1];
                }
                found[place] = open;
            }
        }
        for (int[] equal : problem.endless) {
            int endless = firstLeft(equal, c, at);
            if (endless >= 0 && problem.effects.get(problem.kind[endless]) != Effect.READS) {
                found[n++] = endless;
            }
        }
        return Arrays.copyOf(found, n);
    }

    /** What was visited, by step; the oldest steps are forgotten if it is too much. */
    private final class Visited {
        private final int first;
        private final List<Configurations> byStep = new ArrayList<>();
        private int forgotten;
        private long size;

        Visited(int first) {
            this.first = first;
        }

        boolean add(Configuration c, int at) throws LimitReached {
            int level = at - first;
            while (byStep.size() <= level) {
                byStep.add(null);
            }
            if (byStep.get(level) == null) {
                byStep.set(level, new Configurations(problem.endlessMask));
            }
            if (!byStep.get(level).add(c)) {
                return false;
            }
            most = Math.max(most, ++size);
            while (size > limits.states()) {
                if (forgotten >= level) {
                    throw new LimitReached();
                }
                Configurations oldest = byStep.set(forgotten++, null);
                size -= oldest == null ? 0 : oldest.size();
            }
            return true;
        }

        void clear() {
            byStep.replaceAll(c -> null);
            size = 0;
        }
    }

    // ---- one call returns ------------------------------------------------------------------------------------------

    /** The configurations in which the call that ends at {@code step} has taken effect. */
    private Configurations pass(List<Configuration> before, int step) throws LimitReached {
        long heldBefore = held;
        Configurations after = new Configurations(problem.endlessMask);
        Configurations reached = new Configurations(problem.endlessMask);
        for (Configuration c : before) {
            reach(reached, c, step);
        }
        int ending = problem.ends[step];
        for (int i = 0; i < reached.size(); i++) {
            Configuration c = reached.get(i);
            if (c.dominated) {
                continue;
            }
            if (c.has(problem.slot[ending])) {
                finish(after, c, c.state, ending, c.trail);
            } else {
                expand(reached, after, c, step);
            }
        }
        held = heldBefore;
        return after;
    }

    private void expand(Configurations reached, Configurations after, Configuration c, int step) throws LimitReached {
        int ending = problem.ends[step];
        stamp++;
        if (!isIdle(c, ending)) {
            for (int state : next(c, ending)) {
                finish(after, c, state, ending, trail(c, ending, state));
            }
        }
        seen[problem.kind[ending]] = stamp; // of equal calls it is the first to take effect
        for (int open : problem.open[step]) {
            if (seen[problem.kind[open]] != stamp && !c.has(problem.slot[open])) {
                seen[problem.kind[open]] = stamp;
                effect(reached, c, open, step);
            }
        }
        for (int[] equal : problem.endless) {
            int endless = firstLeft(equal, c, step);
            if (endless >= 0) {
                effect(reached, c, endless, step);
            }
        }
    }

    /** Of equal calls that never return the first that has begun and has not taken effect, or -1. */
    private int firstLeft(int[] equal, Configuration c, int step) {
        for (int endless : equal) {
            if (problem.operations[endless].invoked() > problem.endEvents[step]) {
                return -1;
            }
            if (!c.has(problem.slot[endless])) {
                return endless;
            }
        }
        return -1;
    }

    /** True if the call that took effect last was for nothing if this one comes next. */
    private boolean isIdle(Configuration c, int operation) {
        return c.unseen && problem.effects.get(problem.kind[operation]) == Effect.OVERWRITES;
    }

    /** An open call takes effect. */
    private void effect(Configurations reached, Configuration c, int operation, int step) throws LimitReached {
        Effect effect = problem.effects.get(problem.kind[operation]);
        if (effect == Effect.READS || isIdle(c, operation)) {
            return; // reads take effect as soon as they fit
        }
        for (int state : next(c, operation)) {
            if (problem.returns[operation] || state != c.state) {
                reach(reached, affected(c, state, operation), step);
            }
        }
    }

    private Configuration affected(Configuration c, int state, int operation) {
        long[] done = c.done.clone();
        int slot = problem.slot[operation];
        done[slot >>> 6] |= 1L << slot;
        return new Configuration(state, done, !problem.returns[operation], trail(c, operation, state));
    }

    private int[] next(Configuration c, int operation) throws LimitReached {
        long before = transitions.work();
        int[] next = transitions.next(c.state, problem.kind[operation]);
        long cost = 1 + transitions.work() - before;
        steps += cost;
        stepsLeft -= cost;
        if (steps > limits.steps() || stepsLeft < 0 || transitions.isTooHeavy()) {
            throw new LimitReached();
        }
        return next;
    }

    private void reach(Configurations reached, Configuration c, int step) throws LimitReached {
        if (reached.add(settled(c, step))) {
            hold();
        }
    }

    /** A copy of the configuration with all open reads done whose results fit. */
    private Configuration settled(Configuration c, int step) throws LimitReached {
        Configuration settled = new Configuration(c.state, c.done, c.unseen, c.trail);
        for (int open : problem.open[step]) {
            if (problem.effects.get(problem.kind[open]) == Effect.READS
                    && !settled.has(problem.slot[open])
                    && next(settled, open).length > 0) {
                long[] done = settled.done.clone();
                int slot = problem.slot[open];
                done[slot >>> 6] |= 1L << slot;
                settled = new Configuration(settled.state, done, false, trail(settled, open, settled.state));
            }
        }
        return settled;
    }

    private void hold() throws LimitReached {
        most = Math.max(most, ++held);
        if (held > limits.states()) {
            throw new LimitReached();
        }
    }

    private void finish(Configurations after, Configuration c, int state, int ending, Configuration.Step trail)
            throws LimitReached {
        if (after.add(finished(c, state, ending, trail))) {
            hold();
        }
    }

    private Configuration finished(Configuration c, int state, int ending, Configuration.Step trail) {
        long[] done = c.done.clone();
        int slot = problem.slot[ending];
        done[slot >>> 6] &= ~(1L << slot);
        return new Configuration(state, done, false, trail);
    }

    private Configuration.Step trail(Configuration c, int operation, int state) {
        return keepsTrails ? new Configuration.Step(operation, transitions.state(state), c.trail) : null;
    }
}

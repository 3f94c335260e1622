package io.dettrace.oracle.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
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
 * <p>Beyond {@value #BREADTH} configurations the search goes on in depth: an order that explains everything is then found
 * without all others, and if there is none the answer is the same.
 */
final class Search {
    /** Configurations up to which all are carried along. */
    static final int BREADTH = 4_096;

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
    private List<Configuration> last = List.of();
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

    /** Calls that were tried on a state. */
    long steps() {
        return steps;
    }

    /** The configurations that explain everything before {@link #step}; after success those that explain it all. */
    List<Configuration> last() {
        return last;
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
        last = List.of(start);
        for (step = 0; step < problem.ends.length; step++) {
            held = last.size();
            List<Configuration> next = pass(last, step).live();
            if (next.isEmpty()) {
                return End.STUCK;
            }
            last = next;
            if (last.size() > breadth) {
                step++;
                return depth();
            }
            if (transitions.isHeavy()) {
                transitions.keepOnly(last);
            }
        }
        return End.EXPLAINED;
    }

    // ---- in depth --------------------------------------------------------------------------------------------------

    private record At(int step, Configuration configuration) {}

    /** Goes on from {@link #last} before {@link #step}; at the end both say how far an explanation has come. */
    private End depth() throws LimitReached {
        List<Configurations> visited = new ArrayList<>();
        int from = step;
        Deque<At> stack = new ArrayDeque<>();
        held = last.size();
        push(stack, last, from);
        while (!stack.isEmpty()) {
            At at = stack.pop();
            if (at.configuration.dominated) {
                continue;
            }
            if (at.step == problem.ends.length) {
                step = at.step;
                last = List.of(at.configuration);
                return End.EXPLAINED;
            }
            List<Configuration> next = pass(List.of(at.configuration), at.step).live();
            int level = at.step + 1 - from;
            while (visited.size() <= level) {
                visited.add(new Configurations(problem.endlessMask));
            }
            List<Configuration> fresh = new ArrayList<>();
            for (Configuration c : next) {
                c.sibling = null;
                if (visited.get(level).add(c)) {
                    fresh.add(c);
                    hold();
                }
            }
            if (at.step + 1 > step && !fresh.isEmpty()) {
                step = at.step + 1;
            }
            push(stack, fresh, at.step + 1);
        }
        if (step > from) {
            last = visited.get(step - from).live();
        }
        return End.STUCK;
    }

    private static void push(Deque<At> stack, List<Configuration> next, int step) {
        for (int i = next.size() - 1; i >= 0; i--) {
            stack.push(new At(step, next.get(i)));
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
            for (int endless : equal) {
                if (problem.operations[endless].invoked() > problem.endEvents[step]) {
                    break;
                }
                if (!c.has(problem.slot[endless])) {
                    effect(reached, c, endless, step);
                    break;
                }
            }
        }
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
        boolean endless = !problem.returns[operation];
        for (int state : next(c, operation)) {
            if (endless && state == c.state) {
                continue;
            }
            long[] done = c.done.clone();
            int slot = problem.slot[operation];
            done[slot >>> 6] |= 1L << slot;
            reach(reached, new Configuration(state, done, endless, trail(c, operation, state)), step);
        }
    }

    private int[] next(Configuration c, int operation) throws LimitReached {
        if (++steps > limits.steps()) {
            throw new LimitReached();
        }
        return transitions.next(c.state, problem.kind[operation]);
    }

    /** Adds a configuration, with all open reads done whose results fit. */
    private void reach(Configurations reached, Configuration c, int step) throws LimitReached {
        Configuration settled = c;
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
        if (settled == c) {
            settled = new Configuration(c.state, c.done, c.unseen, c.trail); // it may stand in another set too
        }
        if (reached.add(settled)) {
            hold();
        }
    }

    private void hold() throws LimitReached {
        most = Math.max(most, ++held);
        if (held > limits.states()) {
            throw new LimitReached();
        }
    }

    private void finish(Configurations after, Configuration c, int state, int ending, Configuration.Step trail)
            throws LimitReached {
        long[] done = c.done.clone();
        int slot = problem.slot[ending];
        done[slot >>> 6] &= ~(1L << slot);
        if (after.add(new Configuration(state, done, false, trail))) {
            hold();
        }
    }

    private Configuration.Step trail(Configuration c, int operation, int state) {
        return keepsTrails ? new Configuration.Step(operation, transitions.state(state), c.trail) : null;
    }
}

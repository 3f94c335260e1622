package io.dettrace.oracle.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2ObjectHashMap;

/** The states that were met, by number, and where each kind of call leads from them; asked of the model once. */
final class Transitions {
    /** Elements of states that may be held before those that no configuration is in are let go. */
    private static final long MAX_WEIGHT = 20_000_000;

    /** Elements of a state that are copied and compared in the time of a step. */
    private static final int ELEMENTS_A_STEP = 8;

    private static final int[] NOWHERE = {};

    private final Problem problem;
    private Map<Object, Integer> numbers = new HashMap<>();
    private List<Object> states = new ArrayList<>();
    private Long2ObjectHashMap<int[]> next = new Long2ObjectHashMap<>();
    private long weight;
    private long work;

    Transitions(Problem problem) {
        this.problem = problem;
    }

    /** Number of a state. */
    int number(Object state) {
        Integer known = numbers.putIfAbsent(state, states.size());
        if (known != null) {
            return known;
        }
        states.add(state);
        weight += 4 + elements(state);
        return states.size() - 1;
    }

    private static long elements(Object state) {
        return state instanceof Value value ? value.weight() : 1;
    }

    /** What was asked of the model up to now, each question counted by the size of the state that it was about. */
    long work() {
        return work;
    }

    /** How many states there are. */
    int size() {
        return states.size();
    }

    /** The state with a number. */
    Object state(int number) {
        return states.get(number);
    }

    /** The states that a kind of call may lead to, if it returns what was recorded; each once, in the model's order. */
    int[] next(int state, int kind) {
        long key = (long) state << 32 | kind;
        int[] known = next.get(key);
        if (known == null) {
            known = ask(state, kind);
            next.put(key, known);
            weight += known.length + 4L;
        }
        return known;
    }

    private int[] ask(int state, int kind) {
        Call call = problem.calls.get(kind);
        Answer answer = problem.answers.get(kind);
        int[] found = NOWHERE;
        work += 1 + elements(states.get(state)) / ELEMENTS_A_STEP;
        for (Outcome outcome : apply(states.get(state), call)) {
            if (answer == null || problem.model.accepts(call, answer, outcome)) {
                int number = number(outcome.state());
                boolean twice = false;
                for (int f : found) {
                    twice |= f == number;
                }
                if (!twice) {
                    found = java.util.Arrays.copyOf(found, found.length + 1);
                    found[found.length - 1] = number;
                }
            }
        }
        return found;
    }

    private List<Outcome> apply(Object state, Call call) {
        try {
            return problem.model.apply(state, call);
        } catch (ModelException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ModelException("model " + problem.model.name() + " fails at " + call + ": " + e, e);
        }
    }

    /** True if states that nobody is in should be let go. */
    boolean isHeavy() {
        return weight > MAX_WEIGHT;
    }

    /** True if those that are needed are too many, too. */
    boolean isTooHeavy() {
        return weight > 2 * MAX_WEIGHT;
    }

    /** Lets go all states but those of these configurations, which are renumbered. */
    void keepOnly(List<Configuration> live) {
        List<Object> before = states;
        numbers = new HashMap<>();
        states = new ArrayList<>();
        next = new Long2ObjectHashMap<>();
        weight = 0;
        for (Configuration c : live) {
            c.state = number(before.get(c.state));
        }
    }
}

package io.dettrace.oracle.history;

import io.dettrace.oracle.history.Linearizability.Counterexample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the operations that alone show a violation.
 *
 * <p>An operation must not simply be left out: without a write, each read of its value would be a violation of its own, and
 * the counterexample would say nothing about the history. So an operation that is not needed is <em>let free</em>: it may take
 * effect at any time after its invocation, with any result, or never. What cannot be explained even then could not be
 * explained before. Letting more operations free only makes more histories legal, so what is found is minimal (none of its
 * operations can be spared), and few trials are needed (QuickXplain: Junker, AAAI 2004).
 */
final class Minimizer {
    /** Steps of all trials together. */
    static final long MAX_STEPS = 30_000_000;

    private static final Limits OF_A_TRIAL = new Limits(100_000, 3_000_000);

    private final Model model;
    private final int event;
    private final Operation last;
    private final List<Operation> prefix;
    private final Limits limits;
    private List<Operation> part;
    private long left = MAX_STEPS;
    private boolean complete = true;

    /** @param event the end of the violating prefix, which is that of {@code last} */
    Minimizer(Model model, Limits limits, List<Operation> part, int event, Operation last) {
        this.model = model;
        this.event = event;
        this.last = last;
        this.limits = limits.atMost(OF_A_TRIAL);
        prefix = part.stream().filter(o -> o.invoked() <= event).toList();
        this.part = prefix;
    }

    Counterexample minimal() {
        dropElements();
        List<Operation> newestFirst = part.stream()
                .filter(o -> o != last && o.returned() <= event)
                .sorted(Comparator.comparingInt(Operation::returned).reversed())
                .toList();
        List<Operation> window = window(newestFirst);
        List<Operation> needed = needed(List.of(last), false, window, this::shows);
        Set<Operation> all = new HashSet<>(needed);
        all.add(last);
        if (!complete && !shows(List.copyOf(all))) {
            all.addAll(part.stream().filter(o -> o.returned() <= event).toList()); // a limit stood in the way
        }
        return new Counterexample(
                all.stream().sorted(Comparator.comparingInt(Operation::number)).toList(), complete, prefix.size());
    }

    /** The newest operations that show the violation while all older ones are free: doubled until they do. */
    private List<Operation> window(List<Operation> newestFirst) {
        for (int size = 4; size < newestFirst.size(); size *= 2) {
            List<Operation> window = newestFirst.subList(0, size);
            List<Operation> held = new ArrayList<>(window);
            held.add(last);
            boolean before = complete;
            if (shows(held)) {
                complete = before;
                return window;
            }
        }
        return newestFirst;
    }

    /** Leaves out all operations on elements that are not needed, where the model allows it. */
    private void dropElements() {
        Map<Operation, Value> about = new HashMap<>();
        Map<Value, Integer> newest = new LinkedHashMap<>();
        for (Operation o : prefix) {
            if (o.returned() <= event || o == last) {
                Optional<Value> element = model.element(o.call(), o.answer());
                element.ifPresent(e -> {
                    about.put(o, e);
                    newest.merge(e, o.returned(), Math::max);
                });
            } else {
                // Its result is not known in the prefix; what it was called with may be.
                model.element(o.call(), new Answer(false, Value.NIL)).ifPresent(e -> {
                    about.put(o, e);
                    newest.merge(e, o.invoked(), Math::max);
                });
            }
        }
        Value own = about.get(last);
        List<Value> others = newest.keySet().stream()
                .filter(e -> !e.equals(own))
                .sorted(Comparator.comparing(newest::get, Comparator.reverseOrder()))
                .toList();
        Predicate<List<Value>> shows = kept -> {
            Set<Value> in = new HashSet<>(kept);
            return showsPart(
                    prefix.stream()
                            .filter(o -> !about.containsKey(o) || about.get(o).equals(own) || in.contains(about.get(o)))
                            .toList(),
                    o -> true);
        };
        if (others.isEmpty()) {
            return;
        }
        Set<Value> kept =
                new LinkedHashSet<>(shows.test(List.of()) ? List.of() : needed(List.of(), true, others, shows));
        part = prefix.stream()
                .filter(o -> !about.containsKey(o) || about.get(o).equals(own) || kept.contains(about.get(o)))
                .toList();
    }

    private boolean shows(List<Operation> held) {
        Set<Operation> in = new HashSet<>(held);
        return showsPart(part, in::contains);
    }

    private boolean showsPart(List<Operation> operations, Predicate<Operation> held) {
        if (left <= 0) {
            complete = false;
            return false;
        }
        Optional<Boolean> explained = DistinctValues.explains(model, operations, event, held);
        if (explained.isPresent()) {
            left -= operations.size();
            return !explained.get();
        }
        Search search = new Search(
                new Problem(model, operations, event, held),
                new Limits(limits.states(), Math.min(left, limits.steps())),
                false);
        Search.End end = search.run();
        left -= search.steps() + operations.size();
        complete &= end != Search.End.LIMIT;
        return end == Search.End.STUCK;
    }

    /**
     * A smallest part of {@code candidates} that together with {@code base} shows the violation; those that come first are
     * preferred.
     *
     * @param tested true if it is known that {@code base} alone does not show it
     */
    private static <T> List<T> needed(List<T> base, boolean tested, List<T> candidates, Predicate<List<T>> shows) {
        if (!tested && shows.test(base)) {
            return List.of();
        }
        if (candidates.size() <= 1) {
            return candidates;
        }
        List<T> first = candidates.subList(0, candidates.size() / 2);
        List<T> second = candidates.subList(candidates.size() / 2, candidates.size());
        List<T> ofSecond = needed(join(base, first), false, second, shows);
        List<T> ofFirst = needed(join(base, ofSecond), ofSecond.isEmpty(), first, shows);
        return join(ofSecond, ofFirst);
    }

    private static <T> List<T> join(List<T> a, List<T> b) {
        List<T> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }
}

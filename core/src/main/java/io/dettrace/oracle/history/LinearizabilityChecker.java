package io.dettrace.oracle.history;

import io.dettrace.oracle.history.Linearizability.Step;
import io.dettrace.oracle.history.Linearizability.Undecided;
import io.dettrace.oracle.history.Linearizability.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks whether a history is linearizable: whether each call may have taken effect at one moment between its invocation and
 * its end, so that the object did what its {@link Model sequential specification} allows (Herlihy, Wing 1990).
 *
 * <p>Independent parts are checked apart (P-compositionality: Horn, Kroening 2015). The first violation is the end of the
 * shortest prefix of the history that nothing explains, where calls that are open at the end of the prefix may have taken
 * effect with any result: what is known later does not count.
 */
public final class LinearizabilityChecker {
    /** Results that are listed as those that would have fit. */
    static final int MAX_FITTING = 16;

    /** States that are looked at for results that would have fit. */
    private static final int MAX_STATES = 2_000;

    private static final int NO_HORIZON = Operation.NEVER - 1;

    /** What a search for a witness may take where the verdict does not depend on it. */
    private static final Limits WITNESS = new Limits(100_000, 1_000_000);

    private final Model model;
    private final Limits limits;
    private final int breadth;
    private long most;
    private long steps;
    private int byValues;

    private LinearizabilityChecker(Model model, Limits limits, int breadth) {
        this.breadth = breadth;
        this.model = model;
        this.limits = limits;
    }

    /** A part that nothing explains, by what is known at the end of the history. */
    private record Bad(Value name, List<Operation> part, int event) {}

    /** Where a part is first violated. */
    private record First(int event, boolean exact) {}

    /** Checks a history, whose functions the model must know. */
    public static Linearizability check(History history, Model model, Limits limits) {
        return check(history, model, limits, Search.BREADTH);
    }

    /** @param breadth configurations up to which the search goes on in breadth; the answer does not depend on it */
    static Linearizability check(History history, Model model, Limits limits, int breadth) {
        return new LinearizabilityChecker(model, limits, breadth).check(history);
    }

    private Linearizability check(History history) {
        Map<Value, List<Operation>> parts = parts(history.operations());
        List<Bad> bad = new ArrayList<>();
        List<Undecided> undecided = new ArrayList<>();
        parts.forEach((name, part) -> {
            Optional<Boolean> explained = DistinctValues.explains(model, part, NO_HORIZON, o -> true);
            if (explained.isPresent()) {
                byValues++;
                if (!explained.get()) {
                    bad.add(new Bad(name, part, 0));
                }
                return;
            }
            Search search = search(new Problem(model, part, NO_HORIZON, o -> true));
            switch (search.end()) {
                case STUCK -> bad.add(new Bad(name, part, search.event()));
                case LIMIT -> undecided.add(new Undecided(name, search.operation(), search.step(), part.size()));
                case EXPLAINED -> {}
            }
        });
        Optional<Violation> violation = first(bad);
        int leftOut = 0;
        int refused = 0;
        int unknown = 0;
        for (Operation o : history.operations()) {
            boolean did = !Problem.didNotHappen(model, o);
            leftOut += did ? 0 : 1;
            refused += did && o.ending() == Operation.Ending.FAIL ? 1 : 0;
            unknown += o.ending() == Operation.Ending.UNKNOWN ? 1 : 0;
        }
        return new Linearizability(
                violation.isPresent()
                        ? Verdict.NOT_LINEARIZABLE
                        : undecided.isEmpty() ? Verdict.LINEARIZABLE : Verdict.UNDECIDED,
                model.name(),
                history.operations().size(),
                unknown,
                leftOut,
                refused,
                parts.size(),
                byValues,
                violation,
                undecided,
                most,
                steps);
    }

    private Map<Value, List<Operation>> parts(List<Operation> operations) {
        boolean byKey = operations.stream().anyMatch(o -> model.part(o.call()).isEmpty());
        Map<Value, List<Operation>> parts = new LinkedHashMap<>();
        for (Operation o : operations) {
            Value part = byKey ? o.call().key() : model.part(o.call()).orElseThrow();
            parts.computeIfAbsent(part, p -> new ArrayList<>()).add(o);
        }
        return parts;
    }

    private Search search(Problem problem) {
        Search search = new Search(problem, limits, false, breadth);
        search.run();
        most = Math.max(most, search.mostHeld());
        steps += search.steps();
        return search;
    }

    /** How the search for an explanation of the part up to the horizon ends, or would if it were not known without. */
    private Search.End explain(List<Operation> part, int horizon) {
        return DistinctValues.explains(model, part, horizon, o -> true)
                .map(explained -> explained ? Search.End.EXPLAINED : Search.End.STUCK)
                .orElseGet(() ->
                        search(new Problem(model, part, horizon, o -> true)).end());
    }

    // ---- the first violation ---------------------------------------------------------------------------------------

    private Optional<Violation> first(List<Bad> bad) {
        bad.sort(Comparator.comparingInt(Bad::event));
        Bad first = null;
        First at = new First(Operation.NEVER, true);
        boolean exact = true;
        for (Bad b : bad) {
            if (b.event < at.event) {
                First found = first(b);
                exact &= found.exact;
                if (found.event < at.event) {
                    first = b;
                    at = found;
                }
            }
        }
        return first == null ? Optional.empty() : Optional.of(violation(first, at.event, exact));
    }

    /**
     * The shortest prefix of a part that nothing explains. It cannot be shorter than the one found with what is known later,
     * and of longer ones all are violations too: so it is found by doubling and halving.
     */
    private First first(Bad bad) {
        int[] ends = bad.part.stream()
                .mapToInt(Operation::returned)
                .filter(e -> e >= bad.event && e != Operation.NEVER)
                .sorted()
                .toArray();
        int explained = -1;
        int violated = 0;
        boolean exact = true;
        for (int jump = 1; violated < ends.length - 1; jump *= 2) {
            Search.End end = explain(bad.part, ends[violated]);
            if (end == Search.End.STUCK) {
                break;
            }
            exact &= end == Search.End.EXPLAINED;
            explained = violated;
            violated = Math.min(ends.length - 1, violated + jump);
        }
        while (violated - explained > 1) {
            int middle = (explained + violated) >>> 1;
            Search.End end = explain(bad.part, ends[middle]);
            exact &= end != Search.End.LIMIT;
            if (end == Search.End.STUCK) {
                violated = middle;
            } else {
                explained = middle;
            }
        }
        return new First(ends[violated], exact);
    }

    private Violation violation(Bad bad, int event, boolean exact) {
        Operation last =
                bad.part.stream().filter(o -> o.returned() == event).findFirst().orElseThrow();
        Problem free = new Problem(model, bad.part, event, o -> o != last);
        boolean needsSearch =
                DistinctValues.explains(model, bad.part, event, o -> true).isEmpty();
        Search search = new Search(free, needsSearch ? limits : limits.atMost(WITNESS), true, breadth);
        boolean explained = search.run() == Search.End.EXPLAINED;
        List<Step> witness = explained ? witness(free, search) : List.of();
        List<Call> open = Arrays.stream(free.endless)
                .map(equal -> free.operations[equal[0]].call())
                .distinct()
                .toList();
        Candidates candidates = explained ? candidates(search, open, last) : new Candidates(List.of(), false);
        List<Outcome> fitting = new ArrayList<>();
        boolean decided = candidates.all && !Problem.didNotHappen(model, last);
        List<Outcome> tried = candidates.outcomes;
        for (Outcome o : tried.subList(0, Math.min(MAX_FITTING, tried.size()))) {
            switch (explain(with(bad.part, last, o), event)) {
                case EXPLAINED -> fitting.add(o);
                case LIMIT -> decided = false;
                case STUCK -> {}
            }
        }
        return new Violation(
                bad.name,
                last,
                exact,
                fitting,
                decided,
                witness,
                new Minimizer(model, limits, bad.part, event, last).minimal());
    }

    private List<Step> witness(Problem problem, Search search) {
        List<Step> all = new ArrayList<>();
        for (Configuration.Step s = search.last().trail; s != null; s = s.before()) {
            all.add(0, new Step(problem.operations[s.operation()], model.show(s.state())));
        }
        return all;
    }

    /**
     * What the call might return in the states that were met, and in those to which open calls lead from there; the last first,
     * and at most one more than is listed. States are left out of the outcomes.
     *
     * @param calls what may take effect before it, without an end of its own
     */
    private Candidates candidates(Search search, List<Call> calls, Operation operation) {
        List<Object> states = new ArrayList<>();
        for (int i = search.states() - 1; i >= 0; i--) {
            states.add(search.state(i));
        }
        Set<Object> known = new HashSet<>(states);
        Set<Outcome> found = new LinkedHashSet<>();
        boolean all = !search.wentDeep();
        for (int i = 0; i < states.size() && found.size() <= MAX_FITTING; i++) {
            for (Outcome o : model.apply(states.get(i), operation.call())) {
                found.add(new Outcome(null, o.result(), o.refused()));
            }
            for (Call call : calls) {
                all &= states.size() < MAX_STATES;
                for (Outcome o : states.size() < MAX_STATES ? model.apply(states.get(i), call) : List.<Outcome>of()) {
                    if (known.add(o.state())) {
                        states.add(o.state());
                    }
                }
            }
        }
        return new Candidates(List.copyOf(found), all && found.size() <= MAX_FITTING);
    }

    /** @param all false if there may be others */
    private record Candidates(List<Outcome> outcomes, boolean all) {}

    /** The part with another outcome of one operation. */
    private static List<Operation> with(List<Operation> part, Operation operation, Outcome outcome) {
        return part.stream()
                .map(o -> o != operation
                        ? o
                        : new Operation(
                                o.number(),
                                o.process(),
                                o.call(),
                                outcome.refused() ? Operation.Ending.FAIL : Operation.Ending.OK,
                                outcome.result() == null ? Value.NIL : outcome.result(),
                                Optional.empty(),
                                o.invoked(),
                                o.returned(),
                                o.invokedAt(),
                                o.returnedAt()))
                .toList();
    }
}

package io.dettrace.oracle.mine;

import io.dettrace.oracle.mine.Mined.Candidate;
import io.dettrace.oracle.rules.Decimals;
import io.dettrace.oracle.rules.EventPattern;
import io.dettrace.oracle.rules.Rule;
import io.dettrace.oracle.rules.Scope;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Chooses among what runs say: what holds in all, often enough in each, and does not follow from the rest.
 *
 * <p>Orders of two kinds hold in all runs exactly if they hold in all but any one and in that one too, so leaving one out needs
 * no second pass. A range is offered only if each run lies within the range of the others.
 */
final class Selection {
    private final List<Scope> scopes;
    private final List<Miner.RunFacts> runs;
    private final int support;
    private final List<Candidate> rules = new ArrayList<>();
    private final List<Candidate> implied = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();

    /** Rules of a better scope, without the scope. */
    private final Set<String> said = new HashSet<>();

    Selection(List<Scope> scopes, List<Miner.RunFacts> runs, int support) {
        this.scopes = scopes;
        this.runs = runs;
        this.support = support;
    }

    Mined mined() {
        for (int s = 0; s < scopes.size() && !runs.isEmpty(); s++) {
            scope(s);
        }
        if (runs.size() > 1) {
            bounds();
        } else {
            notes.add(
                    "from one run, which cannot be left out to see whether rules hold in a further one; no bounds are offered");
        }
        return new Mined(rules, implied, List.of(), List.copyOf(notes));
    }

    // ---- orders of kinds -------------------------------------------------------------------------------------------

    private void scope(int number) {
        Scope scope = scopes.get(number);
        List<Relations> all = new ArrayList<>();
        for (Miner.RunFacts run : runs) {
            Relations r = run.relations().get(number);
            if (r.full) {
                notes.add("more than " + Traces.MAX_KEYS + " keys" + words(scope)
                        + ": orders within it were not looked at");
                return;
            }
            if (r.manyKinds) {
                notes.add("more than " + Traces.MAX_KINDS + " kinds of events: later ones were not looked at");
            }
            all.add(r);
        }
        Set<String> kinds = new TreeSet<>(all.get(0).kinds);
        for (Relations r : all) {
            kinds.removeIf(k -> !r.kinds.contains(k) || r.events[r.kinds.indexOf(k)] < support);
        }
        kinds.remove(EventPattern.ANY);
        KindOrders orders = new KindOrders(scope, List.copyOf(kinds), all, support);
        orders.offer(this::offer);
        courses(number, scope);
    }

    private static String words(Scope scope) {
        return scope.equals(Scope.EACH_LANE) ? " by lane" : scope.fields().isEmpty() ? "" : " by " + scope.names();
    }

    /** @param follows true if it follows from rules that are offered */
    private void offer(Rule rule, String anyScope, long[] seen, boolean follows) {
        Candidate c =
                new Candidate(rule, evidence(seen), LongStream.of(seen).min().orElse(0));
        if (said.add(anyScope)) {
            (follows ? implied : rules).add(c);
        }
    }

    private String evidence(long[] seen) {
        long sum = LongStream.of(seen).sum();
        String each = seen.length == 1
                ? ""
                : String.format(
                        Locale.ROOT,
                        " in %d runs, at least %,d in each",
                        seen.length,
                        LongStream.of(seen).min().orElse(0));
        return String.format(Locale.ROOT, "held %,d times%s", sum, each);
    }

    // ---- numbers ---------------------------------------------------------------------------------------------------

    private void courses(int number, Scope scope) {
        String index = Integer.toString(number);
        for (List<String> name : runs.get(0).numbers().courses.keySet()) {
            if (!name.get(0).equals(index)) {
                continue;
            }
            List<NumberFacts.Course> all = new ArrayList<>();
            runs.forEach(r -> all.add(r.numbers().courses.get(name)));
            boolean offered = all.stream().allMatch(c -> c != null && !c.back && c.n >= support);
            // A number that never changes is no counter.
            if (!offered || all.stream().anyMatch(c -> c.steps && c.step.signum() == 0)) {
                continue;
            }
            boolean strictly = all.stream().noneMatch(c -> c.same);
            BigDecimal step = all.get(0).step;
            boolean steps = all.stream().allMatch(c -> c.steps && c.step.compareTo(step) == 0);
            String field = name.get(1);
            offer(
                    new Rule.Monotone(
                            field,
                            false,
                            strictly && !steps,
                            steps ? Optional.of(step) : Optional.empty(),
                            EventPattern.any(),
                            scope),
                    "monotone " + field,
                    all.stream().mapToLong(c -> c.n).toArray(),
                    false);
        }
    }

    private void bounds() {
        Map<List<Object>, List<String>> kindsByRange = new LinkedHashMap<>();
        Map<List<Object>, long[]> seen = new HashMap<>();
        for (List<String> name : runs.get(0).numbers().ranges.keySet()) {
            List<NumberFacts.Range> all = new ArrayList<>();
            runs.forEach(r -> all.add(r.numbers().ranges.get(name)));
            if (all.stream().anyMatch(r -> r == null || r.n < support)
                    || name.get(0).equals(EventPattern.ANY)
                    || said.contains("monotone " + name.get(1))) {
                continue;
            }
            BigDecimal low =
                    all.stream().map(r -> r.low).min(BigDecimal::compareTo).orElseThrow();
            BigDecimal high =
                    all.stream().map(r -> r.high).max(BigDecimal::compareTo).orElseThrow();
            boolean stable = all.stream().filter(r -> r.low.compareTo(low) == 0).count() > 1
                    && all.stream().filter(r -> r.high.compareTo(high) == 0).count() > 1;
            if (stable) {
                List<Object> range = List.of(name.get(1), Decimals.text(low), Decimals.text(high));
                kindsByRange.computeIfAbsent(range, r -> new ArrayList<>()).add(name.get(0));
                long[] sum = seen.computeIfAbsent(range, r -> new long[runs.size()]);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += all.get(i).n;
                }
            }
        }
        kindsByRange.forEach((range, kinds) -> offer(
                new Rule.Bound(
                        (String) range.get(0),
                        Optional.of(new BigDecimal((String) range.get(1))),
                        Optional.of(new BigDecimal((String) range.get(2))),
                        new EventPattern(kinds.stream()
                                .map(k -> new EventPattern.One(k, List.of()))
                                .toList())),
                "bound " + range,
                seen.get(range),
                false));
    }
}

package io.dettrace.population;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * All statements that are true of some of the runs and not of all, put together by which runs those are: statements about the
 * same runs are one observation, and so are a statement and its opposite.
 */
final class Predicates {
    /** Kinds of events whose orders are looked at; of more, those that occur in most runs. */
    static final int MAX_ORDERED_KINDS = 300;

    /** Bounds tried for a quantity, between the values that runs have. */
    static final int MAX_BOUNDS = 64;

    private final List<RunSummary> runs;
    private final int firstBad;
    private final Map<BitSet, List<Predicate>> byRuns = new HashMap<>();
    private int count;

    /**
     * Statements about runs.
     *
     * @param firstBad number of the first failing run; all behind it failed
     */
    Predicates(List<RunSummary> runs, int firstBad) {
        this.runs = runs;
        this.firstBad = firstBad;
        Set<String> kinds = new TreeSet<>();
        runs.forEach(r -> kinds.addAll(r.events.keySet()));
        kinds.forEach(k -> test(new Predicate(Predicate.Form.EVENT, k, "", "")));
        counts(kinds);
        twos(Predicate.Form.EVENT_IN_LANE, r -> r.inLane.keySet());
        twos(Predicate.Form.FOLLOWS, r -> r.follows.keySet());
        twos(Predicate.Form.INTERLEAVES, r -> r.interleaves.keySet());
        all(
                r -> r.interrupts.keySet(),
                t -> new Predicate(Predicate.Form.INTERRUPTS, t.first(), t.second(), t.between()));
        values();
        orders(kinds);
    }

    /** The statements by the runs that they are true of; the first run is never among them, as that is the opposite. */
    Map<BitSet, List<Predicate>> byRuns() {
        return Collections.unmodifiableMap(byRuns);
    }

    /** Number of statements that are true of some runs and not of others. */
    int count() {
        return count;
    }

    private void test(Predicate p) {
        BitSet in = new BitSet(runs.size());
        for (int i = 0; i < runs.size(); i++) {
            in.set(i, runs.get(i).first(p) >= 0);
        }
        test(p, in);
    }

    private void test(Predicate p, BitSet in) {
        if (in.isEmpty() || in.cardinality() == runs.size()) {
            return;
        }
        count++;
        byRuns.computeIfAbsent(canonical(in, runs.size()), k -> new ArrayList<>())
                .add(p);
    }

    /** The runs, or all others if the first one is among them. */
    static BitSet canonical(BitSet in, int runs) {
        BitSet key = (BitSet) in.clone();
        if (key.get(0)) {
            key.flip(0, runs);
        }
        return key;
    }

    private void counts(Set<String> kinds) {
        for (String kind : kinds) {
            TreeSet<Double> found = new TreeSet<>();
            runs.forEach(r ->
                    found.add((double) r.events.getOrDefault(kind, List.of()).size()));
            for (double bound : bounds(found)) {
                int least = (int) Math.floor(bound) + 1;
                if (least > 1) {
                    test(new Predicate(Predicate.Form.COUNT, kind, "", Integer.toString(least)));
                }
            }
        }
    }

    /** Statements of a form, of what each run has; there may be very many, so that runs are not asked one by one. */
    private <K> void all(Function<RunSummary, Set<K>> of, Function<K, Predicate> statement) {
        Map<K, BitSet> in = new HashMap<>();
        for (int i = 0; i < runs.size(); i++) {
            for (K key : of.apply(runs.get(i))) {
                in.computeIfAbsent(key, k -> new BitSet()).set(i);
            }
        }
        in.forEach((key, its) -> test(statement.apply(key), its));
    }

    private void twos(Predicate.Form form, Function<RunSummary, Set<RunSummary.Two>> of) {
        all(of, t -> new Predicate(form, t.first(), t.second(), ""));
    }

    private void values() {
        Map<RunSummary.Place, Set<String>> single = new HashMap<>();
        Set<RunSummary.Place> many = new HashSet<>();
        Map<RunSummary.Place, TreeSet<Double>> most = new HashMap<>();
        Map<RunSummary.Place, TreeSet<Double>> least = new HashMap<>();
        for (RunSummary run : runs) {
            run.values.forEach((place, v) -> {
                single.computeIfAbsent(place, p -> new TreeSet<>()).addAll(v.first.keySet());
                if (v.many) {
                    many.add(place);
                }
                if (!v.rising.isEmpty()) {
                    most.computeIfAbsent(place, p -> new TreeSet<>())
                            .add(v.rising.get(v.rising.size() - 1).value());
                    least.computeIfAbsent(place, p -> new TreeSet<>())
                            .add(v.falling.get(v.falling.size() - 1).value());
                }
            });
        }
        ordered(single).forEach((place, values) -> {
            if (!many.contains(place) && values.size() <= RunSummary.MAX_VALUES) {
                values.forEach(v -> test(new Predicate(Predicate.Form.VALUE, place.kind(), place.path(), v)));
            }
        });
        ordered(most)
                .forEach((place, values) -> bounds(values)
                        .forEach(
                                b -> test(new Predicate(Predicate.Form.ABOVE, place.kind(), place.path(), number(b)))));
        ordered(least)
                .forEach((place, values) -> bounds(values)
                        .forEach(
                                b -> test(new Predicate(Predicate.Form.BELOW, place.kind(), place.path(), number(b)))));
    }

    private static <V> Map<RunSummary.Place, V> ordered(Map<RunSummary.Place, V> map) {
        Map<RunSummary.Place, V> sorted =
                new TreeMap<>(Comparator.comparing(RunSummary.Place::kind).thenComparing(RunSummary.Place::path));
        sorted.putAll(map);
        return sorted;
    }

    /** Bounds between neighbouring values: all of them if they are few, else at even ranks. */
    private static List<Double> bounds(TreeSet<Double> values) {
        List<Double> sorted = List.copyOf(values);
        List<Double> bounds = new ArrayList<>();
        int gaps = sorted.size() - 1;
        int tried = Math.min(gaps, MAX_BOUNDS);
        for (int i = 0; i < tried; i++) {
            int gap = tried == gaps ? i : (int) ((i + 0.5) * gaps / tried);
            double middle = sorted.get(gap) / 2 + sorted.get(gap + 1) / 2;
            boolean between = middle >= sorted.get(gap) && middle < sorted.get(gap + 1);
            bounds.add(between ? middle : sorted.get(gap));
        }
        return bounds;
    }

    /** A bound as people write it: whole numbers without a point. */
    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private void orders(Set<String> kinds) {
        List<String> some = kinds.stream()
                .filter(k -> isUsual(k, 0, firstBad) && isUsual(k, firstBad, runs.size()))
                .sorted(Comparator.comparingInt((String k) -> -occurrences(k, 0, runs.size()))
                        .thenComparing(k -> k))
                .limit(MAX_ORDERED_KINDS)
                .sorted()
                .toList();
        for (int a = 0; a < some.size(); a++) {
            boolean always = occurrences(some.get(a), 0, runs.size()) == runs.size();
            for (int b = 0; b < some.size(); b++) {
                // Where both occur in all runs the two orders are opposites.
                boolean opposite = b < a && always && occurrences(some.get(b), 0, runs.size()) == runs.size();
                if (a != b && !opposite) {
                    test(new Predicate(Predicate.Form.ORDER, some.get(a), some.get(b), ""));
                }
            }
        }
    }

    /** True if the kind occurs in most of some runs: else an order would only say that it is missing. */
    private boolean isUsual(String kind, int from, int to) {
        return 2 * occurrences(kind, from, to) > to - from;
    }

    private int occurrences(String kind, int from, int to) {
        int in = 0;
        for (RunSummary run : runs.subList(from, to)) {
            in += run.events.containsKey(kind) ? 1 : 0;
        }
        return in;
    }
}

package io.dettrace.normalize;

import io.dettrace.event.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the lane: the key that tells sequential entities apart.
 *
 * <p>Fields that name a sequential entity by common usage (thread, process, host) are lanes. Fields that name a component
 * (service, module) are lanes only if the runs prove that these work side by side: if the events of each component come in
 * the same order in both runs while at least {@value #DISPLACED} of them stand at different places of the recorded order,
 * counted as the events outside a longest common increasing sequence. With less evidence the recorded order is all there
 * is to go by, and the whole run is one lane.
 */
final class LaneInference {
    /** Events that must have changed places before components are taken to be concurrent. */
    static final int DISPLACED = 2;

    private static final double COVERAGE = 0.9;

    private final List<List<Field>> baseline;
    private final List<List<Field>> candidate;
    private final Map<String, FieldStats> stats;
    private final Mapping mapping;
    private final int[] records;

    LaneInference(
            List<List<Field>> baseline, List<List<Field>> candidate, Map<String, FieldStats> stats, Mapping mapping) {
        this.baseline = baseline;
        this.candidate = candidate;
        this.stats = stats;
        this.mapping = mapping;
        records = new int[] {baseline.size(), candidate.size()};
    }

    /** How well a key tells lanes apart in the samples: events in the lanes' common prefixes, and those out of order. */
    private record Fit(int agreeing, int displaced) {}

    /** Adds the lane decision to {@code builder}. */
    void decide(Mapping.Builder builder) {
        List<String> entity = new ArrayList<>();
        named(FieldNames.HOST).ifPresent(entity::add);
        if (entity.isEmpty() && usable(MappingInference.FILE)) {
            entity.add(MappingInference.FILE);
        }
        named(FieldNames.PROCESS).ifPresent(entity::add);
        named(FieldNames.THREAD).ifPresent(entity::add);
        if (!entity.isEmpty()) {
            decideNamed(builder, entity);
            return;
        }
        Fit recorded = fit(List.of(), List.of());
        List<String> best = null;
        Fit bestFit = null;
        for (String path : concurrent()) {
            Fit fit = fit(List.of(path), List.of());
            if (fit.displaced >= DISPLACED
                    && fit.agreeing > recorded.agreeing
                    && (bestFit == null || fit.agreeing > bestFit.agreeing * 1.02)) {
                best = List.of(path);
                bestFit = fit;
            }
        }
        if (best == null) {
            builder.reason(
                    "lane",
                    "the whole run is one lane in its recorded order: no field names a sequential entity, and the runs"
                            + " do not show concurrency; --lane FIELD declares one");
            return;
        }
        String why = "in both runs the events of each value keep their order, while " + bestFit.displaced
                + " sampled events of different values changed places";
        best.forEach(p -> builder.field(Role.LANE, p, why));
    }

    private void decideNamed(Mapping.Builder builder, List<String> worker) {
        List<String> key = betterEntity(worker);
        if (key.equals(worker)) {
            key.forEach(p -> builder.field(Role.LANE, p, "names the sequential entity"));
            return;
        }
        String workers = String.join(", ", worker);
        key.forEach(p -> builder.field(Role.LANE, p, "events keep their order by this field and not by " + workers));
        worker.forEach(p -> builder.field(Role.IGNORE, p, "which of a pool does the work changes from run to run"));
    }

    private Optional<String> named(List<String> names) {
        return names.stream()
                .flatMap(n ->
                        stats.keySet().stream().filter(p -> FieldNames.simple(p).equals(n)))
                .filter(this::usable)
                .findFirst();
    }

    private boolean usable(String path) {
        FieldStats s = stats.get(path);
        boolean taken = mapping.fields(Role.TIME).contains(path)
                || mapping.fields(Role.KIND).contains(path)
                || mapping.fields(Role.IGNORE).contains(path)
                || mapping.fields(Role.EVENT).contains(path);
        int events = Math.max(records[0], records[1]);
        return s != null
                && !taken
                && s.isScalar()
                && s.coverage(records) >= COVERAGE
                && s.distinct() > 1
                && s.distinct() <= Math.max(2, events / 2);
    }

    /** A key of logical entities under which far more events keep their order than under the workers' names. */
    private List<String> betterEntity(List<String> worker) {
        int events = Math.min(records[0], records[1]);
        int agreeing = fit(worker, List.of()).agreeing;
        if (agreeing >= 0.6 * events) {
            return worker;
        }
        List<String> best = worker;
        double bar = Math.max(0.6 * events, agreeing + 0.25 * events);
        for (String name : FieldNames.ENTITY) {
            for (String path : stats.keySet()) {
                if (FieldNames.simple(path).equals(name) && usable(path)) {
                    int found = fit(List.of(path), worker).agreeing;
                    if (found >= bar) {
                        best = List.of(path);
                        bar = found + 1.0;
                    }
                }
            }
        }
        return best;
    }

    /** Fields that may name concurrent components: those named so first, then the coarser before the finer. */
    private List<String> concurrent() {
        List<String> named = new ArrayList<>();
        for (String name : concat(FieldNames.COMPONENT, FieldNames.ENTITY)) {
            stats.keySet().stream()
                    .filter(p -> FieldNames.simple(p).equals(name) && usable(p))
                    .forEach(named::add);
        }
        List<String> others = new ArrayList<>(stats.keySet().stream()
                .filter(p -> !named.contains(p)
                        && usable(p)
                        && !mapping.fields(Role.ID).contains(p))
                .toList());
        others.sort(
                (a, b) -> Integer.compare(stats.get(a).distinct(), stats.get(b).distinct()));
        return concat(named, others);
    }

    private static List<String> concat(List<String> a, List<String> b) {
        List<String> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    /** Compares the samples lane by lane under {@code key}, with the fields of {@code noise} left out. */
    private Fit fit(List<String> key, List<String> noise) {
        Set<String> outside = Set.copyOf(concat(key, noise));
        Map<String, List<int[]>> lanes = new HashMap<>();
        Map<String, List<String>> labels = new HashMap<>();
        for (int i = 0; i < baseline.size(); i++) {
            String lane = lane(baseline.get(i), key);
            lanes.computeIfAbsent(lane, l -> new ArrayList<>()).add(new int[] {i, -1});
            labels.computeIfAbsent(lane, l -> new ArrayList<>()).add(label(baseline.get(i), outside));
        }
        Map<String, Integer> next = new HashMap<>();
        int agreeing = 0;
        for (int j = 0; j < candidate.size(); j++) {
            String lane = lane(candidate.get(j), key);
            int k = next.getOrDefault(lane, 0);
            List<String> expected = labels.get(lane);
            if (k >= 0 && expected != null && k < expected.size()) {
                boolean agrees = expected.get(k).equals(label(candidate.get(j), outside));
                next.put(lane, agrees ? k + 1 : -1);
                if (agrees) {
                    lanes.get(lane).get(k)[1] = j;
                    agreeing++;
                }
            }
        }
        return new Fit(agreeing, agreeing - longestIncreasing(lanes, agreeing));
    }

    /** Length of the longest run of matched events that both orders share (patience sorting; Fredman, 1975). */
    private static int longestIncreasing(Map<String, List<int[]>> lanes, int matched) {
        int[][] pairs = lanes.values().stream()
                .flatMap(List::stream)
                .filter(p -> p[1] >= 0)
                .sorted((a, b) -> Integer.compare(a[0], b[0]))
                .toArray(int[][]::new);
        int[] tails = new int[matched];
        int length = 0;
        for (int[] pair : pairs) {
            int at = Arrays.binarySearch(tails, 0, length, pair[1]);
            int place = at < 0 ? -at - 1 : at;
            tails[place] = pair[1];
            length = Math.max(length, place + 1);
        }
        return length;
    }

    /** The lane's name as {@link EventAssembler} would give it. */
    static String lane(List<Field> record, List<String> key) {
        if (key.isEmpty()) {
            return EventAssembler.SINGLE_LANE;
        }
        List<String> parts = new ArrayList<>();
        for (String path : key) {
            parts.add(record.stream()
                    .filter(f -> f.path().equals(path) && f.type() != Field.Type.NULL)
                    .map(Field::text)
                    .findFirst()
                    .orElse(EventAssembler.NO_LANE));
        }
        return String.join("/", parts);
    }

    /** What of a record is compared, as text; the key's own fields and identifiers left out. */
    private String label(List<Field> record, Set<String> outside) {
        Map<String, String> kept = new TreeMap<>();
        for (Field f : record) {
            FieldPlan plan = plans.computeIfAbsent(f.path(), mapping::plan);
            if ((plan.compare || plan.kind) && !outside.contains(f.path())) {
                kept.put(f.path(), f.type() + ":" + f.text());
            }
        }
        return kept.toString();
    }

    private final Map<String, FieldPlan> plans = new HashMap<>();

    /**
     * Pairs lane names that differ between the runs: names of one shape ({@code Thread-17}, {@code Thread-23}) by content,
     * then by order of appearance. Gives the baseline's name for a name of the candidate.
     */
    Map<String, String> aliases(List<String> key) {
        Map<String, List<String>> a = labelsByLane(baseline, key);
        Map<String, List<String>> b = labelsByLane(candidate, key);
        List<String> left = new ArrayList<>(a.keySet());
        List<String> right = new ArrayList<>(b.keySet());
        left.removeAll(b.keySet());
        right.removeAll(a.keySet());
        boolean allRenamed = left.size() == a.size() && right.size() == b.size();
        Map<String, String> aliases = new LinkedHashMap<>();
        for (String name : right) {
            String best = null;
            int bestPrefix = 0;
            for (String other : left) {
                boolean sameShape =
                        shape(name).equals(shape(other)) && !shape(name).equals(name);
                if (sameShape || allRenamed) {
                    int prefix = commonPrefix(a.get(other), b.get(name));
                    if (prefix > bestPrefix) {
                        best = other;
                        bestPrefix = prefix;
                    }
                }
            }
            if (best != null) {
                aliases.put(name, best);
                left.remove(best);
            }
        }
        return aliases;
    }

    private Map<String, List<String>> labelsByLane(List<List<Field>> sample, List<String> key) {
        Map<String, List<String>> lanes = new LinkedHashMap<>();
        Set<String> outside = Set.copyOf(key);
        for (List<Field> record : sample) {
            lanes.computeIfAbsent(lane(record, key), l -> new ArrayList<>()).add(label(record, outside));
        }
        return lanes;
    }

    private static String shape(String name) {
        return name.replaceAll("(?i)(?=[0-9a-f]*[0-9])[0-9a-f]{4,}|[0-9]+", "#");
    }

    private static int commonPrefix(List<String> a, List<String> b) {
        int n = Math.min(a.size(), b.size());
        int i = 0;
        while (i < n && a.get(i).equals(b.get(i))) {
            i++;
        }
        return i;
    }
}

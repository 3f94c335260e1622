package io.dettrace.normalize;

import io.dettrace.event.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
 * the same order in both runs while the order between components differs at {@value #MIN_INVERSIONS} separate places or
 * more. One block of events that moved as a whole is one place: a race, and no proof of concurrency. With less evidence the recorded order is all there
 * is to go by, and the whole run is one lane.
 */
final class LaneInference {
    /** Separate places at which the recorded orders must differ before components are taken to be concurrent. */
    static final int MIN_INVERSIONS = 3;

    private static final double COVERAGE = 0.9;
    private static final int POOLED_PERCENT = 15;
    private static final double NOISY_OVERLAP = 0.2;

    private final List<List<Field>> baseline;
    private final List<List<Field>> candidate;
    private final Map<String, FieldStats> stats;
    private final Mapping mapping;
    private final int[] records;
    private final Set<String> noisy = new HashSet<>();

    LaneInference(
            List<List<Field>> baseline, List<List<Field>> candidate, Map<String, FieldStats> stats, Mapping mapping) {
        this.baseline = baseline;
        this.candidate = candidate;
        this.stats = stats;
        this.mapping = mapping;
        records = new int[] {baseline.size(), candidate.size()};
        stats.values().stream().filter(this::isNoisy).forEach(s -> noisy.add(s.path));
    }

    /** True for a field of many values of which the runs share few; it cannot help to tell lanes apart. */
    private boolean isNoisy(FieldStats s) {
        return s.distinct() > Math.max(3, Math.min(records[0], records[1]) / 4) && s.overlap() < NOISY_OVERLAP;
    }

    /** How well a key tells lanes apart in the samples: events in the lanes' common prefixes, and the places where the orders differ. */
    private record Fit(int agreeing, int inversions) {}

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
            if (fit.inversions >= MIN_INVERSIONS
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
        String why = MappingInference.SHOWN_BY_RUNS + ", while the order between values differs at "
                + bestFit.inversions + " places of the sample; --order recorded compares it";
        best.forEach(p -> builder.field(Role.LANE, p, why));
    }

    private void decideNamed(Mapping.Builder builder, List<String> worker) {
        List<String> key = betterEntity(worker);
        if (key.equals(worker) || !isPooled(worker, key)) {
            worker.forEach(p -> builder.field(Role.LANE, p, "names the sequential entity"));
            return;
        }
        String workers = String.join(", ", worker);
        key.forEach(p -> builder.field(Role.LANE, p, "events keep their order by this field and not by " + workers));
        worker.forEach(p -> builder.field(Role.IGNORE, p, "which of a pool does the work changes from run to run"));
    }

    /** True if which worker does a step of an entity really varies, not at one event only. */
    private boolean isPooled(List<String> worker, List<String> entity) {
        SampleEvidence evidence = new SampleEvidence(baseline, candidate);
        return worker.stream().anyMatch(w -> evidence.percentDiffering(w, entity) >= POOLED_PERCENT);
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
        return new Fit(agreeing, inversions(lanes));
    }

    /** Places in the baseline's order where the candidate goes back: two matched neighbours that stand the other way round. */
    private static int inversions(Map<String, List<int[]>> lanes) {
        int[][] pairs = lanes.values().stream()
                .flatMap(List::stream)
                .filter(p -> p[1] >= 0)
                .sorted((a, b) -> Integer.compare(a[0], b[0]))
                .toArray(int[][]::new);
        int inversions = 0;
        for (int i = 1; i < pairs.length; i++) {
            inversions += pairs[i][1] < pairs[i - 1][1] ? 1 : 0;
        }
        return inversions;
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
            if ((plan.compare || plan.kind) && !outside.contains(f.path()) && !noisy.contains(f.path())) {
                kept.put(f.path(), f.type() + ":" + f.text());
            }
        }
        return kept.toString();
    }

    private final Map<String, FieldPlan> plans = new HashMap<>();

    /** The baseline's name for a name of the candidate, where lanes go by other names; see {@link LanePairing}. */
    Map<String, String> aliases(List<String> key) {
        return LanePairing.aliases(labelsByLane(baseline, key), labelsByLane(candidate, key));
    }

    private Map<String, List<String>> labelsByLane(List<List<Field>> sample, List<String> key) {
        Map<String, List<String>> lanes = new LinkedHashMap<>();
        Set<String> outside = Set.copyOf(key);
        for (List<Field> record : sample) {
            lanes.computeIfAbsent(lane(record, key), l -> new ArrayList<>()).add(label(record, outside));
        }
        return lanes;
    }
}

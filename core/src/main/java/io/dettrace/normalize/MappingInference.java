package io.dettrace.normalize;

import io.dettrace.event.Field;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Infers a {@link Mapping} from the first records of both runs. A field is given a role by what its name commonly means
 * and what its values are; where both do not speak, it is compared as a value. Declared roles are never changed.
 *
 * <p>What is inferred as noise is only what cannot be a logical difference: times and durations (a verdict of their own),
 * positions in the file, and identifiers whose values differ from run to run. Everything else is compared strictly.
 */
public final class MappingInference {
    /** Path of the virtual field that holds the file's name in a run of several files. */
    public static final String FILE = "$file";

    private static final double RENAMED_OVERLAP = 0.5;
    private static final double KIND_COVERAGE = 0.9;
    private static final int MIN_PLAIN_IDENTIFIERS = 3;

    /** Start of the reason's key for a lane that goes by another name; the candidate's name follows. */
    public static final String RENAMED_LANE = "renamed lane ";

    /** Start of the reason for lanes that no name, only the runs themselves, tells. */
    public static final String SHOWN_BY_RUNS = "in both runs the events of each value keep their order";

    /** Start of the reason's key for a field that is compared but may be noise; the path follows. */
    public static final String SUSPECT = "suspect ";

    private final List<List<Field>> baseline;
    private final List<List<Field>> candidate;
    private final Map<String, FieldStats> stats;
    private final Mapping.Builder builder;
    private final Mapping declared;
    private final SampleEvidence evidence;
    private final int[] records;

    /**
     * A mapping and the lanes of the candidate that go by another name in the baseline.
     *
     * @param mapping the complete mapping, with reasons
     * @param laneAliases the baseline's name for a lane name of the candidate
     */
    public record Inferred(Mapping mapping, Map<String, String> laneAliases) {}

    private MappingInference(List<List<Field>> baseline, List<List<Field>> candidate, Mapping declared) {
        this.baseline = baseline;
        this.candidate = candidate;
        this.declared = declared;
        stats = FieldStats.of(baseline, candidate);
        evidence = new SampleEvidence(baseline, candidate);
        builder = declared.toBuilder();
        records = new int[] {baseline.size(), candidate.size()};
    }

    /**
     * Infers what {@code declared} leaves open.
     *
     * @param recordedOrder true to take the whole run as one lane
     */
    public static Inferred infer(
            List<List<Field>> baseline, List<List<Field>> candidate, Mapping declared, boolean recordedOrder) {
        return new MappingInference(baseline, candidate, declared).run(recordedOrder);
    }

    /** Lanes of the candidate that go by another name in the baseline, under a mapping: their name there. */
    public static Map<String, String> aliases(
            List<List<Field>> baseline, List<List<Field>> candidate, Mapping mapping) {
        List<String> lane = mapping.fields(Role.LANE);
        return lane.isEmpty()
                ? Map.of()
                : new LaneInference(baseline, candidate, FieldStats.of(baseline, candidate), mapping).aliases(lane);
    }

    /** The name of the lane that an event belongs to, by the fields that tell lanes. */
    public static String lane(List<Field> event, List<String> fields) {
        return LaneInference.lane(event, fields);
    }

    /** True if a field by this name commonly says which part of the system an event happened in. */
    public static boolean namesComponent(String path) {
        String name = FieldNames.simple(path);
        return FieldNames.COMPONENT.contains(name)
                || FieldNames.HOST.contains(name)
                || FieldNames.PROCESS.contains(name)
                || FieldNames.THREAD.contains(name);
    }

    /** Runs that an input whose runs are told apart by an inferred field may hold. */
    static final int MAX_SPLIT = 64;

    /** The field that tells runs in one input apart: named so, on every record, with 2 to {@value #MAX_SPLIT} values. */
    public static Optional<String> splitField(List<List<Field>> records) {
        Map<String, FieldStats> stats = FieldStats.of(records, List.of());
        int[] counts = {records.size(), 0};
        for (String name : FieldNames.SPLIT) {
            for (FieldStats s : stats.values()) {
                boolean fits = s.coverage(counts) == 1 && s.distinct() >= 2 && s.distinct() <= MAX_SPLIT;
                if (fits && s.isScalar() && FieldNames.simple(s.path).equals(name)) {
                    return Optional.of(s.path);
                }
            }
        }
        return Optional.empty();
    }

    private Inferred run(boolean recordedOrder) {
        times();
        positions();
        durations();
        kind();
        clock();
        causes();
        identifiers();
        if (recordedOrder) {
            builder.clear(Role.LANE)
                    .clear(Role.CLOCK)
                    .clear(Role.LINK)
                    .clear(Role.MESSAGE)
                    .clear(Role.RESOURCE);
            builder.reason("lane", "the whole run is one lane in its recorded order, as asked for");
            ignoreFile();
            return new Inferred(builder.build(), Map.of());
        }
        lanes();
        messages();
        renamedIdentifiers();
        handedOver();
        counters();
        suspects();
        ignoreFile();
        Mapping mapping = builder.build();
        Map<String, String> aliases = mapping.fields(Role.LANE).isEmpty()
                ? Map.of()
                : new LaneInference(baseline, candidate, stats, mapping).aliases(mapping.fields(Role.LANE));
        aliases.forEach((theirs, ours) -> builder.reason(
                RENAMED_LANE + theirs,
                "lane \"" + theirs + "\" of the candidate is taken as \"" + ours
                        + "\" of the baseline: its events agree"));
        return new Inferred(builder.build(), aliases);
    }

    private void ignoreFile() {
        if (stats.containsKey(FILE) && isFree(FILE)) {
            builder.field(Role.IGNORE, FILE, "the name of the file");
        }
    }

    private boolean isFree(String path) {
        Mapping now = builder.build();
        for (Role role : Role.values()) {
            if (now.fields(role).contains(path)) {
                return false;
            }
        }
        return now.plan(path).roles().equals(Set.of(Role.COMPARE))
                && declared.fields(Role.COMPARE).isEmpty();
    }

    private List<FieldStats> free() {
        return stats.values().stream().filter(s -> isFree(s.path)).toList();
    }

    private void times() {
        boolean found = !declared.fields(Role.TIME).isEmpty();
        for (FieldStats s : free()) {
            if (s.isScalar() && (isNamedTime(s) || isUnnamedTime(s))) {
                String why = s.isWrittenTime()
                        ? "values are written as times"
                        : "named as a time, and values rise or change from run to run";
                builder.field(found ? Role.IGNORE : Role.TIME, s.path, why + "; times are not compared as values");
                found = true;
            }
        }
    }

    /** Of a run by itself nothing is known of what changes from run to run; there, times since 1970 may also go back. */
    private boolean isNamedTime(FieldStats s) {
        boolean alone = baseline == candidate;
        boolean changes = s.isNumberLike() && (alone ? s.isSinceEpoch() : s.overlap() < RENAMED_OVERLAP);
        return FieldNames.saysTime(s.path) && (s.isWrittenTime() || s.isNonDecreasing() || changes);
    }

    /** Times by their values or by a weaker name; a value that both runs share, or that never changes, is data. */
    private static boolean isUnnamedTime(FieldStats s) {
        boolean weaklyNamed = FieldNames.maySayTime(s.path) && s.isNumberLike();
        return (s.isWrittenTime() || weaklyNamed && s.isNonDecreasing()) && s.overlap() < RENAMED_OVERLAP;
    }

    private void positions() {
        for (FieldStats s : free()) {
            boolean named = FieldNames.POSITION.contains(FieldNames.simple(s.path)) && isOnNearlyAll(s);
            if (named && s.countsRecords()) {
                builder.field(Role.IGNORE, s.path, "counts the records, so it says nothing beyond their order");
            } else if (named && s.risesStrictly() && !isReferredTo(s)) {
                builder.field(Role.IGNORE, s.path, "named as a position, and rises with every record");
            }
        }
    }

    /** A number that only some kinds of events have is theirs, such as a line in an error; unless it differs in every run. */
    private boolean isOnNearlyAll(FieldStats s) {
        return s.coverage(records) >= KIND_COVERAGE
                || s.distinct() >= MIN_PLAIN_IDENTIFIERS && s.overlap() < RENAMED_OVERLAP;
    }

    private boolean isReferredTo(FieldStats s) {
        return stats.values().stream()
                .anyMatch(c -> FieldNames.CAUSE.contains(FieldNames.simple(c.path)) && SampleEvidence.refersTo(c, s));
    }

    private void durations() {
        for (FieldStats s : free()) {
            boolean setting = s.isConstant() && records[0] > 2 && records[1] > 2;
            if (s.isNumeric() && FieldNames.saysDuration(s.path) && !setting) {
                builder.field(Role.IGNORE, s.path, "named as a duration; timing is not compared as a value");
            }
        }
    }

    private void kind() {
        if (!declared.fields(Role.KIND).isEmpty()) {
            return;
        }
        for (String name : FieldNames.KIND) {
            for (FieldStats s : free()) {
                boolean fits = s.isText() && s.coverage(records) >= KIND_COVERAGE && !s.looksGenerated();
                if (fits && FieldNames.simple(s.path).equals(name)) {
                    builder.field(Role.KIND, s.path, "named as the kind of event");
                    return;
                }
            }
        }
    }

    private void clock() {
        if (!declared.fields(Role.CLOCK).isEmpty()) {
            return;
        }
        for (String path : List.copyOf(stats.keySet())) {
            int dot = path.lastIndexOf('.');
            String parent = dot < 0 ? path : path.substring(0, dot);
            if (FieldNames.CLOCK.contains(FieldNames.simple(parent)) && isClock(parent)) {
                builder.field(Role.CLOCK, parent, "an object of counts by lane: a vector clock");
                return;
            }
        }
    }

    private boolean isClock(String parent) {
        List<FieldStats> entries = stats.values().stream()
                .filter(s -> s.path.startsWith(parent + "."))
                .toList();
        boolean object = !entries.isEmpty() && entries.stream().allMatch(FieldStats::isNumeric);
        FieldStats text = stats.get(parent);
        boolean json = text != null
                && text.values.get(0).stream().allMatch(v -> v.strip().startsWith("{"))
                && text.distinct() > 1;
        return object || json;
    }

    private void causes() {
        if (!declared.fields(Role.LINK).isEmpty()
                || !declared.fields(Role.EVENT).isEmpty()) {
            return;
        }
        for (FieldStats cause : free()) {
            if (!FieldNames.CAUSE.contains(FieldNames.simple(cause.path))) {
                continue;
            }
            stats.values().stream()
                    .filter(s -> s != cause && s.isScalar() && isFree(s.path) && SampleEvidence.refersTo(cause, s))
                    .max(Comparator.comparingInt((FieldStats s) -> nameFit(cause.path, s.path))
                            .thenComparingInt(FieldStats::distinct))
                    .ifPresent(event -> {
                        builder.field(Role.EVENT, event.path, "names the event that " + cause.path + " refers to");
                        builder.field(Role.LINK, cause.path, "refers to earlier events by " + event.path);
                    });
            if (!builder.build().fields(Role.EVENT).isEmpty()) {
                return;
            }
        }
    }

    private static int nameFit(String cause, String event) {
        String c = FieldNames.simple(cause);
        String e = FieldNames.simple(event);
        return c.endsWith(e) ? 2 : FieldNames.saysIdentifier(event) ? 1 : 0;
    }

    private void identifiers() {
        for (FieldStats s : free()) {
            boolean named = FieldNames.saysIdentifier(s.path);
            if (isPlaceOfTheRun(s)) {
                builder.field(
                        Role.IGNORE, s.path, "one value on all events of a run: where it ran, or which run it is");
            } else if (s.isScalar() && (named || s.looksGenerated()) && isRenamedFromTheFirstUse(s)) {
                builder.field(
                        Role.ID,
                        s.path,
                        (named ? "named as an identifier" : "values look generated")
                                + ", and the runs share few values, not even the first; compared up to renaming");
            }
        }
    }

    private boolean isPlaceOfTheRun(FieldStats s) {
        String name = FieldNames.simple(s.path);
        boolean place =
                FieldNames.HOST.contains(name) || FieldNames.PROCESS.contains(name) || FieldNames.SPLIT.contains(name);
        return place && s.isConstant() && s.overlap() == 0 && records[0] > 1 && records[1] > 1 && !s.looksGenerated();
    }

    /**
     * True if the values change from run to run. A value that agrees at first and later does not is deterministic, and wrong;
     * a few plain numbers or addresses that differ say nothing about renaming.
     */
    private boolean isRenamedFromTheFirstUse(FieldStats s) {
        boolean plain = !s.looksGenerated() && (s.isNumberLike() || FieldNames.saysAddress(s.path));
        boolean enough = !plain || s.distinct() >= MIN_PLAIN_IDENTIFIERS || FieldNames.saysProcess(s.path);
        return enough && s.overlap() < RENAMED_OVERLAP && !evidence.firstValuesAgree(s.path);
    }

    private void lanes() {
        if (!declared.fields(Role.LANE).isEmpty()) {
            return;
        }
        if (!builder.build().fields(Role.CLOCK).isEmpty()) {
            clockLane();
            return;
        }
        Mapping sofar = builder.build();
        new LaneInference(
                        baseline,
                        candidate,
                        stats,
                        sofar.toBuilder().clear(Role.LANE).build())
                .decide(builder);
    }

    /** The lane of a vector clock is the field whose value is always an entry of the clock. */
    private void clockLane() {
        String clock = builder.build().fields(Role.CLOCK).get(0);
        for (FieldStats s : stats.values()) {
            if (!s.isText() || s.path.startsWith(clock)) {
                continue;
            }
            boolean always = true;
            for (List<Field> record : baseline) {
                String lane = LaneInference.lane(record, List.of(s.path));
                always &= record.stream()
                        .anyMatch(f -> f.path().equals(clock + "." + lane)
                                || f.path().equals(clock) && f.text().contains("\"" + lane + "\""));
            }
            if (always) {
                builder.clearField(s.path);
                builder.field(Role.LANE, s.path, "its value is always an entry of the vector clock");
                return;
            }
        }
    }

    /**
     * A field that names messages: nearly each value on two lanes or more, first on an event whose kind says that it sends,
     * then only on events whose kind says that they receive.
     */
    private void messages() {
        Mapping now = builder.build();
        List<String> lane = now.fields(Role.LANE);
        List<String> kind = now.fields(Role.KIND);
        if (lane.isEmpty() || kind.isEmpty() || !declared.fields(Role.MESSAGE).isEmpty()) {
            return;
        }
        for (FieldStats s : stats.values()) {
            boolean open = isFree(s.path)
                    || now.fields(Role.ID).contains(s.path)
                            && !declared.fields(Role.ID).contains(s.path);
            boolean named = FieldNames.MESSAGE.contains(FieldNames.simple(s.path));
            if (open && named && evidence.namesMessages(s.path, lane, kind.get(0))) {
                builder.clearField(s.path);
                builder.field(Role.MESSAGE, s.path, "each value is first sent by one lane and then received by others");
                return;
            }
        }
    }

    /**
     * Identifiers that are handed from lane to lane: who uses one is linked to who used it first, so that a lane which takes up
     * another one than in the baseline is found although the values are renamed.
     */
    private void handedOver() {
        Mapping now = builder.build();
        List<String> lane = now.fields(Role.LANE);
        List<String> kind = now.fields(Role.KIND);
        boolean open =
                !lane.isEmpty() && !kind.isEmpty() && now.fields(Role.CLOCK).isEmpty();
        for (String path : open ? now.fields(Role.ID) : List.<String>of()) {
            boolean free = !declared.fields(Role.ID).contains(path) && !lane.contains(path);
            if (free && now.fields(Role.MESSAGE).isEmpty() && evidence.isHandedOver(path, lane, kind.get(0))) {
                builder.field(
                        Role.MESSAGE,
                        path,
                        "each value is first used by one kind of event, and then in other lanes by other kinds");
                return;
            }
        }
    }

    /** Says of fields that differ nearly everywhere that they may be noise; they are compared all the same. */
    private void suspects() {
        List<String> key = builder.build().fields(Role.LANE);
        for (FieldStats s : free()) {
            int percent = evidence.percentDiffering(s.path, key);
            if (percent > 50) {
                builder.reason(
                        SUSPECT + s.path,
                        s.path + " differs in " + percent
                                + " % of the sampled events; if it is noise, leave it out with --ignore " + s.path);
            }
        }
    }

    /** Identifiers that are a consistent one-to-one renaming although the runs share values, such as swapped numbers. */
    private void renamedIdentifiers() {
        Mapping now = builder.build();
        List<String> key = now.fields(Role.LANE);
        for (FieldStats s : free()) {
            if (FieldNames.saysIdentifier(s.path)
                    && s.isScalar()
                    && s.distinct() >= MIN_PLAIN_IDENTIFIERS
                    && !evidence.firstValuesAgree(s.path)
                    && evidence.isRenaming(s.path, key)) {
                builder.field(Role.ID, s.path, "named as an identifier, and the runs rename it one to one");
            }
        }
    }

    /** Numbers that count the events of each lane. */
    private void counters() {
        List<String> key = builder.build().fields(Role.LANE);
        if (key.isEmpty()) {
            return;
        }
        for (FieldStats s : free()) {
            if (s.isNumeric()
                    && FieldNames.POSITION.contains(FieldNames.simple(s.path))
                    && evidence.countsLanes(s.path, key)) {
                builder.field(Role.IGNORE, s.path, "named as a position, and rises with every event of its lane");
            }
        }
    }
}

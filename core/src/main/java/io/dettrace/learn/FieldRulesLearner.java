package io.dettrace.learn;

import io.dettrace.event.Field;
import io.dettrace.normalize.FieldPlan;
import io.dettrace.normalize.FieldRule;
import io.dettrace.normalize.NoiseRules;
import io.dettrace.normalize.Role;
import io.dettrace.profile.Profile;
import io.dettrace.profile.ProfileFile;
import io.dettrace.profile.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Learns what passing runs show of the fields: which rule, for each kind of event, allows what they hold and little more. */
final class FieldRulesLearner {
    /** A value that is one of at most so many is one of a set; more are free. */
    static final int MAX_SET = 32;

    /** How much wider than the passing values a range is, in parts of their spread, at least and at most. */
    private static final double LEAST_MARGIN = 0.5;

    private static final double MOST_MARGIN = 4;

    private static final int MIN_RENAMED = 3;

    private final PassingRuns runs;
    private final NoiseRules eventRules;

    /** Kinds whose events are not compared with one in particular, so that their rules must stand by themselves. */
    private final Set<String> unpaired;

    private final Map<String, FieldEvidence> evidence = new TreeMap<>();
    private final Map<String, Map<Integer, Renaming>> renamings = new HashMap<>();
    private final Map<String, Long> events = new HashMap<>();
    private final Map<String, FieldPlan> plans = new HashMap<>();

    /** The values of a path in a run and what stands in their place in the reference. */
    private static final class Renaming {
        final Map<String, String> there = new HashMap<>();
        final Map<String, String> back = new HashMap<>();
        boolean oneToOne = true;
        long uses;

        void add(String a, String b) {
            uses++;
            String known = there.putIfAbsent(a, b);
            String knownBack = back.putIfAbsent(b, a);
            oneToOne &= (known == null || known.equals(b)) && (knownBack == null || knownBack.equals(a));
        }
    }

    private FieldRulesLearner(PassingRuns runs, NoiseRules eventRules, Set<String> unpaired) {
        this.runs = runs;
        this.eventRules = eventRules;
        this.unpaired = unpaired;
    }

    /**
     * The rules about fields.
     *
     * @param eventRules the rules about events, by which events correspond
     * @param unpaired kinds whose events may be missing or be repeated
     */
    static List<Profile.Entry> learn(PassingRuns runs, NoiseRules eventRules, Set<String> unpaired) throws IOException {
        FieldRulesLearner learner = new FieldRulesLearner(runs, eventRules, unpaired);
        learner.gather();
        return learner.classify();
    }

    // ---- evidence --------------------------------------------------------------------------------------------------

    private void gather() throws IOException {
        for (int run = 0; run < runs.tables.size(); run++) {
            RunTable table = runs.tables.get(run);
            for (int i = 0; i < table.size(); i++) {
                List<Field> event = table.fields(i);
                String kind = runs.kind(event);
                String lane = runs.lane(run, event);
                events.merge(kind, 1L, Long::sum);
                for (Field f : event) {
                    if (isCompared(f.path())) {
                        of(kind, f.path()).add(run, lane, f);
                    }
                }
            }
        }
        for (FieldEvidence e : evidence.values()) {
            e.absent = events.get(e.kind) - e.present;
        }
        for (int run = 0; run < runs.tables.size(); run++) {
            if (run != runs.reference) {
                compare(run);
            }
        }
    }

    /** Fields that enter labels: compared as they are, or up to renaming. */
    private boolean isCompared(String path) {
        Set<Role> roles = plans.computeIfAbsent(path, runs.mapping::plan).roles();
        return roles.contains(Role.COMPARE) || roles.contains(Role.ID) && !roles.contains(Role.IGNORE);
    }

    private FieldEvidence of(String kind, String path) {
        return evidence.computeIfAbsent(
                FieldEvidence.key(kind, path), k -> new FieldEvidence(kind, path, runs.tables.size()));
    }

    private void compare(int run) throws IOException {
        RunTable reference = runs.tables.get(runs.reference);
        RunTable table = runs.tables.get(run);
        runs.align(run, eventRules, (lane, a, b, timeA, timeB) -> {
            Map<String, Field> there = byPath(reference.fields((int) a - 1));
            List<Field> event = table.fields((int) b - 1);
            String kind = runs.kind(event);
            for (Field f : event) {
                Field other = there.remove(f.path());
                if (isCompared(f.path())) {
                    pair(run, of(kind, f.path()), other, f);
                }
            }
            there.values().stream().filter(f -> isCompared(f.path())).forEach(f -> of(kind, f.path()).oneSided++);
        });
    }

    private void pair(int run, FieldEvidence e, Field a, Field b) {
        if (a == null) {
            e.oneSided++;
        } else if (a.type() == b.type() && a.text().equals(b.text())) {
            e.equal++;
        } else {
            e.differing++;
        }
        if (a != null) {
            renamings
                    .computeIfAbsent(e.path, p -> new HashMap<>())
                    .computeIfAbsent(run, r -> new Renaming())
                    .add(b.text(), a.text());
        }
    }

    private static Map<String, Field> byPath(List<Field> event) {
        Map<String, Field> fields = new LinkedHashMap<>();
        event.forEach(f -> fields.put(f.path(), f));
        return fields;
    }

    // ---- rules -----------------------------------------------------------------------------------------------------

    private List<Profile.Entry> classify() {
        List<Profile.Entry> rules = new ArrayList<>();
        Map<String, FieldEvidence> open = new TreeMap<>();
        for (Map.Entry<String, FieldEvidence> e : evidence.entrySet()) {
            FieldEvidence field = e.getValue();
            boolean alone = unpaired.contains(field.kind);
            boolean strict = field.agrees() && !alone;
            if (!strict && !isRenamed(field)) {
                open.put(e.getKey(), field);
            }
        }
        Set<String> functions = new HashSet<>();
        for (FieldEvidence field : open.values()) {
            Optional<String> source = functionOf(field, functions);
            FieldRule rule = source.isPresent() ? FieldRule.functionOf(source.get()) : form(field);
            if (source.isPresent()) {
                functions.add(field.key());
            }
            boolean optional = field.oneSided > 0 || unpaired.contains(field.kind) && field.absent > 0;
            rules.add(new Profile.Entry(
                    new Rule.OfField(field.kind, field.path, optional ? rule.orAbsent() : rule), why(field, rule)));
        }
        return rules;
    }

    /** True if the mapping takes the field for an identifier and the runs bear it out. */
    private boolean isRenamed(FieldEvidence field) {
        boolean id = plans.get(field.path).roles().contains(Role.ID);
        return id && field.oneSided == 0 && renames(field.path);
    }

    private boolean renames(String path) {
        Map<Integer, Renaming> all = renamings.getOrDefault(path, Map.of());
        return !all.isEmpty() && all.values().stream().allMatch(r -> r.oneToOne);
    }

    private FieldRule form(FieldEvidence field) {
        if (!field.scalar) {
            return FieldRule.of(FieldRule.Form.ANY);
        }
        if (isIdentifier(field)) {
            return FieldRule.of(FieldRule.Form.ID);
        }
        if (field.numeric && field.steps >= 3 && field.rises == field.steps && field.runs() > 1) {
            return FieldRule.counter(field.sameStep ? field.step : 0);
        }
        if (!field.manyValues && field.values.size() <= MAX_SET && field.everyValueRecurs()) {
            return FieldRule.oneOf(field.values.keySet());
        }
        if (field.numeric) {
            return range(field);
        }
        return FieldRule.of(FieldRule.Form.ANY);
    }

    /** A consistent one-to-one renaming in every pair of runs, of values that are used again or are no numbers. */
    private boolean isIdentifier(FieldEvidence field) {
        Map<Integer, Renaming> all = renamings.getOrDefault(field.path, Map.of());
        boolean enough = !all.isEmpty() && all.values().stream().allMatch(r -> r.there.size() >= MIN_RENAMED);
        boolean reused = all.values().stream().allMatch(r -> 2 * r.there.size() <= r.uses + 1);
        return enough
                && renames(field.path)
                && !unpaired.contains(field.kind)
                && (reused || !field.numeric && field.manyValues);
    }

    private FieldRule range(FieldEvidence field) {
        double low = field.low(-1);
        double high = field.high(-1);
        double margin = 0;
        for (int i = 0; i < runs.tables.size(); i++) {
            double without = field.high(i) - field.low(i);
            double beyond = Math.max(field.low(i) - low, high - field.high(i));
            if (beyond > 0) {
                margin = Math.max(margin, without > 0 ? beyond / without : Double.POSITIVE_INFINITY);
            }
        }
        if (margin > MOST_MARGIN || field.runs() < 2) {
            return FieldRule.of(FieldRule.Form.ANY);
        }
        double wider = Math.max(LEAST_MARGIN, 1.5 * margin) * (high - low);
        double least = low >= 0 ? Math.max(0, low - wider) : low - wider;
        double most = high <= 0 ? Math.min(0, high + wider) : high + wider;
        return field.whole ? FieldRule.range(Math.floor(least), Math.ceil(most)) : FieldRule.range(least, most);
    }

    /**
     * A field of the same events whose value says this one's in every run, and often enough to tell: the one with the fewest
     * different values.
     */
    private Optional<String> functionOf(FieldEvidence field, Set<String> functions) {
        if (!field.scalar || unpaired.contains(field.kind)) {
            return Optional.empty();
        }
        Map<String, Source> candidates = new TreeMap<>();
        for (FieldEvidence e : evidence.values()) {
            boolean usable = e.kind.equals(field.kind) && !e.path.equals(field.path) && e.scalar && e.absent == 0;
            boolean says = e.manyValues || e.values.size() > 1;
            if (usable && says && !runs.mapping.fields(Role.KIND).contains(e.path) && !functions.contains(e.key())) {
                candidates.put(e.path, new Source());
            }
        }
        for (RunTable table : runs.tables) {
            candidates.values().forEach(s -> s.known.clear());
            for (int i = 0; i < table.size() && !candidates.isEmpty(); i++) {
                Map<String, Field> fields = byPath(table.fields(i));
                Field value = fields.get(field.path);
                if (value != null) {
                    candidates
                            .entrySet()
                            .removeIf(c -> fields.containsKey(c.getKey())
                                    && !c.getValue().says(fields.get(c.getKey()).text(), value.text()));
                }
            }
        }
        return candidates.entrySet().stream()
                .filter(c -> c.getValue().again >= 2L * runs.tables.size())
                .max(Map.Entry.comparingByValue((x, y) -> Long.compare(x.again, y.again)))
                .map(Map.Entry::getKey);
    }

    /** What a field's values say of another's. */
    private static final class Source {
        final Map<String, String> known = new HashMap<>();
        long again;

        boolean says(String source, String value) {
            String before = known.putIfAbsent(source, value);
            again += before == null ? 0 : 1;
            return before == null || before.equals(value);
        }
    }

    private String why(FieldEvidence field, FieldRule rule) {
        String seen = field.present + " values in " + runs.tables.size() + " runs";
        String sides = field.oneSided + field.absent > 0 ? ", missing in " + field.absent + " events" : "";
        return switch (rule.form()) {
            case RANGE ->
                seen + ", " + ProfileFile.number(field.low(-1)) + " to " + ProfileFile.number(field.high(-1)) + sides;
            case ONE_OF -> seen + ", each in two runs or more" + sides;
            case COUNTER -> "rises in all of " + field.steps + " steps" + sides;
            case FUNCTION_OF -> "goes with that field in " + seen + sides;
            case ID -> "each run renames it one to one, such as " + brief(field.example) + sides;
            default -> seen + ", such as " + brief(field.example) + sides;
        };
    }

    private static String brief(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 40 ? line : line.substring(0, 39) + "…";
    }
}

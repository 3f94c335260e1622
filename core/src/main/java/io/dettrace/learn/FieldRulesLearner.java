package io.dettrace.learn;

import io.dettrace.normalize.FieldRule;
import io.dettrace.normalize.Role;
import io.dettrace.profile.Profile;
import io.dettrace.profile.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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

    /** Kinds whose events are not compared with one in particular, so that their rules must stand by themselves. */
    private final Set<String> unpaired;

    /** Fields whose rules proved too narrow for a passing run, by {@link FieldFacts#key}, with how often. */
    private final Map<String, Integer> relaxed;

    private final Map<String, FieldEvidence> evidence = new TreeMap<>();
    private final Map<String, List<PairFacts.Renaming>> renamings = new HashMap<>();

    private FieldRulesLearner(PassingRuns runs, Set<String> unpaired, Map<String, Integer> relaxed) {
        this.runs = runs;
        this.unpaired = unpaired;
        this.relaxed = relaxed;
    }

    /**
     * The rules about fields.
     *
     * @param eventRules the rules about events, by which events correspond
     * @param unpaired kinds whose events may be missing or be repeated
     * @param relaxed fields whose rules proved too narrow for a passing run, with how often
     */
    static List<Profile.Entry> learn(
            PassingRuns runs, List<Rule> eventRules, Set<String> unpaired, Map<String, Integer> relaxed)
            throws IOException {
        FieldRulesLearner learner = new FieldRulesLearner(runs, unpaired, relaxed);
        learner.gather(eventRules);
        return learner.classify();
    }

    // ---- evidence --------------------------------------------------------------------------------------------------

    private void gather(List<Rule> eventRules) throws IOException {
        Map<String, Long> events = new HashMap<>();
        for (int run = 0; run < runs.tables.size(); run++) {
            RunFacts facts = runs.facts(run);
            facts.events.forEach((kind, n) -> events.merge(kind, n, Long::sum));
            facts.fields.values().forEach(f -> of(f.kind, f.path).add(f));
        }
        for (FieldEvidence e : evidence.values()) {
            e.absent = events.get(e.kind) - e.present;
        }
        for (int run = 0; run < runs.tables.size(); run++) {
            if (run != runs.reference) {
                PairFacts pairs = runs.pairs(run, eventRules);
                pairs.fields.forEach((key, counts) -> {
                    FieldEvidence e = evidence.get(key);
                    e.equal += counts.equal;
                    e.differing += counts.differing;
                    e.oneSided += counts.oneSided;
                });
                pairs.renamings.forEach((path, renaming) ->
                        renamings.computeIfAbsent(path, p -> new ArrayList<>()).add(renaming));
            }
        }
    }

    private FieldEvidence of(String kind, String path) {
        return evidence.computeIfAbsent(FieldFacts.key(kind, path), k -> new FieldEvidence(kind, path));
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
            int narrow = relaxed.getOrDefault(field.key(), 0);
            Optional<String> source = narrow > 0 ? Optional.empty() : functionOf(field, functions);
            FieldRule rule = source.isPresent() ? FieldRule.functionOf(source.get()) : form(field, narrow);
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
        return runs.compared.isId(field.path) && field.oneSided == 0 && renames(field.path);
    }

    private boolean renames(String path) {
        List<PairFacts.Renaming> all = renamings.getOrDefault(path, List.of());
        return !all.isEmpty() && all.stream().allMatch(r -> r.oneToOne);
    }

    /** The narrowest rule that fits, or after it proved {@code narrow} for passing runs a wider one. */
    private FieldRule form(FieldEvidence field, int narrow) {
        if (!field.scalar || narrow > 1) {
            return FieldRule.of(FieldRule.Form.ANY);
        }
        if (isIdentifier(field)) {
            return FieldRule.of(FieldRule.Form.ID);
        }
        if (narrow == 0 && field.numeric && field.steps >= 3 && field.rises == field.steps && field.runs() > 1) {
            return FieldRule.counter(field.sameStep ? field.step : 0);
        }
        if (narrow == 0 && !field.manyValues && field.values.size() <= MAX_SET && field.everyValueRecurs()) {
            return FieldRule.oneOf(field.values.keySet());
        }
        if (field.numeric) {
            return range(field);
        }
        return FieldRule.of(FieldRule.Form.ANY);
    }

    /** A consistent one-to-one renaming in every pair of runs, of values that are used again or are no numbers. */
    private boolean isIdentifier(FieldEvidence field) {
        List<PairFacts.Renaming> all = renamings.getOrDefault(field.path, List.of());
        boolean enough = !all.isEmpty() && all.stream().allMatch(r -> r.there.size() >= MIN_RENAMED);
        boolean reused = all.stream().allMatch(r -> 2 * r.there.size() <= r.uses + 1);
        return enough
                && renames(field.path)
                && !unpaired.contains(field.kind)
                && (reused || !field.numeric && field.manyValues);
    }

    private FieldRule range(FieldEvidence field) {
        double low = field.low(-1);
        double high = field.high(-1);
        double margin = 0;
        for (int i = 0; i < field.runs(); i++) {
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
     * A field of the same events whose value says this one's in every run, and often enough to tell: the one that does so most
     * often.
     */
    private Optional<String> functionOf(FieldEvidence field, Set<String> functions) {
        if (!field.scalar || unpaired.contains(field.kind)) {
            return Optional.empty();
        }
        String best = null;
        long most = 2L * runs.tables.size() - 1;
        for (FieldEvidence e : evidence.values()) {
            boolean usable = e.kind.equals(field.kind) && !e.path.equals(field.path) && e.scalar && e.absent == 0;
            boolean says = e.manyValues || e.values.size() > 1;
            if (usable && says && !runs.mapping.fields(Role.KIND).contains(e.path) && !functions.contains(e.key())) {
                long again = told(field.path, e.path);
                best = again > most ? e.path : best;
                most = Math.max(most, again);
            }
        }
        return Optional.ofNullable(best);
    }

    /** How often in all runs the one field told the other's value again, -1 if it did not always. */
    private long told(String path, String by) {
        long again = 0;
        for (int run = 0; run < runs.tables.size(); run++) {
            long here = runs.facts(run).told(path, by);
            if (here < 0) {
                return -1;
            }
            again += here;
        }
        return again;
    }

    private String why(FieldEvidence field, FieldRule rule) {
        String seen = field.present + " values in " + runs.tables.size() + " runs";
        String sides = field.oneSided + field.absent > 0 ? ", missing in " + field.absent + " events" : "";
        return switch (rule.form()) {
            case RANGE ->
                seen + ", " + FieldRule.number(field.low(-1)) + " to " + FieldRule.number(field.high(-1)) + sides;
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

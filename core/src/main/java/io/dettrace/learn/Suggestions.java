package io.dettrace.learn;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Comparison;
import io.dettrace.compare.Divergence;
import io.dettrace.compare.EventPoint;
import io.dettrace.compare.Progress;
import io.dettrace.compare.RunComparator;
import io.dettrace.event.Field;
import io.dettrace.event.Run;
import io.dettrace.normalize.FieldRule;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import io.dettrace.normalize.NoiseRules;
import io.dettrace.normalize.Role;
import io.dettrace.profile.Profile;
import io.dettrace.profile.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which single rule would make a divergence vanish, so that a person can say once that it is noise. Every rule was tried: the
 * runs were compared again with it.
 */
public final class Suggestions {
    /** Rules that are tried for one divergence. */
    public static final int MAX_TRIED = 64;

    private static final int SAMPLE = 2_048;

    private final Profile profile;
    private final RunTable baseline;
    private final RunTable candidate;
    private final Mapping mapping;
    private final Map<String, String> aliases;
    private final PassingRuns faulty;
    private final RunFacts baselineFacts;
    private final RunFacts candidateFacts;
    private final Comparison before;
    private Blindness blindness;

    /**
     * A rule that makes a divergence vanish.
     *
     * @param rule the rule, which would stand in the profile by hand
     * @param scope values, events or orders of the baseline that it would no longer hold to what they are
     * @param all how many of them the baseline has
     * @param unit what {@code scope} counts
     * @param rootsLeft roots that are left with it
     * @param hidden faults put into the baseline that it hides and that were not hidden without it
     * @param injected faults put into the baseline
     */
    public record Suggestion(Rule rule, long scope, long all, String unit, int rootsLeft, int hidden, int injected) {}

    /** Compares the two runs under the profile. */
    public Suggestions(Profile profile, RunTable baseline, RunTable candidate) throws IOException {
        this.profile = profile;
        this.baseline = baseline;
        this.candidate = candidate;
        mapping = profile.mapping();
        aliases = MappingInference.aliases(baseline.sample(SAMPLE), candidate.sample(SAMPLE), mapping);
        faulty = new PassingRuns(List.of(baseline), mapping, true);
        baselineFacts = faulty.facts(0);
        candidateFacts = new RunFacts(candidate, mapping, faulty.compared);
        before = compare(profile.ruled());
    }

    /** The comparison without a further rule. */
    public Comparison comparison() {
        return before;
    }

    /** The baseline as it was compared, so that its events can be shown. */
    public Run baseline() {
        return baseline.run(profile.ruled(), Map.of());
    }

    /** The candidate as it was compared. */
    public Run candidate() {
        return candidate.run(profile.ruled(), aliases);
    }

    private Comparison compare(Mapping ruled) throws IOException {
        return RunComparator.compare(
                baseline.run(ruled, Map.of()), candidate.run(ruled, aliases), CompareOptions.DEFAULT, Progress.NONE);
    }

    /** Where an event stands in its file. */
    public String place(boolean ofBaseline, EventPoint event) {
        return (ofBaseline ? baseline : candidate).place((int) event.source().line() - 1);
    }

    /**
     * The rules that make root {@code number} of {@link #comparison} vanish, those that give up least first.
     *
     * @param number from 0
     */
    public List<Suggestion> of(int number) throws IOException {
        Divergence root = before.roots().get(number);
        Set<String> tried = new HashSet<>();
        List<Suggestion> found = new ArrayList<>();
        for (Rule rule : rules(root)) {
            if (tried.size() < MAX_TRIED && tried.add(rule.toString())) {
                Profile with = profile.withRule(new Profile.Entry(rule, ""));
                Comparison after = compare(with.ruled());
                if (vanished(root, after)) {
                    found.add(suggestion(rule, with, after));
                }
            }
        }
        found.sort(Comparator.comparingInt((Suggestion s) -> s.hidden())
                .thenComparingLong(Suggestion::scope)
                .thenComparingInt(s -> breadth(s.rule())));
        return found;
    }

    /** True if the divergence is gone and no other is about its events or stands before it in its lane. */
    private boolean vanished(Divergence root, Comparison after) {
        Set<List<Long>> known = new HashSet<>();
        before.roots().forEach(r -> known.add(places(r)));
        known.remove(places(root));
        for (Divergence d : after.roots()) {
            boolean sameLane = home(d.lane()).equals(home(root.lane()));
            if (isAboutTheSame(d, root) || sameLane && !known.contains(places(d)) && !isBehind(d, root)) {
                return false;
            }
        }
        return after.effects().stream().noneMatch(e -> isAboutTheSame(e, root));
    }

    /** True if the divergence is about an event that the root is about: not one that only stands where another is missing. */
    private static boolean isAboutTheSame(Divergence d, Divergence root) {
        List<Long> is = places(d);
        List<Long> was = places(root);
        boolean surplus = root.expectedCount() == 0;
        boolean missing = root.actualCount() == 0;
        return !surplus && was.get(0) >= 0 && is.get(0).equals(was.get(0))
                || !missing && was.get(1) >= 0 && is.get(1).equals(was.get(1));
    }

    private static String home(String lane) {
        int beside = lane.indexOf(" · ");
        return beside < 0 ? lane : lane.substring(0, beside);
    }

    private static List<Long> places(Divergence d) {
        return List.of(line(d.expected()), line(d.actual()));
    }

    private static long line(Optional<EventPoint> event) {
        return event.map(e -> e.source().line()).orElse(-1L);
    }

    private static boolean isBehind(Divergence d, Divergence root) {
        List<Long> is = places(d);
        List<Long> was = places(root);
        return is.get(0) > was.get(0) && was.get(0) >= 0 || is.get(1) > was.get(1) && was.get(1) >= 0;
    }

    // ---- which rules could -----------------------------------------------------------------------------------------

    private List<Rule> rules(Divergence root) {
        List<Rule> rules = new ArrayList<>();
        Optional<List<Field>> due = root.expected().map(baseline::at);
        Optional<List<Field>> came = root.actual().map(candidate::at);
        List<String> kindPaths = mapping.fields(Role.KIND);
        Optional<String> dueKind = due.map(e -> RunTable.kind(e, kindPaths));
        Optional<String> cameKind = came.map(e -> RunTable.kind(e, kindPaths));
        if (due.isPresent() && dueKind.equals(cameKind)) {
            for (String path : new FieldsApart(profile.ruled()).between(due.get(), came.get())) {
                ofField(rules, dueKind.get(), path, value(due.get(), path), value(came.get(), path));
            }
        }
        Set<String> kinds = new TreeSet<>();
        dueKind.ifPresent(kinds::add);
        cameKind.ifPresent(kinds::add);
        for (Divergence.Member m : root.members()) {
            m.expected().ifPresent(e -> kinds.add(RunTable.kind(baseline.at(e), kindPaths)));
            m.actual().ifPresent(e -> kinds.add(RunTable.kind(candidate.at(e), kindPaths)));
        }
        root.expectedNext().stream().limit(2).forEach(e -> kinds.add(RunTable.kind(baseline.at(e), kindPaths)));
        for (String kind : kinds) {
            for (String other : kinds) {
                if (kind.compareTo(other) < 0) {
                    rules.add(new Rule.Independent(kind, other));
                }
            }
        }
        repeats(rules, baselineFacts, root.expected(), root.expectedCount());
        repeats(rules, candidateFacts, root.actual(), root.actualCount());
        dueKind.ifPresent(kind -> optional(rules, kind));
        cameKind.filter(k -> !dueKind.equals(cameKind)).ifPresent(kind -> optional(rules, kind));
        return rules;
    }

    private static Optional<Field> value(List<Field> event, String path) {
        return event.stream().filter(f -> f.path().equals(path)).findFirst();
    }

    private void ofField(List<Rule> rules, String kind, String path, Optional<Field> a, Optional<Field> b) {
        Optional<FieldRule> known = profile.rules().stream()
                .filter(e -> e.rule() instanceof Rule.OfField f
                        && f.path().equals(path)
                        && f.kind().equals(kind))
                .map(e -> ((Rule.OfField) e.rule()).rule())
                .findFirst();
        List<FieldRule> forms = new ArrayList<>();
        if (a.isEmpty() || b.isEmpty()) {
            forms.add(known.orElse(FieldRule.of(FieldRule.Form.SAME)).orAbsent());
            forms.add(FieldRule.of(FieldRule.Form.ANY).orAbsent());
        } else {
            Set<String> values = new TreeSet<>(known.map(FieldRule::values).orElse(Set.of()));
            values.add(a.get().text());
            values.add(b.get().text());
            if (values.size() <= FieldRulesLearner.MAX_SET) {
                forms.add(FieldRule.oneOf(values));
            }
            numbers(a.get(), b.get()).ifPresent(n -> {
                Optional<FieldRule> range = known.filter(r -> r.form() == FieldRule.Form.RANGE);
                forms.add(FieldRule.range(
                        Math.min(Math.min(n[0], n[1]), range.map(FieldRule::low).orElse(n[0])),
                        Math.max(
                                Math.max(n[0], n[1]), range.map(FieldRule::high).orElse(n[0]))));
                forms.add(FieldRule.counter(0));
            });
            source(kind, path).ifPresent(by -> forms.add(FieldRule.functionOf(by)));
            forms.add(FieldRule.of(FieldRule.Form.ID));
            forms.add(FieldRule.of(FieldRule.Form.ANY));
        }
        boolean orAbsent = known.filter(FieldRule::optional).isPresent();
        forms.forEach(f -> rules.add(new Rule.OfField(kind, path, orAbsent ? f.orAbsent() : f)));
        boolean lacks = a.isEmpty() || b.isEmpty() || orAbsent;
        FieldRule any = FieldRule.of(FieldRule.Form.ANY);
        rules.add(new Rule.OfField(NoiseRules.ANY_KIND, path, lacks ? any.orAbsent() : any));
    }

    private static Optional<double[]> numbers(Field a, Field b) {
        try {
            return Optional.of(new double[] {Double.parseDouble(a.text()), Double.parseDouble(b.text())});
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    /** A field that tells this one's value in both runs, most often of all. */
    private Optional<String> source(String kind, String path) {
        String best = null;
        long most = 1;
        for (FieldFacts f : baselineFacts.fields.values()) {
            if (f.kind.equals(kind)
                    && !f.path.equals(path)
                    && !mapping.fields(Role.KIND).contains(f.path)) {
                long here = baselineFacts.told(path, f.path);
                long there = candidateFacts.told(path, f.path);
                if (here > 0 && there > 0 && here + there > most) {
                    most = here + there;
                    best = f.path;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private void repeats(List<Rule> rules, RunFacts facts, Optional<EventPoint> head, long events) {
        if (head.isEmpty()) {
            return;
        }
        int first = (int) head.get().source().line() - 1;
        List<String> kinds = new ArrayList<>();
        String lane = facts.lane(first);
        for (int i = first; i < facts.size() && kinds.size() < NoiseRules.MAX_BODY; i++) {
            if (facts.lane(i).equals(lane)) {
                kinds.add(facts.kind(i));
                if (events % kinds.size() == 0 && kinds.size() <= events) {
                    rules.add(new Rule.Repeats(List.copyOf(kinds)));
                }
            }
        }
    }

    private void optional(List<Rule> rules, String kind) {
        long a = baselineFacts.events.getOrDefault(kind, 0L);
        long b = candidateFacts.events.getOrDefault(kind, 0L);
        if (a != b) {
            rules.add(new Rule.Optional(kind, Math.min(a, b), Math.max(a, b)));
            rules.add(new Rule.Optional(kind, 0, Math.max(a, b)));
        }
        rules.add(new Rule.Optional(kind, 0, Long.MAX_VALUE));
    }

    // ---- what they cost --------------------------------------------------------------------------------------------

    private Suggestion suggestion(Rule rule, Profile with, Comparison after) throws IOException {
        if (blindness == null) {
            blindness = Blindness.measure(faulty, profile);
        }
        Blindness more = Blindness.measure(faulty, with);
        long scope;
        long all;
        String unit;
        if (rule instanceof Rule.OfField f) {
            unit = "values";
            scope = values(f.kind(), f.path());
            all = baselineFacts.fields.values().stream()
                    .mapToLong(v -> v.present)
                    .sum();
        } else {
            unit = rule instanceof Rule.Independent ? "places in the order" : "events";
            scope = kinds(rule).stream()
                    .mapToLong(k -> baselineFacts.events.getOrDefault(k, 0L))
                    .sum();
            all = baseline.size();
        }
        return new Suggestion(
                rule,
                scope,
                all,
                unit,
                after.roots().size(),
                Math.max(0, more.hiddenFaults() - blindness.hiddenFaults()),
                more.faults());
    }

    private long values(String kind, String path) {
        return baselineFacts.fields.values().stream()
                .filter(v -> v.path.equals(path) && (kind.equals(NoiseRules.ANY_KIND) || kind.equals(v.kind)))
                .mapToLong(v -> v.present)
                .sum();
    }

    private static Set<String> kinds(Rule rule) {
        if (rule instanceof Rule.Independent i) {
            return Set.of(i.kind(), i.other());
        }
        return rule instanceof Rule.Repeats r ? Set.copyOf(r.kinds()) : Set.of(((Rule.Optional) rule).kind());
    }

    /** How much a rule leaves open, by its form. */
    private static int breadth(Rule rule) {
        if (rule instanceof Rule.OfField f) {
            int form = List.of(
                            FieldRule.Form.SAME,
                            FieldRule.Form.ONE_OF,
                            FieldRule.Form.FUNCTION_OF,
                            FieldRule.Form.RANGE,
                            FieldRule.Form.COUNTER,
                            FieldRule.Form.ID,
                            FieldRule.Form.TIME,
                            FieldRule.Form.ANY)
                    .indexOf(f.rule().form());
            return f.kind().equals(NoiseRules.ANY_KIND) ? 10 + form : form;
        }
        if (rule instanceof Rule.Optional o) {
            return o.high() == Long.MAX_VALUE ? 9 : o.low() > 0 ? 7 : 8;
        }
        return 5;
    }
}

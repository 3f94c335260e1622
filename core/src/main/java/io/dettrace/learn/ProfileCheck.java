package io.dettrace.learn;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Comparison;
import io.dettrace.compare.Progress;
import io.dettrace.compare.RunComparator;
import io.dettrace.event.Field;
import io.dettrace.normalize.FieldRule;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import io.dettrace.normalize.NoiseRules;
import io.dettrace.normalize.Role;
import io.dettrace.profile.Profile;
import io.dettrace.profile.ProfileFile;
import io.dettrace.profile.Rule;
import io.dettrace.timing.DelayRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a profile still holds for passing runs: what each of its rules is applied to, and what does not meet it. */
public final class ProfileCheck {
    private static final int SAMPLE = 2_048;

    private final Map<Profile.Entry, Use> uses = new LinkedHashMap<>();
    private final Map<String, Map<String, Use>> ofFields = new HashMap<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private List<DelayUse> delays = List.of();

    /** What a rule is applied to. */
    public static final class Use {
        private final Profile.Entry entry;
        private final boolean byHand;
        private long applied;
        private long violated;
        private String first = "";
        private final Map<String, Double> last = new HashMap<>();
        private final Map<String, String> known = new HashMap<>();

        Use(Profile.Entry entry, boolean byHand) {
            this.entry = entry;
            this.byHand = byHand;
        }

        /** The rule and why it is there. */
        public Profile.Entry entry() {
            return entry;
        }

        /** True if a person wrote it. */
        public boolean isByHand() {
            return byHand;
        }

        /** Values, events or stretches that it is about. */
        public long applied() {
            return applied;
        }

        /** Those that do not meet it. */
        public long violated() {
            return violated;
        }

        /** The first that does not: its place and value; empty if all do. */
        public String first() {
            return first;
        }

        private void take(boolean meets, String what) {
            applied++;
            violated += meets ? 0 : 1;
            first = meets || !first.isEmpty() ? first : what;
        }
    }

    /**
     * How a run compares with the first one under the profile.
     *
     * @param run what people call the run
     * @param divergences roots, 0 if the runs are equivalent
     */
    public record Verdict(String run, int divergences) {}

    private ProfileCheck(Profile profile) {
        for (Profile.Entry e : profile.rules()) {
            Use use = new Use(e, profile.byHand().contains(e));
            uses.put(e, use);
            if (e.rule() instanceof Rule.OfField f) {
                ofFields.computeIfAbsent(f.path(), p -> new HashMap<>()).put(f.kind(), use);
            }
        }
    }

    /**
     * What a rule for delays is applied to.
     *
     * @param applied own delays that it is about
     * @param violated those that do not keep to it
     * @param first the first that does not, empty if all do
     */
    public record DelayUse(DelayRule rule, long applied, long violated, String first) {}

    /** Looks at runs, one or more. */
    public static ProfileCheck of(Profile profile, List<RunTable> runs) throws IOException {
        ProfileCheck check = new ProfileCheck(profile);
        Mapping mapping = profile.mapping();
        ComparedFields compared = new ComparedFields(mapping);
        Mapping ruled = profile.ruled();
        DelayCheck delays = new DelayCheck(profile);
        for (RunTable run : runs) {
            check.look(run, new RunFacts(run, mapping, compared));
            Map<String, String> aliases = run == runs.get(0)
                    ? Map.of()
                    : MappingInference.aliases(runs.get(0).sample(SAMPLE), run.sample(SAMPLE), mapping);
            delays.look(runs.get(0).run(ruled, Map.of()), run.run(ruled, aliases), run);
            if (run != runs.get(0)) {
                Comparison c = RunComparator.compare(
                        runs.get(0).run(ruled, Map.of()),
                        run.run(ruled, aliases),
                        CompareOptions.DEFAULT,
                        Progress.NONE);
                check.verdicts.add(new Verdict(run.name(), c.roots().size()));
            }
        }
        check.delays = delays.uses();
        return check;
    }

    /** True if every value and every delay meets its rule, and every run is equivalent to the first. */
    public boolean holds() {
        return uses.values().stream().allMatch(u -> u.violated == 0)
                && delays.stream().allMatch(u -> u.violated() == 0)
                && verdicts.stream().allMatch(v -> v.divergences == 0);
    }

    /** What each rule is applied to, in the order of the profile. */
    public List<Use> uses() {
        return List.copyOf(uses.values());
    }

    /** What each rule for delays is applied to, in the order of the profile. */
    public List<DelayUse> delays() {
        return delays;
    }

    /** How each run but the first compares with the first. */
    public List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    private void look(RunTable run, RunFacts facts) {
        ofFields.values()
                .forEach(m -> m.values().forEach(u -> {
                    u.last.clear();
                    u.known.clear();
                }));
        for (int i = 0; i < run.size(); i++) {
            List<Field> event = run.fields(i);
            for (Field f : event) {
                Map<String, Use> rules = ofFields.get(f.path());
                Use use = rules == null ? null : rules.getOrDefault(facts.kind(i), rules.get(NoiseRules.ANY_KIND));
                if (use != null) {
                    FieldRule rule = ((Rule.OfField) use.entry.rule()).rule();
                    use.take(
                            meets(use, rule, facts.lane(i) + "\n" + facts.kind(i), event, f),
                            run.place(i) + ": " + f.text());
                }
            }
        }
        for (Use use : uses.values()) {
            if (use.entry.rule() instanceof Rule.Optional o) {
                long n = facts.events.getOrDefault(o.kind(), 0L);
                use.take(n >= o.low() && n <= o.high(), run.name() + ": " + n + " times");
            } else if (use.entry.rule() instanceof Rule.Repeats r) {
                repeats(use, r, run, facts);
            } else if (use.entry.rule() instanceof Rule.Independent i) {
                use.applied +=
                        Math.min(facts.events.getOrDefault(i.kind(), 0L), facts.events.getOrDefault(i.other(), 0L));
            }
        }
    }

    private static boolean meets(Use use, FieldRule rule, String where, List<Field> event, Field field) {
        if (rule.form() == FieldRule.Form.COUNTER) {
            double now = number(field);
            Double before = use.last.put(where, now);
            return !Double.isNaN(now)
                    && (before == null || (rule.high() == 0 ? now > before : now - before == rule.high()));
        }
        if (rule.form() == FieldRule.Form.FUNCTION_OF) {
            Optional<String> by = event.stream()
                    .filter(f -> f.path().equals(rule.other().orElseThrow()))
                    .map(Field::text)
                    .findFirst();
            String known = use.known.putIfAbsent(by.orElse(""), field.text());
            return known == null || known.equals(field.text());
        }
        return rule.form() == FieldRule.Form.SAME || rule.allows(field);
    }

    private static double number(Field field) {
        try {
            return Double.parseDouble(field.text());
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }

    private static void repeats(Use use, Rule.Repeats rule, RunTable run, RunFacts facts) {
        int n = rule.kinds().size();
        facts.kindsByLane(Map.of()).forEach((lane, kinds) -> {
            int i = Collections.indexOfSubList(kinds, rule.kinds());
            while (i >= 0 && i + n <= kinds.size()) {
                long times = 0;
                while (i + n <= kinds.size() && kinds.subList(i, i + n).equals(rule.kinds())) {
                    times++;
                    i += n;
                }
                if (times > 0) {
                    boolean meets = times >= rule.low() && times <= rule.high();
                    use.take(meets, run.name() + ", lane " + lane + ": " + times + " times in a row");
                }
                i += times > 0 ? 0 : 1;
            }
        });
    }

    // ---- one field, one event --------------------------------------------------------------------------------------

    /**
     * How a field of an event is compared.
     *
     * @param path of the field
     * @param value what the event holds
     * @param how what is done with it
     * @param why the reason, may be empty
     */
    public record Treated(String path, String value, String how, String why) {}

    /** How each field of an event is compared under a profile, and why. */
    public static List<Treated> explain(Profile profile, List<Field> event) {
        List<Treated> all = new ArrayList<>();
        for (Field f : event) {
            all.add(explain(profile, event, f));
        }
        return all;
    }

    private static Treated explain(Profile profile, List<Field> event, Field f) {
        Mapping mapping = profile.mapping();
        String kind = RunTable.kind(event, mapping.fields(Role.KIND));
        Profile.Entry own = null;
        for (Profile.Entry e : profile.rules()) {
            if (e.rule() instanceof Rule.OfField of && of.path().equals(f.path())) {
                boolean fits = of.kind().equals(kind);
                own = fits || own == null && of.kind().equals(NoiseRules.ANY_KIND) ? e : own;
            }
        }
        if (own != null) {
            FieldRule rule = ((Rule.OfField) own.rule()).rule();
            String how = ProfileFile.write(own.rule());
            String said = rule.looksBack() ? "" : rule.allows(f) ? "allowed: " : "not allowed: ";
            return new Treated(
                    f.path(),
                    f.text(),
                    said + how.substring(how.indexOf(": ") + 2),
                    (profile.byHand().contains(own) ? "by hand" + (own.why().isEmpty() ? "" : ", ") : "") + own.why());
        }
        return new Treated(f.path(), f.text(), roles(mapping, f.path()), reason(mapping, f.path()));
    }

    /** What the mapping does with a field, in words. */
    public static String roles(Mapping mapping, String path) {
        List<String> words = new ArrayList<>();
        for (Role role : mapping.plan(path).roles()) {
            words.add(
                    switch (role) {
                        case COMPARE -> "compared strictly";
                        case KIND -> "kind, compared strictly";
                        case LANE -> "lane";
                        case TIME -> "time, not compared";
                        case ID -> "id, compared up to renaming";
                        case IGNORE -> "ignored";
                        default -> role.key();
                    });
        }
        return String.join("; ", words);
    }

    /** Why the mapping does that, empty if it does not say. */
    public static String reason(Mapping mapping, String path) {
        List<String> why = new ArrayList<>();
        for (Role role : mapping.plan(path).roles()) {
            String said = mapping.reasons().get(role.key() + " " + path);
            if (said != null) {
                why.add(said);
            }
        }
        return String.join("; ", why);
    }
}

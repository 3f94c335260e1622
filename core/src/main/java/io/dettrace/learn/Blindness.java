package io.dettrace.learn;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Progress;
import io.dettrace.compare.RunComparator;
import io.dettrace.event.Field;
import io.dettrace.event.Run;
import io.dettrace.learn.RunTable.Edit;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.NoiseRules;
import io.dettrace.normalize.Role;
import io.dettrace.profile.Profile;
import io.dettrace.profile.ProfileFile;
import io.dettrace.profile.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * How much a profile hides: faults are put into passing runs one at a time, and counted if a strict comparison of the run
 * with itself sees them and the comparison under the profile does not. What mutation analysis does for tests (DeMillo et
 * al. 1978), done for rules about noise.
 *
 * @param injected faults that the strict comparison sees, by what was done
 * @param hidden those of them that the profile hides
 * @param byRule how many each rule hides; the rule in one line
 */
public record Blindness(Map<Fault, Integer> injected, Map<Fault, Integer> hidden, Map<String, Integer> byRule) {
    /** Not measured. */
    static final Blindness NOT_MEASURED = new Blindness(Map.of(), Map.of(), Map.of());

    private static final int MOST_FAULTS = 400;
    private static final int LEAST_FAULTS = 50;
    private static final long BUDGET = 40_000_000;

    /** What is done to a run. */
    public enum Fault {
        /** An event is left out. */
        DROPPED,
        /** An event is there twice. */
        DUPLICATED,
        /** Two neighbours of a lane change places. */
        SWAPPED,
        /** A field gets a value that it never has. */
        NEW_VALUE,
        /** A field gets a value that it has elsewhere. */
        OTHER_VALUE
    }

    /** Share of the faults that are hidden, 0 to 1. */
    public double share() {
        return faults() == 0 ? 0 : (double) hiddenFaults() / faults();
    }

    /** Faults that were put in. */
    public int faults() {
        return injected.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Faults that were put in and hidden. */
    public int hiddenFaults() {
        return hidden.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Puts faults into the runs that are equivalent to the reference under the profile, evenly and always the same; into the
     * reference if there is no other.
     */
    static Blindness measure(PassingRuns runs, Profile profile) throws IOException {
        return new Injector(runs, profile).measure();
    }

    private static final class Injector {
        private final PassingRuns runs;
        private final Profile profile;
        private final Mapping ruled;
        private final Random random = new Random(1);
        private final Map<Fault, Integer> injected = new EnumMap<>(Fault.class);
        private final Map<Fault, Integer> hidden = new EnumMap<>(Fault.class);
        private final Map<String, Integer> byRule = new TreeMap<>();

        Injector(PassingRuns runs, Profile profile) {
            this.runs = runs;
            this.profile = profile;
            ruled = profile.ruled();
        }

        Blindness measure() throws IOException {
            long events = runs.tables.get(runs.reference).size();
            long faults = Math.max(LEAST_FAULTS, Math.min(MOST_FAULTS, BUDGET / (4 * Math.max(1, events))));
            List<Integer> into = new ArrayList<>();
            for (int i = 0; i < runs.tables.size(); i++) {
                if (i != runs.reference && runs.tables.get(i).size() > 1 && isEqual(i, Edit.NONE)) {
                    into.add(i);
                }
            }
            if (into.isEmpty() && runs.tables.get(runs.reference).size() > 1) {
                into.add(runs.reference);
            }
            for (int i = 0; i < faults && !into.isEmpty(); i++) {
                inject(into.get(i % into.size()), Fault.values()[i % Fault.values().length]);
            }
            return new Blindness(injected, hidden, byRule);
        }

        private boolean isEqual(int run, Edit edit) throws IOException {
            return compare(
                    runs.tables.get(runs.reference).run(ruled, Map.of()),
                    runs.tables.get(run).run(ruled, runs.aliases(run), edit));
        }

        private static boolean compare(Run a, Run b) throws IOException {
            return RunComparator.compare(a, b, CompareOptions.DEFAULT.withContext(0), Progress.NONE)
                    .isEqual();
        }

        private void inject(int run, Fault fault) throws IOException {
            RunTable table = runs.tables.get(run);
            Mapping strict = runs.mapping;
            for (int attempt = 0; attempt < 20; attempt++) {
                Edit edit = edit(table, run, fault);
                if (edit != null && !compare(table.run(strict, Map.of()), table.run(strict, Map.of(), edit))) {
                    injected.merge(fault, 1, Integer::sum);
                    if (isEqual(run, edit)) {
                        hidden.merge(fault, 1, Integer::sum);
                        byRule.merge(blame(runs.facts(run), fault, edit), 1, Integer::sum);
                    }
                    return;
                }
            }
        }

        private Edit edit(RunTable table, int run, Fault fault) {
            int event = random.nextInt(table.size());
            return switch (fault) {
                case DROPPED -> new Edit(Edit.Kind.DROP, event, -1, "", "");
                case DUPLICATED -> new Edit(Edit.Kind.DUPLICATE, event, -1, "", "");
                case SWAPPED -> swap(table, run, event);
                case NEW_VALUE, OTHER_VALUE -> value(table, event, fault);
            };
        }

        private Edit swap(RunTable table, int run, int event) {
            RunFacts facts = runs.facts(run);
            String lane = facts.lane(event);
            for (int i = event + 1; i < Math.min(table.size(), event + 1_000); i++) {
                if (facts.lane(i).equals(lane)) {
                    return new Edit(Edit.Kind.SWAP, event, i, "", "");
                }
            }
            return null;
        }

        private Edit value(RunTable table, int event, Fault fault) {
            List<Field> fields = compared(table.fields(event));
            if (fields.isEmpty()) {
                return null;
            }
            Field field = fields.get(random.nextInt(fields.size()));
            String text = fault == Fault.NEW_VALUE ? unseen(field) : seen(table, field);
            return text == null ? null : new Edit(Edit.Kind.VALUE, event, -1, field.path(), text);
        }

        private List<Field> compared(List<Field> event) {
            return event.stream()
                    .filter(f -> f.type() != Field.Type.COMPOSITE && f.type() != Field.Type.NULL)
                    .filter(f -> {
                        var roles = runs.mapping.plan(f.path()).roles();
                        return roles.contains(Role.COMPARE) || roles.contains(Role.KIND) || roles.contains(Role.ID);
                    })
                    .toList();
        }

        private String unseen(Field field) {
            if (field.type() == Field.Type.BOOLEAN) {
                return field.text().equals("true") ? "false" : "true";
            }
            return field.type() == Field.Type.NUMBER
                    ? Long.toString(1_000_003L + random.nextInt(1_000_000_000))
                    : field.text() + "~" + random.nextInt(1_000);
        }

        private String seen(RunTable table, Field field) {
            for (int attempt = 0; attempt < 200; attempt++) {
                for (Field other : table.fields(random.nextInt(table.size()))) {
                    boolean fits = other.path().equals(field.path()) && other.type() == field.type();
                    if (fits && !other.text().equals(field.text())) {
                        return other.text();
                    }
                }
            }
            return null;
        }

        /** The rule that hides the fault, in one line. */
        private String blame(RunFacts facts, Fault fault, Edit edit) {
            String kind = facts.kind(edit.event());
            String other = edit.other() < 0 ? "" : facts.kind(edit.other());
            Map<Rule, Boolean> hits = new HashMap<>();
            for (Profile.Entry e : profile.rules()) {
                Rule rule = e.rule();
                boolean value = fault == Fault.NEW_VALUE || fault == Fault.OTHER_VALUE;
                boolean hit = switch (fault) {
                    case NEW_VALUE, OTHER_VALUE ->
                        rule instanceof Rule.OfField f
                                && f.path().equals(edit.path())
                                && (f.kind().equals(kind) || f.kind().equals(NoiseRules.ANY_KIND));
                    case SWAPPED ->
                        rule instanceof Rule.Independent i
                                && (i.kind().equals(kind) && i.other().equals(other)
                                        || i.kind().equals(other) && i.other().equals(kind));
                    case DROPPED, DUPLICATED -> false;
                };
                boolean whole = rule instanceof Rule.Optional o
                                && (o.kind().equals(kind) || o.kind().equals(other))
                        || rule instanceof Rule.Repeats r
                                && (r.kinds().contains(kind) || r.kinds().contains(other));
                if (hit || whole && (!value || hits.isEmpty())) {
                    hits.put(rule, true);
                    if (hit) {
                        return ProfileFile.write(rule);
                    }
                }
            }
            return hits.keySet().stream()
                    .map(ProfileFile::write)
                    .sorted()
                    .findFirst()
                    .orElse("several rules together");
        }
    }
}

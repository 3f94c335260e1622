package io.dettrace.learn;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.PairListener;
import io.dettrace.compare.Progress;
import io.dettrace.compare.RunComparator;
import io.dettrace.event.Field;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import io.dettrace.normalize.NoiseRules;
import io.dettrace.normalize.Role;
import io.dettrace.profile.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Passing runs of one program under one mapping, aligned: which events of each run correspond to which of the reference, the
 * run whose number of events is the median.
 */
final class PassingRuns {
    /** Records of each run that inference looks at. */
    private static final int SAMPLE = 2_048;

    /** Role of no field, so that kinds alone are compared. */
    private static final String NOTHING = "$nothing";

    final List<RunTable> tables;
    final Mapping mapping;
    final int reference;
    private final List<Map<String, String>> aliases = new ArrayList<>();

    /** Which fields enter labels. */
    final ComparedFields compared;

    /** What was found out, shared with the sets that are made of these runs. */
    private final Shared shared;

    /** Two runs that are aligned under rules about events. */
    private record Aligned(RunTable reference, RunTable table, List<Rule> rules) {}

    private static final class Shared {
        final Map<List<RunTable>, Map<String, String>> aliases = new HashMap<>();
        final Map<RunTable, RunFacts> facts = new HashMap<>();
        final Map<Aligned, PairFacts> pairs = new HashMap<>();
    }

    /**
     * Aligns runs.
     *
     * @param declared what is known of the fields
     * @param complete true if that is all there is to know, so that nothing is inferred
     */
    PassingRuns(List<RunTable> tables, Mapping declared, boolean complete) {
        this(tables, declared, complete, new Shared());
    }

    private PassingRuns(List<RunTable> tables, Mapping declared, boolean complete, Shared shared) {
        this.shared = shared;
        this.tables = List.copyOf(tables);
        reference = median(tables);
        List<List<Field>> sample = tables.get(reference).sample(SAMPLE);
        List<MappingInference.Inferred> pairs = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            if (i != reference && !complete) {
                pairs.add(MappingInference.infer(sample, tables.get(i).sample(SAMPLE), declared, false));
            }
        }
        mapping = complete || pairs.isEmpty() ? declared : vote(declared, pairs);
        compared = new ComparedFields(mapping);
        for (RunTable table : tables) {
            aliases.add(aliasesOf(table));
        }
    }

    private static int median(List<RunTable> tables) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingInt(i -> tables.get(i).size()));
        return order.get((order.size() - 1) / 2);
    }

    /** What most pairs of runs say of the fields; what one pair shows to be noise is noise. */
    private static Mapping vote(Mapping declared, List<MappingInference.Inferred> pairs) {
        Map<String, List<Mapping>> votes = new LinkedHashMap<>();
        for (MappingInference.Inferred pair : pairs) {
            for (Role role : Role.values()) {
                String fields =
                        role == Role.LANE ? String.join(",", pair.mapping().fields(role)) : "";
                List<String> about =
                        role == Role.LANE ? List.of(fields) : pair.mapping().fields(role);
                about.forEach(path -> votes.computeIfAbsent(role.key() + " " + path, k -> new ArrayList<>())
                        .add(pair.mapping()));
            }
        }
        Mapping lanes = votes.entrySet().stream()
                .filter(e -> e.getKey().startsWith(Role.LANE.key() + " "))
                .max(Comparator.comparingInt(e -> e.getValue().size()))
                .orElseThrow()
                .getValue()
                .get(0);
        Mapping.Builder b =
                declared.toBuilder().timeScale(pairs.get(0).mapping().timeScale());
        lanes.fields(Role.LANE).forEach(p -> take(b, Role.LANE, p, lanes));
        votes.forEach((key, mappings) -> {
            Role role = Role.valueOf(key.substring(0, key.indexOf(' ')).toUpperCase(java.util.Locale.ROOT));
            String path = key.substring(key.indexOf(' ') + 1);
            boolean noise = role == Role.ID || role == Role.IGNORE || role == Role.TIME;
            if (role != Role.LANE && (noise || 2 * mappings.size() > pairs.size())) {
                take(b, role, path, mappings.get(0));
            }
        });
        return b.build();
    }

    private static void take(Mapping.Builder b, Role role, String path, Mapping from) {
        String why = from.reasons().get(role.key() + " " + path);
        if (why == null) {
            b.field(role, path);
        } else {
            b.field(role, path, why);
        }
    }

    /** The lanes of a run that go by another name in the reference. */
    Map<String, String> aliases(int run) {
        return aliases.get(run);
    }

    /** The lanes of a further run that go by another name in the reference. */
    Map<String, String> aliasesOf(RunTable further) {
        RunTable to = tables.get(reference);
        return shared.aliases.computeIfAbsent(
                List.of(to, further),
                k -> MappingInference.aliases(to.sample(SAMPLE), further.sample(SAMPLE), mapping));
    }

    /** What of the events tells them apart, and nothing besides: kinds in lanes. */
    private Mapping kindsOnly() {
        return mapping.toBuilder()
                .clear(Role.ID)
                .clear(Role.EVENT)
                .clear(Role.LINK)
                .clear(Role.MESSAGE)
                .clear(Role.RESOURCE)
                .clear(Role.COMPARE)
                .field(Role.COMPARE, NOTHING)
                .build();
    }

    /** Tells {@code pairs} the numbers of corresponding events of the reference and of {@code run}. */
    void align(int run, NoiseRules rules, PairListener pairs) throws IOException {
        Mapping kinds = kindsOnly().toBuilder().noise(rules).build();
        RunComparator.compare(
                tables.get(reference).run(kinds, Map.of()),
                tables.get(run).run(kinds, aliases(run)),
                CompareOptions.DEFAULT.withContext(0),
                Progress.NONE,
                pairs);
    }

    // ---- facts -----------------------------------------------------------------------------------------------------

    /** What a run shows by itself. */
    RunFacts facts(int run) {
        return shared.facts.computeIfAbsent(tables.get(run), t -> new RunFacts(t, mapping, compared));
    }

    /** What the reference and a run show of their corresponding events under rules about events. */
    PairFacts pairs(int run, List<Rule> rules) throws IOException {
        RunTable to = tables.get(reference);
        RunTable table = tables.get(run);
        Aligned key = new Aligned(to, table, rules);
        PairFacts known = shared.pairs.get(key);
        if (known == null) {
            PairFacts fresh = new PairFacts(compared);
            NoiseRules.Builder noise = new NoiseRules.Builder(mapping.fields(Role.KIND));
            rules.forEach(r -> r.addTo(noise, ""));
            RunFacts facts = facts(run);
            align(
                    run,
                    noise.build(),
                    (lane, a, b, timeA, timeB) ->
                            fresh.add(facts.kind((int) b - 1), to.fields((int) a - 1), table.fields((int) b - 1)));
            shared.pairs.put(key, fresh);
            known = fresh;
        }
        return known;
    }

    /** The lane of an event by the reference's names. */
    String lane(int run, int event) {
        String name = facts(run).lane(event);
        return aliases(run).getOrDefault(name, name);
    }

    /** Kinds of the events of each lane of a run in their order. */
    Map<String, List<String>> kindsByLane(int run) {
        return facts(run).kindsByLane(aliases(run));
    }

    /** The same runs without some. */
    PassingRuns only(IntPredicate kept) {
        List<RunTable> fewer = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            if (kept.test(i)) {
                fewer.add(tables.get(i));
            }
        }
        return new PassingRuns(fewer, mapping, true, shared);
    }
}

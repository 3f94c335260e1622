package io.dettrace.learn;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Comparison;
import io.dettrace.compare.Progress;
import io.dettrace.compare.RunComparator;
import io.dettrace.normalize.Mapping;
import io.dettrace.profile.Profile;
import io.dettrace.profile.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Learns a profile from passing runs of one program. */
public final class Learner {
    private final PassingRuns runs;
    private final List<Profile.Entry> byHand;

    private Learner(PassingRuns runs, List<Profile.Entry> byHand) {
        this.runs = runs;
        this.byHand = List.copyOf(byHand);
    }

    /**
     * Learns.
     *
     * @param tables the runs, two or more
     * @param declared what is known of the fields beforehand
     * @param complete true if that is all there is to know, so that nothing is inferred
     * @param byHand rules that hold whatever the runs show
     */
    public static Learnt learn(List<RunTable> tables, Mapping declared, boolean complete, List<Profile.Entry> byHand)
            throws IOException {
        PassingRuns runs = new PassingRuns(tables, declared, complete);
        Learner learner = new Learner(runs, byHand);
        Profile profile = learner.profile(runs);
        return new Learnt(
                tables.stream().map(RunTable::name).toList(),
                runs.reference,
                profile,
                learner.leaveOneOut(),
                Blindness.measure(runs, profile));
    }

    /**
     * What the fields of passing runs mean, with the rules that were learnt about them.
     *
     * @param mapping the mapping with the rules
     * @param reference number of the run that the others were aligned with, from 0
     */
    public record Ruled(Mapping mapping, int reference) {}

    /**
     * Learns without asking how honest the profile is, for programs whose answer does not rest on it alone.
     *
     * @param tables the runs, two or more
     * @param declared what is known of the fields beforehand
     */
    public static Ruled rules(List<RunTable> tables, Mapping declared) throws IOException {
        PassingRuns runs = new PassingRuns(tables, declared, false);
        return new Ruled(new Learner(runs, List.of()).profile(runs).ruled(), runs.reference);
    }

    private Profile profile(PassingRuns of) throws IOException {
        List<Map<String, List<String>>> kinds = new ArrayList<>();
        for (int i = 0; i < of.tables.size(); i++) {
            kinds.add(of.kindsByLane(i));
        }
        List<Rule> fixed = byHand.stream().map(Profile.Entry::rule).toList();
        List<Profile.Entry> events = EventRulesLearner.learn(kinds, fixed);
        Profile about = new Profile(Map.of(), of.mapping, events, byHand);
        Set<String> unpaired = new HashSet<>();
        for (Profile.Entry e : about.rules()) {
            if (e.rule() instanceof Rule.Optional o) {
                unpaired.add(o.kind());
            } else if (e.rule() instanceof Rule.Repeats r) {
                unpaired.addAll(r.kinds());
            }
        }
        List<Rule> ofEvents = about.rules().stream()
                .map(Profile.Entry::rule)
                .filter(r -> !(r instanceof Rule.OfField))
                .toList();
        List<Profile.Entry> learnt = new ArrayList<>(events);
        learnt.addAll(FieldRulesLearner.learn(of, ofEvents, unpaired, Map.of()));
        return new Profile(new LinkedHashMap<>(), of.mapping, learnt, byHand);
    }

    private List<Boolean> leaveOneOut() throws IOException {
        List<Boolean> clean = new ArrayList<>();
        for (int i = 0; i < runs.tables.size() && runs.tables.size() > 2; i++) {
            int out = i;
            PassingRuns others = runs.only(k -> k != out);
            Mapping ruled = profile(others).ruled();
            RunTable reference = others.tables.get(others.reference);
            Comparison c = RunComparator.compare(
                    reference.run(ruled, Map.of()),
                    runs.tables.get(i).run(ruled, others.aliasesOf(runs.tables.get(i))),
                    CompareOptions.DEFAULT,
                    Progress.NONE);
            clean.add(c.isEqual());
        }
        return clean;
    }
}

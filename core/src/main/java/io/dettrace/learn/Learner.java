package io.dettrace.learn;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Comparison;
import io.dettrace.compare.Divergence;
import io.dettrace.compare.Progress;
import io.dettrace.compare.RunComparator;
import io.dettrace.event.Field;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.profile.Profile;
import io.dettrace.profile.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Learns a profile from passing runs of one program. */
public final class Learner {
    /** How often rules that prove too narrow for a passing run are widened. */
    private static final int MAX_ROUNDS = 4;

    private final PassingRuns runs;
    private final List<Profile.Entry> byHand;

    /** Fields whose rules proved too narrow for a passing run that they were not learnt from, with how often. */
    private final Map<String, Integer> relaxed = new TreeMap<>();

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
        return new Learner(new PassingRuns(tables, declared, complete), byHand).learn(true);
    }

    /** The same without delays, and without the faults that are put in to see how much the profile hides. */
    public static Learnt learnWithoutBlindness(List<RunTable> tables, Mapping declared, boolean complete)
            throws IOException {
        return new Learner(new PassingRuns(tables, declared, complete), List.of()).learn(false);
    }

    /**
     * Learns.
     *
     * @param inFull true for a profile that is kept: with what it hides, and with delays
     */
    private Learnt learn(boolean inFull) throws IOException {
        List<Boolean> clean = leaveOneOut();
        List<Boolean> first = clean;
        for (int round = 0; round < MAX_ROUNDS && clean.contains(false) && relax(clean); round++) {
            clean = leaveOneOut();
        }
        Profile profile = profile(runs);
        LearntDelays delays = inFull ? DelayRulesLearner.learn(runs, profile.ruled()) : LearntDelays.NONE;
        return new Learnt(
                runs.tables.stream().map(RunTable::name).toList(),
                runs.reference,
                profile.withDelays(delays.rules()),
                clean,
                first,
                inFull ? Blindness.measure(runs, profile) : Blindness.NOT_MEASURED,
                delays);
    }

    /**
     * Takes note of the fields whose rules, learnt from all other runs, a passing run does not meet; they get a rule of a wider
     * form. Which form fits is all that the run tells: its own values do not enter the rules of the others.
     *
     * @return false if there is no such field
     */
    private boolean relax(List<Boolean> clean) throws IOException {
        boolean found = false;
        for (int i = 0; i < clean.size(); i++) {
            if (!clean.get(i)) {
                PassingRuns others = without(i);
                RunTable reference = others.tables.get(others.reference);
                Mapping ruled = profile(others).ruled();
                FieldsApart apart = new FieldsApart(ruled);
                for (Divergence d : compare(others, ruled, i).roots()) {
                    if (d.expected().isPresent() && d.actual().isPresent()) {
                        List<Field> a = reference.at(d.expected().get());
                        List<Field> b = runs.tables.get(i).at(d.actual().get());
                        String kind = RunTable.kind(b, ruled.fields(Role.KIND));
                        for (String path : apart.between(a, b)) {
                            relaxed.merge(FieldFacts.key(kind, path), 1, (x, y) -> Math.min(2, x + y));
                            found = true;
                        }
                    }
                }
            }
        }
        return found;
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
        learnt.addAll(FieldRulesLearner.learn(of, ofEvents, unpaired, relaxed));
        return new Profile(new LinkedHashMap<>(), of.mapping, learnt, byHand);
    }

    private List<Boolean> leaveOneOut() throws IOException {
        List<Boolean> clean = new ArrayList<>();
        for (int i = 0; i < runs.tables.size() && runs.tables.size() > 2; i++) {
            PassingRuns others = without(i);
            clean.add(compare(others, profile(others).ruled(), i).isEqual());
        }
        return clean;
    }

    private PassingRuns without(int run) {
        return runs.only(k -> k != run);
    }

    /** Compares a run with the reference of the others. */
    private Comparison compare(PassingRuns others, Mapping ruled, int run) throws IOException {
        return RunComparator.compare(
                others.tables.get(others.reference).run(ruled, Map.of()),
                runs.tables.get(run).run(ruled, others.aliasesOf(runs.tables.get(run))),
                CompareOptions.DEFAULT,
                Progress.NONE);
    }
}

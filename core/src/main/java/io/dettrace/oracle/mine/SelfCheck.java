package io.dettrace.oracle.mine;

import io.dettrace.oracle.rules.Observation;
import io.dettrace.oracle.rules.Rule;
import io.dettrace.oracle.rules.RuleChecker;
import io.dettrace.oracle.rules.RuleOutcome;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Checks mined rules on the runs that they are from, in a second pass: whether all hold, and which share of the rules mined
 * from the other runs holds in a run that was left out, which says what to expect of a run that was not there. Not thread-safe.
 */
public final class SelfCheck {
    private final Miner miner;
    private final int support;
    private final List<Rule> offered;
    private final long maxKeys;
    private final Delays delays;
    private final Set<Rule> violated = new LinkedHashSet<>();
    private int unchecked;
    private int runs;
    private long ofOthers;
    private long held;
    private String example = "";

    /**
     * @param miner what has gone through all runs
     * @param mined its rules
     * @param support with which they were mined
     * @param maxKeys keys that all rules may hold open together
     */
    public SelfCheck(Miner miner, Mined mined, int support, long maxKeys) {
        this.miner = miner;
        this.support = support;
        this.maxKeys = maxKeys;
        delays = new Delays(mined.rules());
        offered = mined.rules().stream().map(Mined.Candidate::rule).toList();
    }

    /** Begins the next run; runs come in the order in which the miner had them. */
    public Pass run() {
        return new Pass(runs++);
    }

    /** A run that is checked. */
    public final class Pass {
        private final List<Rule> others;
        private final List<Rule> more;
        private final RuleChecker checker;
        private final Delays.Pass delaysNow = delays.new Pass();

        private Pass(int run) {
            others = miner.isOneRun()
                    ? List.of()
                    : miner.mineWithout(run, support).rules().stream()
                            .map(Mined.Candidate::rule)
                            .toList();
            more = new ArrayList<>(new LinkedHashSet<>(others));
            more.removeAll(new LinkedHashSet<>(offered));
            List<Rule.Entry> entries = new ArrayList<>();
            offered.forEach(r -> entries.add(new Rule.Entry(r, "mined", 1, r.toString())));
            more.forEach(r -> entries.add(new Rule.Entry(r, "mined", 1, r.toString())));
            checker = new RuleChecker(new Rule.All(entries, List.of(), List.of(), java.util.Optional.empty()), maxKeys);
        }

        /** Takes the next event. */
        public void take(Observation event) {
            checker.take(event);
            delaysNow.take(event);
        }

        /** The run is over. */
        public void end() {
            delaysNow.end();
            Set<Rule> wrong = new LinkedHashSet<>();
            for (RuleOutcome o : checker.end(false).rules()) {
                if (o.first().isPresent()) {
                    wrong.add(o.rule().rule());
                } else {
                    unchecked += o.undecided() ? 1 : 0;
                }
            }
            offered.stream().filter(wrong::contains).forEach(violated::add);
            ofOthers += others.size();
            for (Rule r : others) {
                held += wrong.contains(r) ? 0 : 1;
                example = example.isEmpty() && wrong.contains(r) ? r.toString() : example;
            }
        }
    }

    /** The rules that hold, with deadlines for those that say what follows, and with what was found out as notes. */
    public Mined checked(Mined mined) {
        List<String> notes = new ArrayList<>();
        int all = mined.rules().size();
        notes.add(
                violated.isEmpty()
                        ? String.format(
                                Locale.ROOT,
                                "Checked: %s on %s.",
                                all == 1 ? "the rule holds" : "all " + all + " rules hold",
                                runs == 1 ? "the run" : "all " + runs + " runs")
                        : "Checked: " + violated.size() + " of " + all
                                + " rules did not hold and were left out, such as: "
                                + violated.iterator().next());
        if (unchecked > 0) {
            notes.add("Not checked to the end, as too many keys were open: " + unchecked + " times a rule on a run.");
        }
        if (ofOthers > 0) {
            notes.add(String.format(
                    Locale.ROOT,
                    "Leaving one run out: of %,d rules mined from the others %,d (%.1f %%) held in the run left out%s.",
                    ofOthers,
                    held,
                    100.0 * held / ofOthers,
                    example.isEmpty() ? "" : "; one that did not, and is not offered: " + example));
        }
        notes.addAll(mined.notes());
        return new Mined(
                mined.rules().stream().filter(c -> !violated.contains(c.rule())).toList(),
                mined.implied(),
                delays.deadlines(violated),
                notes);
    }
}

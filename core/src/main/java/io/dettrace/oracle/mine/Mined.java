package io.dettrace.oracle.mine;

import io.dettrace.oracle.rules.Rule;
import io.dettrace.oracle.rules.RuleFile;
import io.dettrace.oracle.rules.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rules that hold in all runs.
 *
 * @param rules those that are offered
 * @param implied those that follow from others and are left out
 * @param choices deadlines that held in all runs; where they lie is a choice, so they are written as comments
 * @param notes what could not be looked at
 */
public record Mined(List<Candidate> rules, List<Candidate> implied, List<Candidate> choices, List<String> notes) {
    /**
     * A rule.
     *
     * @param evidence how often it was seen to hold, in words
     * @param held times that it held in the run in which that was least often
     */
    public record Candidate(Rule rule, String evidence, long held) {}

    public Mined {
        rules = List.copyOf(rules);
        implied = List.copyOf(implied);
        choices = List.copyOf(choices);
        notes = List.copyOf(notes);
    }

    /** Those rules and choices, at most so many each, that were seen to hold most often in every run; the rest is noted. */
    public Mined strongest(int most) {
        List<Candidate> kept = strongest(rules, most);
        List<String> all = new ArrayList<>(notes);
        if (kept.size() < rules.size()) {
            all.add("and " + (rules.size() - kept.size()) + " more rules that were seen less often: --all");
        }
        return new Mined(kept, implied, strongest(choices, most), all);
    }

    /** The strongest in the order in which they were. */
    private static List<Candidate> strongest(List<Candidate> all, int most) {
        Set<Candidate> kept = all.stream()
                .sorted(Comparator.comparingLong(Candidate::held).reversed())
                .limit(most)
                .collect(Collectors.toSet());
        return all.stream().filter(kept::contains).toList();
    }

    /**
     * The file.
     *
     * @param about lines that say where the rules are from
     * @param kind fields that say what happened
     * @param lane fields that name the lane, none if that is left to the run
     */
    public String write(List<String> about, List<String> kind, List<String> lane) {
        StringBuilder out = new StringBuilder(RuleFile.MAGIC).append('\n');
        about.forEach(a -> comment(out, a));
        notes.forEach(n -> comment(out, n));
        out.append("\nkind ").append(new Scope(kind).names()).append('\n');
        if (!lane.isEmpty()) {
            out.append("lane ").append(new Scope(lane).names()).append('\n');
        }
        Map<Scope, List<Candidate>> byScope = rules.stream()
                .sorted(Comparator.comparingLong(Candidate::held).reversed())
                .collect(Collectors.groupingBy(c -> c.rule().scope(), LinkedHashMap::new, Collectors.toList()));
        byScope.values().forEach(of -> {
            out.append('\n');
            of.forEach(c -> line(out, c));
        });
        if (!choices.isEmpty()) {
            out.append('\n');
            comment(
                    out,
                    "Deadlines are choices: how late is too late is not seen in passing runs. Each is at least "
                            + Delays.MARGIN + " times the longest delay");
            comment(
                    out,
                    "seen, and would hold in each run if it came from the others. Take away the # of those that must hold.");
            choices.forEach(c -> line(out.append("# "), c));
        }
        return out.toString();
    }

    private static void line(StringBuilder out, Candidate c) {
        out.append(c.rule()).append("  # ").append(c.evidence()).append('\n');
    }

    private static void comment(StringBuilder out, String text) {
        out.append("# ").append(text.replaceAll("\\s+", " ")).append('\n');
    }

    /** The rules as they are checked. */
    public List<Rule> all() {
        List<Rule> all = new ArrayList<>();
        rules.forEach(c -> all.add(c.rule()));
        implied.forEach(c -> all.add(c.rule()));
        return all;
    }
}

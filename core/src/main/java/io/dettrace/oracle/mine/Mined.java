package io.dettrace.oracle.mine;

import io.dettrace.oracle.rules.Rule;
import io.dettrace.oracle.rules.RuleFile;
import io.dettrace.oracle.rules.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules that hold in all runs.
 *
 * @param rules those that are offered
 * @param implied those that follow from others and are left out
 * @param notes what could not be looked at
 */
public record Mined(List<Candidate> rules, List<Candidate> implied, List<String> notes) {
    /** A rule and how often it was seen to hold, in words. */
    public record Candidate(Rule rule, String evidence) {}

    public Mined {
        rules = List.copyOf(rules);
        implied = List.copyOf(implied);
        notes = List.copyOf(notes);
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
        Scope last = null;
        for (Candidate c : rules) {
            Scope scope = c.rule().scope();
            if (!scope.equals(last)) {
                out.append('\n');
                last = scope;
            }
            out.append(c.rule()).append("  # ").append(c.evidence()).append('\n');
        }
        return out.toString();
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

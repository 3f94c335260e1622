package io.dettrace.formats.fuzz;

import io.dettrace.event.InputException;
import io.dettrace.oracle.history.Place;
import io.dettrace.oracle.rules.Observation;
import io.dettrace.oracle.rules.Rule;
import io.dettrace.oracle.rules.RuleChecker;
import io.dettrace.oracle.rules.RuleFile;
import io.dettrace.oracle.rules.RuleResult;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * Any text as a rule file: a message with line and column, or rules that are the same once written and read again, and that
 * can be checked on any run with the same answer each time.
 */
public final class RuleFileFuzz {
    private static final int EVENTS = 40;

    private RuleFileFuzz() {}

    /** An event of a run that the data says. */
    private record Event(int number, int what) implements Observation {
        @Override
        public String kind() {
            return String.valueOf((char) ('A' + (what & 3)));
        }

        @Override
        public String lane() {
            return (what & 4) == 0 ? "x" : "y";
        }

        @Override
        public String field(String path) {
            return path.isEmpty() ? null : Integer.toString(path.charAt(0) == 'n' ? number : what >> 3 & 3);
        }

        @Override
        public long time() {
            return what < 0 ? NO_TIME : number * 1_000_000L - (what >> 5) * 3_000_000L;
        }

        @Override
        public Place place() {
            return new Place("run", number);
        }
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws InputException {
        Rule.All rules;
        try {
            rules = RuleFile.parse("fuzzed.rules", RuleFile.MAGIC + "\n" + new String(data, StandardCharsets.UTF_8));
        } catch (InputException e) {
            FuzzFile.require(
                    e.getMessage().matches("(?s)fuzzed\\.rules:\\d+:\\d+: .*"),
                    "a message without its place: " + e.getMessage());
            return;
        }
        String written = rules.entries().stream().map(e -> e.rule() + "\n").collect(Collectors.joining());
        Rule.All again = RuleFile.parse("written.rules", RuleFile.MAGIC + "\n" + written);
        for (int i = 0; i < rules.entries().size(); i++) {
            Rule rule = rules.entries().get(i).rule();
            FuzzFile.require(
                    again.entries().size() == rules.entries().size()
                            && again.entries().get(i).rule().equals(rule),
                    "written and read again it is another rule: " + rule);
        }
        RuleResult first = check(rules, data, 1_000_000);
        FuzzFile.require(
                check(again, data, 1_000_000)
                        .first()
                        .map(v -> v.number())
                        .equals(first.first().map(v -> v.number())),
                "what was written and read again is violated elsewhere");
        FuzzFile.require(first.exact(), "undecided with memory for all keys");
        RuleResult poor = check(rules, data, 1);
        FuzzFile.require(
                !poor.exact() || poor.verdict() == first.verdict(), "with one key another verdict, and not undecided");
    }

    private static RuleResult check(Rule.All rules, byte[] data, long keys) {
        RuleChecker checker = new RuleChecker(rules, keys);
        for (int i = 0; i < Math.min(EVENTS, data.length); i++) {
            checker.take(new Event(i + 1, data[data.length - 1 - i]));
        }
        return checker.end(false);
    }
}

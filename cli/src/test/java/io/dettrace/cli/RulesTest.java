package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code check --oracle} and {@code mine} on the task race, on several files, and against the schema. */
class RulesTest {
    private static final Path PACK = Path.of("..", "packs", "task-race");
    private static final String RULES = PACK.resolve("life-cycle.rules").toString();
    private static final String GOOD = PACK.resolve("expected.jsonl").toString();
    private static final String BAD = PACK.resolve("actual.jsonl").toString();
    private static final Path SCHEMA = Path.of("..", "docs", "reference", "rules.schema.json");

    @TempDir
    private Path folder;

    @Test
    void theLifeCycleHoldsOnTheGoodTaskRaceAndNamesTheFirstWrongEventOfTheBadOne() {
        assertThat(run(0, "check", GOOD, "--oracle", RULES)).startsWith("KEPT");
        assertThat(run(1, "check", BAD, "--oracle", RULES))
                .startsWith("VIOLATED")
                .contains("actual.jsonl:6, queue 0: task 2 goes out before 1", "task 1, which came in first");
    }

    @Test
    void rulesThatHadNoEventToJudgeDoNotLookFine() throws IOException {
        Path rules = Files.writeString(
                folder.resolve("r"),
                "# dettrace rules 1\nkind type\nat most once TASK_ENQUED\nat most once TASK_STARTED by tsk\n");

        assertThat(run(0, "check", GOOD, "--oracle", rules.toString()))
                .contains(
                        "All 2 rules hold, but all of them had no event to judge",
                        "no event is spoken of by the rule at " + rules + ":3",
                        "5 events of the rule at " + rules + ":4 could not be judged");
        assertThat(run(0, "check", GOOD, "--oracle", RULES)).contains("All 4 rules hold.");
    }

    @Test
    void aRunThatWasCutBeforeTheWrongEventKeepsTheRules() throws IOException {
        Path cut = folder.resolve("cut.jsonl");
        Files.write(cut, Files.readAllLines(Path.of(BAD)).subList(0, 5));

        assertThat(run(0, "check", cut.toString(), "--oracle", RULES, "--cut", "--brief"))
                .startsWith("KEPT");
        assertThat(run(1, "check", cut.toString(), "--oracle", RULES, "--brief"))
                .contains("at its end");
    }

    @Test
    void minedRulesHoldOnTheirRunsAndNotOnTheBadOne() {
        Path rules = folder.resolve("mined.rules");
        run(0, "mine", GOOD, GOOD, "-o", rules.toString());

        assertThat(rules)
                .content()
                .contains("every TASK_STARTED by task is preceded by TASK_DEQUEUED")
                .containsPattern("# Checked: all \\d+ rules hold on all 2 runs\\.")
                .containsPattern(
                        "# Leaving one run out: of \\d+ rules mined from the others \\d+ \\(100\\.0 %\\) held");
        assertThat(run(0, "check", GOOD, "--oracle", rules.toString())).startsWith("KEPT");
        assertThat(run(1, "check", BAD, "--oracle", rules.toString())).startsWith("VIOLATED");
    }

    @Test
    void filesOfOneRunAreCheckedInTheOrderOfTimes() throws IOException {
        Path a = Files.writeString(
                folder.resolve("a.jsonl"),
                "{\"ts\":\"2024-01-01T00:00:00.000Z\",\"event\":\"IN\",\"m\":1}\n"
                        + "{\"ts\":\"2024-01-01T00:00:00.300Z\",\"event\":\"OUT\",\"m\":1}\n");
        Path b = Files.writeString(
                folder.resolve("b.jsonl"),
                "{\"ts\":\"2024-01-01T00:00:00.200Z\",\"event\":\"IN\",\"m\":1}\n"
                        + "{\"ts\":\"2024-01-01T00:00:00.400Z\",\"event\":\"OUT\",\"m\":1}\n");
        Path rules = Files.writeString(
                folder.resolve("r"), "# dettrace rules 1\nkind event\nnever together IN .. OUT by m across $file\n");

        String text = run(
                1,
                "check",
                "--together",
                a.toString(),
                b.toString(),
                "--kind",
                "event",
                "--time",
                "ts",
                "--oracle",
                rules.toString());

        assertThat(text).contains("b.jsonl:1", "in the order of corrected times");
    }

    @Test
    void theSchemaHoldsAndRefusesWhatIsNoReport() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
        String good = run(0, "check", GOOD, "--oracle", RULES, "--format", "json");
        String bad = run(1, "check", BAD, "--oracle", RULES, "--format", "json");
        String undecided = run(2, "check", GOOD, "--oracle", RULES, "--format", "json", "--max-keys", "1");

        assertThat(schema.validate(good, InputFormat.JSON)).as(good).isEmpty();
        assertThat(schema.validate(bad, InputFormat.JSON)).as(bad).isEmpty();
        assertThat(schema.validate(undecided, InputFormat.JSON)).as(undecided).isEmpty();
        assertThat(schema.validate(bad.replace("\"violated\"", "\"kept\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema.validate(bad.replace("\"witness\"", "\"witnesses\""), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void aRuleFileThatIsWrongIsTroubleWithItsPlace() throws IOException {
        Path rules = Files.writeString(folder.resolve("r"), "# dettrace rules 1\nat most never A\n");
        StringWriter err = new StringWriter();

        assertThat(Main.run(
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(err),
                        "check",
                        GOOD,
                        "--oracle",
                        rules.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("r:2:9: expected once, or a number of times, found never");
    }

    @Test
    void theExamplesOfTheReferencePageAreRules() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "reference", "rules.md"));
        int from = page.indexOf("```\n# dettrace rules 1\n") + 4;
        Path rules = Files.writeString(folder.resolve("r"), page.substring(from, page.indexOf("```", from)));

        Path run = Files.writeString(folder.resolve("run.jsonl"), "{\"event\":\"IDLE\",\"host\":\"h\",\"ts\":1}\n");
        assertThat(run(0, "check", run.toString(), "--oracle", rules.toString()))
                .startsWith("KEPT")
                .contains("All 16 rules hold");
    }

    private static String run(int status, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), arguments))
                .as("%s%s", out, err)
                .isEqualTo(status);
        return out.toString() + err;
    }

    @Test
    void aMistypedKindInOneHalfOfARuleIsNoted() throws IOException {
        Path rules = Files.writeString(
                folder.resolve("r"),
                "# dettrace rules 1\nkind type\nevery TASK_ENQUED by task is followed by TASK_STARTED\n");

        assertThat(run(0, "check", GOOD, "--oracle", rules.toString()))
                .contains("note: no event is TASK_ENQUED, of which the rule at " + rules + ":3 speaks");
        assertThat(run(0, "check", GOOD, "--oracle", RULES)).doesNotContain("note: no event is");
    }

    @Test
    void rulesThatCannotBeAboutTheRunAndFilesWithoutRulesAreTrouble() throws IOException {
        Path other = Files.writeString(folder.resolve("o"), "# dettrace rules 1\nkind event_type\nnever PANIC\n");
        Path empty = Files.writeString(folder.resolve("e"), "# dettrace rules 1\nkind type\n");

        assertThat(run(2, "check", GOOD, "--oracle", other.toString()))
                .contains("no event has the field event_type, in which the rules look for the kind");
        assertThat(run(2, "check", GOOD, "--oracle", empty.toString())).contains(empty + ": has no rule in it");
    }
}

package io.dettrace.cli;

import static io.dettrace.cli.ControlledCalls.here;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.dettrace.cli.ControlledCalls.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Record, replay, explore and prove, on a real program under the real agent. Needs the agent, which the build packs first. */
class ControlledRunsTest {
    private static final String PROGRAM = """
            public final class Counter {
                private static int count;

                public static void main(String[] args) throws InterruptedException {
                    Thread one = new Thread(Counter::add);
                    Thread two = new Thread(Counter::add);
                    one.start();
                    two.start();
                    one.join();
                    two.join();
                    System.out.println("count " + count);
                    if (count != 2 && args.length == 0) {
                        throw new IllegalStateException("2 became " + count);
                    }
                }

                private static void add() {
                    int now = count;
                    count = now + 1;
                }
            }
            """;

    @TempDir
    private static Path classes;

    private static String java;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compileTheProgram() throws IOException {
        ControlledCalls.requireAgent();
        ControlledCalls.compile(classes, "Counter", PROGRAM);
        java = ControlledCalls.java();
    }

    private Call apart(String... args) throws IOException, InterruptedException {
        return ControlledCalls.apart(folder, args);
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void aRecordedRunIsReplayedByteForByteWithItsOutputAndStatus() throws Exception {
        String run = at("run.jsonl");
        Call recorded =
                apart("record", "--seed", "1", "--out", run, "--", java, "-cp", classes.toString(), "Counter", "x");
        assertThat(recorded.status()).as(recorded.err()).isZero();
        assertThat(recorded.out()).startsWith("count ");
        Call replayed = apart("replay", run);
        assertThat(replayed.status()).as(replayed.err()).isZero();
        assertThat(replayed.out()).isEqualTo(recorded.out());
        assertThat(replayed.err()).contains("the same as recorded");
        assertThat(folder.resolve("replayed.jsonl")).hasSameBinaryContentAs(Path.of(run));
    }

    @Test
    void aReplayThatIsNotTheRecordedRunSaysWhereItDiffers() throws Exception {
        String run = at("run.jsonl");
        apart("record", "--out", run, "--", java, "-cp", classes.toString(), "Counter");
        String log = Files.readString(Path.of(run));
        Files.writeString(Path.of(run), log.replaceFirst("\"op\":\"write\"", "\"op\":\"read\""));
        Call replayed = apart("replay", at("run.schedule"));
        assertThat(replayed.status()).isEqualTo(ReplayCommand.MISMATCH);
        assertThat(replayed.err())
                .contains("the replay is not the recorded run", "\"op\":\"read\"", "\"op\":\"write\"");
    }

    @Test
    void theLostUpdateIsFoundProvedReportedAndReplayed() throws Exception {
        String out = at("explored");
        Call explored = here(
                "explore",
                "--runs",
                "60",
                "--until-first",
                "--out",
                out,
                "--",
                java,
                "-cp",
                classes.toString(),
                "Counter");
        assertThat(explored.status()).as(explored.err()).isEqualTo(1);
        assertThat(explored.out()).contains("IllegalStateException at Counter.main(Counter.java:13)", "2 became 1");
        Call proved = here("prove", out + "/fail-1.schedule", "--repeats", "2", "--neighbours", "6");
        assertThat(proved.status()).as(proved.out() + proved.err()).isZero();
        assertThat(proved.out())
                .startsWith("PROVED")
                .contains("read Counter.count at Counter.add(Counter.java:18)")
                .contains("write Counter.count at Counter.add(Counter.java:19)")
                .contains("Minimal set: 1 decision of");
        Path proof = Path.of(out, "fail-1-proof");
        String report = Files.readString(proof.resolve("divergence_report.json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(
                                Files.readString(Path.of("..", "docs", "reference", "divergence_report.schema.json")),
                                InputFormat.JSON)
                        .validate(report, InputFormat.JSON))
                .isEmpty();
        assertThat(here("compare", out + "/pass.jsonl", out + "/fail-1.jsonl").status())
                .isEqualTo(1);
        Call replayed = apart("replay", proof.resolve("actual.schedule").toString());
        assertThat(replayed.status()).isEqualTo(1);
        assertThat(replayed.out()).isEqualTo("count 1\n");
    }

    @Test
    void whatPrintsTheWrongThingFailsIfTheUserSaysSo() {
        Call explored = here(
                "explore",
                "--runs",
                "60",
                "--until-first",
                "--fail-if-output",
                "^count 1$",
                "--format",
                "json",
                "--out",
                at("explored"),
                "--",
                java,
                "-cp",
                classes.toString(),
                "Counter",
                "quiet");
        assertThat(explored.status()).as(explored.err()).isEqualTo(1);
        assertThat(explored.out()).contains("\"signature\" : \"oracle output has ^count 1$\"");
    }

    @Test
    void aProgramThatNeverFailsExitsWithZero() {
        Call explored = here(
                "explore", "--runs", "3", "--out", at("e"), "--", java, "-cp", classes.toString(), "Counter", "quiet");
        assertThat(explored.status()).as(explored.err()).isZero();
        assertThat(explored.out()).startsWith("NO FAILURE FOUND\n  base policy and 3 seeds: 0 failing, 0 distinct");
        assertThat(here("prove", at("e") + "/pass.schedule").out()).startsWith("NOTHING TO PROVE");
    }

    @Test
    void aFolderWithRunsOfOthersIsNotTouched() throws IOException {
        Path out = Files.createDirectories(folder.resolve("mine"));
        Files.writeString(out.resolve("pass.jsonl"), "mine");
        Call call = here("explore", "--out", out.toString(), "--", java, "-cp", classes.toString(), "Counter");
        assertThat(call.status()).isEqualTo(Main.TROUBLE);
        assertThat(call.err()).contains("was not written by DetTrace");
        assertThat(out.resolve("pass.jsonl")).hasContent("mine");
    }

    @ParameterizedTest
    @CsvSource({
        "replay, missing.jsonl: does not exist",
        "prove, missing.jsonl: does not exist",
    })
    void aRunThatIsNotThereIsTrouble(String command, String said) {
        Call call = here(command, "missing.jsonl");
        assertThat(call.status()).isEqualTo(Main.TROUBLE);
        assertThat(call.err()).contains(said);
    }

    @Test
    void aProgramThatCannotBeStartedIsTrouble() {
        assertThat(here("explore", "--out", at("x"), "--", java, "-cp", "nowhere", "Missing")
                        .status())
                .isEqualTo(Main.TROUBLE);
        assertThat(here("explore", "--out", at("y"), "--", "no-such-command").err())
                .contains("no-such-command");
        assertThat(here("explore", "--out", at("z")).err()).contains("COMMAND");
        assertThat(here("explore", "--runs", "-1", "--", "x").err()).contains("runs must be 0 to");
    }

    @Test
    void anOracleThatCannotBeRunIsTroubleAndNoFailure() {
        Call call = here(
                "explore",
                "--runs",
                "1",
                "--oracle",
                "no-such-oracle",
                "--out",
                at("o"),
                "--",
                java,
                "-cp",
                classes.toString(),
                "Counter");
        assertThat(call.status()).isEqualTo(Main.TROUBLE);
        assertThat(call.err()).contains("'no-such-oracle' was not found");
    }

    @Test
    void aFileOfAnotherKindIsNotReplacedByALog() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.jsonl"), "mine");
        Call call = here("record", "--out", mine.toString(), "--", java, "-cp", classes.toString(), "Counter");
        assertThat(call.status()).isEqualTo(Main.TROUBLE);
        assertThat(call.err()).contains("was not written by DetTrace");
        assertThat(mine).hasContent("mine");
    }

    @Test
    void onlyTheFirstJvmOfACommandIsRecorded() throws Exception {
        String twice = "'" + java + "' -cp '" + classes + "' Counter x; '" + java + "' -cp '" + classes + "' Counter x";
        String run = at("run.jsonl");
        Call recorded = apart("record", "--seed", "1", "--out", run, "--", "sh", "-c", twice);
        assertThat(recorded.status()).as(recorded.err()).isZero();
        assertThat(recorded.out().lines()).hasSize(2);
        Call replayed = apart("replay", run);
        assertThat(replayed.status()).as(replayed.err()).isZero();
        assertThat(folder.resolve("replayed.jsonl")).hasSameBinaryContentAs(Path.of(run));
    }

    @ParameterizedTest
    @ValueSource(strings = {"record", "replay", "explore", "prove"})
    void helpHasExamplesAndExitStatus(String command) {
        Call help = here(command, "--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("Examples:\n  dettrace " + command, "Exit status: ");
    }
}

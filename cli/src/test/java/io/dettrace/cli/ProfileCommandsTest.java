package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learning, showing, checking and changing profiles by the command line. */
class ProfileCommandsTest {
    private static final Path DOCS = Path.of("..", "docs", "reference");
    private static final Path TEMPORAL = Path.of("..", "formats", "src", "test", "resources", "temporal");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> good = new ArrayList<>();
    private String bad;
    private String profile;

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    private int run(List<String> args, String... more) {
        List<String> all = new ArrayList<>(args);
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    /** A server that answers requests; what they cost and whether it collects garbage is chance. */
    private String server(String name, int seed, String status) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            long ts = 1_000_000L * seed + 1_000L * i;
            String start = "{\"ts_us\":" + ts + ",\"thread\":\"w" + i % 2 + "\",\"event\":";
            text.append(start + "\"request\",\"path\":\"/item/" + i % 7 + "\",\"size\":" + i + "}\n");
            if (i % 20 == 7 && random.nextBoolean()) {
                text.append(start + "\"gc\"}\n");
            }
            text.append(start + "\"reply\",\"status\":" + (i == 40 ? status : "200") + ",\"bytes\":" + (i * 11) % 64
                    + ",\"cost\":" + (300 + random.nextInt(90)) + "}\n");
        }
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @BeforeEach
    void write() throws IOException {
        for (int i = 0; i < 8; i++) {
            good.add(server("good" + i + ".jsonl", i + 1, "200"));
        }
        bad = server("bad.jsonl", 99, "503");
        profile = folder.resolve("noise.profile").toString();
    }

    private void learn() {
        List<String> args = new ArrayList<>(List.of("learn"));
        args.addAll(good);
        assertThat(run(args, "-o", profile, "--max-blindness", "15"))
                .as(err.toString())
                .isZero();
    }

    @Test
    void aLearntProfileLeavesTheFaultAsTheOnlyRoot() throws IOException {
        learn();
        assertThat(out.toString()).contains("Learnt ", "8 passing runs", "leave one out", "blindness");
        assertThat(run("compare", good.get(0), server("fresh.jsonl", 50, "200"), "--profile", profile))
                .as(out.toString())
                .isZero();
        assertThat(run("compare", good.get(0), bad, "--profile", profile)).isEqualTo(1);
        assertThat(out.toString())
                .contains("status is 503, expected 200", "profile: " + profile)
                .doesNotContain("further root");
    }

    @Test
    void aProfileThatHidesTooMuchIsRefusedWithAStatusOfItsOwn() {
        List<String> args = new ArrayList<>(List.of("learn"));
        args.addAll(good);
        assertThat(run(args, "-o", profile, "--max-blindness", "0.1")).isEqualTo(1);
        assertThat(err.toString()).contains("was not written", "--max-blindness");
        assertThat(folder.resolve("noise.profile")).doesNotExist();
    }

    @Test
    void severalBaselinesAreLearntFromAndTheNearestIsComparedWith() {
        List<String> args = new ArrayList<>(List.of("compare"));
        args.addAll(good);
        assertThat(run(args, "--candidate", bad)).as(err.toString()).isEqualTo(1);
        assertThat(out.toString())
                .contains("status is 503, expected 200", "the nearest of 8 baselines", "leave one out")
                .doesNotContain("further root");
        assertThat(run("compare", good.get(0), "--candidate", good.get(0))).isZero();
        assertThat(run("compare", good.get(0), good.get(1), bad)).isEqualTo(2);
        assertThat(err.toString()).contains("name the bad one with --candidate");
    }

    @Test
    void aValueOutOfItsRangeIsToldWithTheRange() throws IOException {
        learn();
        String slow = Files.writeString(
                        folder.resolve("slow.jsonl"),
                        Files.readString(Path.of(good.get(1))).replaceFirst("\"cost\":\\d+", "\"cost\":9000"))
                .toString();
        assertThat(run("compare", good.get(0), slow, "--profile", profile)).isEqualTo(1);
        assertThat(out.toString()).containsPattern("cost is 9000, expected \\d+ to \\d+, learnt from 8 runs");
        assertThat(run("compare", good.get(0), slow, "--profile", profile, "--format", "json"))
                .isEqualTo(1);
        check("divergence_report.schema.json");
    }

    @Test
    void showAndCheckSayWhatARuleDoesAndWhetherItHolds() {
        learn();
        assertThat(run("profile", "show", profile)).isZero();
        assertThat(out.toString()).contains("learnt  reply  cost   range ");
        assertThat(run("profile", "show", profile, "--format", "json")).isZero();
        check("profile.schema.json");

        assertThat(run("profile", "check", profile, good.get(0), good.get(1))).isZero();
        assertThat(out.toString()).startsWith("HOLDS");
        assertThat(run("profile", "check", profile, good.get(0), bad)).isEqualTo(1);
        assertThat(out.toString()).startsWith("VIOLATED").contains("1 root divergence from");
        assertThat(run("profile", "check", profile, good.get(0), "--format", "json"))
                .isZero();
        check("profile.schema.json");

        assertThat(run("profile", "check", profile, "--field", "cost")).isZero();
        assertThat(out.toString()).contains("learnt           field \"reply\" cost: range ");
        assertThat(run("profile", "check", profile, "--event-at", good.get(0) + ":2"))
                .isZero();
        assertThat(out.toString()).contains("cost", "allowed: range ", "compared strictly");
    }

    @Test
    void aSuggestedRuleIsWrittenByHandWithItsReasonAndHolds() throws IOException {
        learn();
        String before = Files.readString(Path.of(profile));
        assertThat(run("profile", "edit-suggestions", profile, good.get(0), bad))
                .isEqualTo(1);
        assertThat(out.toString()).contains("field \"reply\" status: one of \"200\", \"503\"", "then equivalent");
        assertThat(run("profile", "suggest", profile, good.get(0), bad, "--format", "json"))
                .isEqualTo(1);
        check("profile.schema.json");
        assertThat(run("profile", "suggest", profile, good.get(0), bad, "--write", profile))
                .isEqualTo(2);
        assertThat(run("profile", "suggest", profile, good.get(0), bad, "--write", good.get(1), "--reason", "x"))
                .isEqualTo(2);
        assertThat(run(
                        "profile",
                        "suggest",
                        profile,
                        good.get(0),
                        bad,
                        "--write",
                        profile,
                        "--reason",
                        "the backup may be down"))
                .as(err.toString())
                .isEqualTo(1);
        assertThat(Files.readString(Path.of(profile)))
                .isEqualTo(before + "field \"reply\" status: one of \"200\", \"503\"  # the backup may be down\n");
        assertThat(run("compare", good.get(0), bad, "--profile", profile)).isZero();
    }

    @Test
    void aBrokenProfileIsNamedByItsPlace() throws IOException {
        Files.writeString(Path.of(profile), "# dettrace profile 1\n\n[by hand]\nfield \"a\" x: sometimes\n");
        assertThat(run("compare", good.get(0), bad, "--profile", profile)).isEqualTo(2);
        assertThat(err.toString()).contains(profile + ":4:14: expected any, id, time");
        assertThat(run("profile", "show", folder.resolve("none").toString())).isEqualTo(2);
    }

    // ---- histories of other producers
    // --------------------------------------------------------------------------------

    private static String temporal(String name) {
        return TEMPORAL.resolve(name + ".json").toString();
    }

    @Test
    void faultyHistoriesHaveTheirKnownRoots() {
        assertThat(run("compare", temporal("continue-as-new"), temporal("bad-continue-as-new")))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("First divergence at event 0", "input[0] is false, expected true")
                .contains("1 further root", "event 4", "workflowType.name is BadWorkflow");
        assertThat(run("compare", temporal("continue-as-new"), temporal("bad-continue-as-new-2")))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("event 4", "expected WorkflowExecutionContinuedAsNew, got WorkflowExecutionCompleted")
                .doesNotContain("further root");
    }

    @Test
    void anOrderThatIsAcceptedIsNoDivergenceOnceLearnt() {
        String before = temporal("replay-tests-cancel-order");
        String after = temporal("replay-tests-cancel-order-timer-resolved");
        assertThat(run("compare", before, after)).isEqualTo(1);
        assertThat(out.toString()).contains("First divergence at event 6", "TimerFired");
        assertThat(run("learn", before, after, "-o", profile, "--max-blindness", "10"))
                .as(out.toString() + err)
                .isZero();
        assertThat(run("compare", before, after, "--profile", profile))
                .as(out.toString())
                .isZero();
        assertThat(run("compare", before, temporal("continue-as-new"), "--profile", profile))
                .isEqualTo(1);
    }

    private void check(String schema) {
        try {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(Files.readString(DOCS.resolve(schema)), InputFormat.JSON)
                            .validate(out.toString(), InputFormat.JSON))
                    .as(out.toString())
                    .isEmpty();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Test
    void whatWouldOnlyFailAfterTheWorkIsRefusedBeforeIt() throws IOException {
        String other = Files.writeString(
                        folder.resolve("other.vcd"),
                        "$timescale 1ns $end\n$scope module m $end\n"
                                + "$var wire 1 ! clk $end\n$upscope $end\n$enddefinitions $end\n#0\n0!\n#5\n1!\n#10\n0!\n")
                .toString();

        assertThat(run("learn", good.get(0), other, "-o", profile)).isEqualTo(2);
        assertThat(err.toString()).contains("of different formats", "other.vcd as vcd");
        assertThat(run("compare", good.get(0), good.get(1), other, "--candidate", bad))
                .isEqualTo(2);
        assertThat(err.toString()).contains("of different formats");
        for (String percent : List.of("-1", "101", "NaN")) {
            assertThat(run("learn", good.get(0), good.get(1), "-o", profile, "--max-blindness", percent))
                    .isEqualTo(2);
            assertThat(err.toString()).contains("--max-blindness must be a percentage from 0 to 100");
        }
        assertThat(run(
                        "learn",
                        good.get(0),
                        good.get(1),
                        "-o",
                        folder.resolve("no/x").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("its folder does not exist");
        assertThat(run("learn", good.get(0), good.get(1), "-o", good.get(1))).isEqualTo(2);
        assertThat(err.toString()).contains("is an input and the output at once");
        assertThat(run("learn", good.get(0), good.get(1), good.get(0), "-o", profile))
                .isEqualTo(2);
        assertThat(err.toString()).contains(good.get(0) + ": is named twice");
    }

    @Test
    void aProfileOfOtherRunsIsRefused() throws IOException {
        learn();
        String other = Files.writeString(
                        folder.resolve("other.jsonl"), "{\"t\":1,\"what\":\"a\"}\n{\"t\":2,\"what\":\"b\"}\n")
                .toString();

        for (List<String> args : List.of(
                List.of("compare", other, other, "--profile", profile), List.of("profile", "check", profile, other))) {
            assertThat(run(args)).isEqualTo(2);
            assertThat(err.toString())
                    .contains(
                            "the profile is about other runs: its field \"event\" (kind) is on none",
                            "fields are t, what");
        }
    }

    @Test
    void whatTheMappingKeepsOutOfTheComparisonIsSaidBesideTheBlindness() throws IOException {
        List<String> args = new ArrayList<>(List.of("learn"));
        args.addAll(good);

        assertThat(run(args, "-o", profile, "--ignore", "cost")).isZero();
        assertThat(out.toString())
                .contains("not compared       ts_us, cost; faults in these are hidden and not counted");
    }

    @Test
    void aProfileThatDoesNotSayWhatFieldsMeanIsRefused() throws IOException {
        Files.writeString(Path.of(profile), "# dettrace profile 1\n[by hand]\nfield \"reply\" cost: any\n");

        assertThat(run("compare", good.get(0), good.get(1), "--profile", profile))
                .isEqualTo(2);
        assertThat(err.toString()).contains("expected a section [mapping]");
    }

    private String profile(String rules) throws IOException {
        return Files.writeString(
                        Path.of(profile),
                        "# dettrace profile 1\n[mapping]\nlane = thread\nkind = event\ntime = ts_us\nignore = cost\n"
                                + "[by hand]\n" + rules)
                .toString();
    }

    @Test
    void aRuleByHandForAKindThatNeitherRunHasIsNoted() throws IOException {
        String typo = "the profile's rules by hand for \"requets\" matched nothing";

        run("compare", good.get(0), bad, "--profile", profile("field \"requets\" size: any\n"));
        assertThat(out.toString()).contains("note: " + typo);
        run("compare", good.get(0), bad, "--profile", profile, "--format", "json");
        assertThat(out.toString()).containsPattern("\"kinds_not_met\"\\s*:\\s*\\[\\s*\"requets\"\\s*]");
        run("compare", good.get(0), bad, "--profile", profile("field \"request\" size: any\n"));
        assertThat(out.toString()).contains("profile: ").doesNotContain("matched nothing");
    }

    @Test
    void lanesThatRulesPartAreCountedOnce() throws IOException {
        run("compare", good.get(0), bad, "--profile", profile("event \"gc\": optional\n"));
        assertThat(out.toString()).contains(" 2 lanes");
        run(
                "compare",
                good.get(0),
                bad,
                "--profile",
                profile("event \"gc\": optional\norder \"request\", \"reply\": independent\n"));
        assertThat(out.toString()).contains(" 2 lanes");
    }

    @Test
    void anIdentifierThatStandsForAnotherOneIsNamedWithBothValues() throws IOException {
        String line = "{\"event\":\"%s\",\"order\":\"%s\"}\n";
        String first = String.format(line.repeat(4), "open", "A", "open", "B", "close", "A", "close", "B");
        String second = String.format(line.repeat(4), "open", "X", "open", "Y", "close", "Y", "close", "X");

        run(
                "compare",
                Files.writeString(folder.resolve("a.jsonl"), first).toString(),
                Files.writeString(folder.resolve("b.jsonl"), second).toString(),
                "--id",
                "order",
                "--kind",
                "event");

        assertThat(out.toString())
                .contains(
                        "close: order is Y where the baseline has A, which does not stand for the same one as before");
    }

    @Test
    void withoutALearntRuleNoBoundIsPromised() throws IOException {
        assertThat(run(
                        "learn",
                        server("a.jsonl", 5, "200"),
                        server("b.jsonl", 5, "200"),
                        server("c.jsonl", 5, "200"),
                        "-o",
                        profile))
                .isZero();
        assertThat(out.toString())
                .contains("no learnt rule can be broken; what never differed in 3 runs may yet")
                .doesNotContain("at most 0.0 %");
    }

    @Test
    void aFieldThatNoEventHasIsSaidToBeNone() {
        learn();

        assertThat(run("profile", "check", profile, "--field", "costs", good.get(0)))
                .isZero();
        assertThat(out.toString()).contains("in the runs      no event has it; perhaps a name is mistyped");
    }
}

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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dettrace compare --timing}: its answer, its exit status, budgets, and what good runs teach. */
class TimingCommandTest {
    private static final Path SCHEMA = Path.of("..", "docs", "reference", "divergence_report.schema.json");

    private static final String[] FIELDS = {
        "--lane", "lane", "--kind", "event", "--key", "event,value", "--time", "t_ns", "--message", "msg"
    };

    @TempDir
    private Path folder;

    private record Call(int status, String out, String err) {
        static Call of(List<String> args) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int status = Main.run(new PrintWriter(out), new PrintWriter(err), args.toArray(String[]::new));
            return new Call(status, out.toString(), err.toString());
        }
    }

    /** Requests that an API takes, a queue holds and a worker does: 10 µs, 100 µs and 1 ms each. */
    private static final class Requests {
        private final Random noise;
        private final long most;
        private long slowRequest = -1;
        private long slowBy;
        private int lostAnswer = -1;
        private long start = 1_000_000;
        private boolean timed = true;
        private String value = "ok";

        Requests(long seed, long most) {
            noise = new Random(seed);
            this.most = most;
        }

        private long noisy(long delay) {
            return delay + (most == 0 ? 0 : noise.nextLong(most));
        }

        String log() {
            List<String> lines = new ArrayList<>();
            long api = start;
            long worker = start;
            for (int i = 0; i < 40; i++) {
                api += noisy(2_000_000);
                lines.add(line(api, "api", "request", i, "m" + i));
                worker = Math.max(worker, api) + noisy(100_000) + (i == slowRequest ? slowBy : 0);
                lines.add(line(worker, "worker", "begin", i, "m" + i));
                worker += noisy(1_000_000);
                if (i != lostAnswer) {
                    lines.add(line(worker, "worker", "answer", i, ""));
                }
            }
            return String.join("", lines);
        }

        private String line(long at, String lane, String event, int i, String message) {
            return "{" + (timed ? "\"t_ns\":" + at + "," : "") + "\"lane\":\"" + lane + "\",\"event\":\"" + event
                    + "\",\"value\":\"" + value + i % 3 + "\""
                    + (message.isEmpty() ? "" : ",\"msg\":\"" + message + "\"") + "}\n";
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Call compare(Requests good, Requests bad, String... options) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "compare",
                write("good.jsonl", good.log()).toString(),
                write("bad.jsonl", bad.log()).toString()));
        args.addAll(Arrays.asList(FIELDS));
        args.addAll(List.of(options));
        return Call.of(args);
    }

    private static Requests slow(long by) {
        Requests bad = new Requests(0, 0);
        bad.slowRequest = 7;
        bad.slowBy = by;
        return bad;
    }

    @Test
    void withoutTheOptionNothingIsSaidOfTiming() throws IOException {
        Call call = compare(new Requests(0, 0), slow(5_000));
        assertThat(call.status).isZero();
        assertThat(call.out).contains("EQUIVALENT").doesNotContain("TIMING");
        assertThat(compare(new Requests(0, 0), slow(5_000), "--format", "json").out)
                .contains("\"timing\" : null");
    }

    @Test
    void theHelpShowsItsExamplesAsTheyAreTyped() {
        assertThat(Call.of(List.of("help", "compare")).out)
                .contains("--timing-tolerance 1ms,10% --fail-on timing\n", "such\n", "as 1ms,10%;");
    }

    @Test
    void theLateEventIsNamedWithItsCauseAndItsPlace() throws IOException {
        Call call = compare(new Requests(0, 0), slow(1_000_000), "--timing");
        assertThat(call.status).as("timing alone changes no status").isZero();
        assertThat(call.out)
                .contains("EQUIVALENT")
                .contains("TIMING: OFF TIME  1 late root, 3 events inherit")
                .contains("late by 1 ms: worker: begin", "line 23")
                .contains("its own delay is 1.1 ms, in the baseline 100 µs, after api: request", "line 22");
    }

    @Test
    void lanesThatAreOffByTheSameWithoutALinkBetweenThemAreTold() throws IOException {
        String told = "name the field that links them (--message, --link)";
        String good = new Requests(0, 0).log();
        // Both lanes stand still for 1 ms before request 20.
        String bad = good.lines()
                .map(l -> {
                    long at = Long.parseLong(l.substring(l.indexOf(':') + 1, l.indexOf(',')));
                    return at >= 43_000_000 ? l.replace(":" + at + ",", ":" + (at + 1_000_000) + ",") : l;
                })
                .reduce("", (a, b) -> a + b + "\n");
        List<String> args = List.of(
                "compare",
                write("good.jsonl", good).toString(),
                write("bad.jsonl", bad).toString(),
                "--lane",
                "lane",
                "--kind",
                "event",
                "--key",
                "event,value",
                "--time",
                "t_ns",
                "--timing");
        assertThat(Call.of(args).out).contains("TIMING: OFF TIME  2 late roots", told);
        List<String> linked = new ArrayList<>(args);
        linked.addAll(List.of("--message", "msg"));
        assertThat(Call.of(linked).out)
                .contains("TIMING: OFF TIME  1 late root")
                .doesNotContain(told);
    }

    @Test
    void failOnTimingAddsFourToTheStatus() throws IOException {
        Requests wrong = slow(1_000_000);
        wrong.value = "no";
        assertThat(compare(new Requests(0, 0), slow(0), "--fail-on", "timing").status)
                .isZero();
        assertThat(compare(new Requests(0, 0), slow(1), "--fail-on", "timing").status)
                .isEqualTo(4);
        wrong.value = "ok";
        Call both = Call.of(List.of(
                "compare",
                write("good.jsonl", new Requests(0, 0).log()).toString(),
                write("bad.jsonl", wrong.log() + wrong.line(900_000_000, "worker", "more", 1, ""))
                        .toString(),
                "--lane",
                "lane",
                "--kind",
                "event",
                "--key",
                "event,value",
                "--time",
                "t_ns",
                "--message",
                "msg",
                "--fail-on",
                "timing"));
        assertThat(both.out).contains("DIVERGED", "TIMING: OFF TIME");
        assertThat(both.status).isEqualTo(5);
    }

    @Test
    void withoutAVerdictFailOnTimingIsTrouble() throws IOException {
        Requests untimed = new Requests(0, 0);
        untimed.timed = false;
        Call call = compare(new Requests(0, 0), untimed, "--fail-on", "timing");
        assertThat(call.status).isEqualTo(2);
        assertThat(call.out).contains("EQUIVALENT", "TIMING: NO VERDICT", "the events have no times");
        Call noisy = compare(new Requests(1, 500_000), new Requests(2, 500_000), "--fail-on", "timing");
        assertThat(noisy.status).isEqualTo(2);
        assertThat(noisy.out).contains("TIMING: UNCLEAR", "one baseline cannot tell a fault from noise");
    }

    @Test
    void furtherGoodRunsTeachWhatDelaysMayBe() throws IOException {
        List<String> goods = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            goods.add("--timing-baseline");
            goods.add(write("good" + i + ".jsonl", new Requests(10 + i, 500_000).log())
                    .toString());
        }
        Requests bad = new Requests(99, 500_000);
        Call passing = compare(new Requests(1, 500_000), bad, goods.toArray(String[]::new));
        assertThat(passing.out).contains("TIMING: ON TIME", "held against the own delays of 9 passing runs");
        bad = new Requests(99, 500_000);
        bad.slowRequest = 11;
        bad.slowBy = 1_500_000;
        Call failing = compare(new Requests(1, 500_000), bad, goods.toArray(String[]::new));
        assertThat(failing.out).contains("TIMING: OFF TIME  1 late root", "worker: begin", "in passing runs");
    }

    @Test
    void severalBaselinesTeachTheSame() throws IOException {
        List<String> args = new ArrayList<>(List.of("compare"));
        for (int i = 0; i < 6; i++) {
            args.add(write("good" + i + ".jsonl", new Requests(10 + i, 500_000).log())
                    .toString());
        }
        Requests bad = new Requests(99, 500_000);
        bad.slowRequest = 11;
        bad.slowBy = 1_500_000;
        args.addAll(List.of("--candidate", write("bad.jsonl", bad.log()).toString(), "--fail-on", "timing"));
        args.addAll(Arrays.asList(FIELDS));
        Call call = Call.of(args);
        assertThat(call.out)
                .as(call.err)
                .contains("EQUIVALENT", "held against the own delays of 6 passing runs")
                .contains("1 late root", "worker: begin");
        assertThat(call.status).isEqualTo(4);
    }

    /** Learns from eight runs, with delays in the profile. */
    private Path profile() throws IOException {
        Path profile = folder.resolve("noise.profile");
        List<String> args = new ArrayList<>(List.of("learn", "-o", profile.toString()));
        for (int i = 0; i < 8; i++) {
            args.add(write("learn" + i + ".jsonl", new Requests(10 + i, 500_000).log())
                    .toString());
        }
        args.addAll(Arrays.asList(FIELDS));
        Call call = Call.of(args);
        assertThat(call.status).as(call.err).isZero();
        assertThat(call.out).contains("ranges of own delays");
        return profile;
    }

    private Call under(Path profile, Requests bad, String... options) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "compare",
                write("good.jsonl", new Requests(1, 500_000).log()).toString(),
                write("bad.jsonl", bad.log()).toString(),
                "--profile",
                profile.toString(),
                "--timing"));
        args.addAll(List.of(options));
        return Call.of(args);
    }

    @Test
    void aProfileSaysWhatDelaysMayBeAndWhatAPersonWritesThereWins() throws IOException {
        Path profile = profile();
        Requests late = new Requests(99, 500_000);
        late.slowRequest = 11;
        late.slowBy = 1_500_000;
        assertThat(under(profile, new Requests(99, 500_000)).out)
                .contains("TIMING: ON TIME", "held against the profile's");
        late = new Requests(99, 500_000);
        late.slowRequest = 11;
        late.slowBy = 1_500_000;
        Call failing = under(profile, late, "--fail-on", "timing", "--format", "json");
        assertThat(failing.status).isEqualTo(4);
        assertThat(failing.out).contains("\"late_roots\" : 1", "\"verdict\" : \"equivalent\"");
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(SCHEMA), InputFormat.JSON)
                        .validate(failing.out, InputFormat.JSON))
                .isEmpty();
        Files.writeString(
                profile, Files.readString(profile) + "delay \"begin\" in \"work*\": 0 ns to 5 ms  # a slow disk\n");
        late = new Requests(99, 500_000);
        late.slowRequest = 11;
        late.slowBy = 1_500_000;
        assertThat(under(profile, late).out).contains("TIMING: ON TIME");
        assertThat(Call.of(List.of("profile", "show", profile.toString())).out).contains("0 ns to 5 ms", "a slow disk");
        profile();
        assertThat(Files.readString(profile)).as("learnt again").contains("0 ns to 5 ms  # a slow disk");
    }

    @Test
    void aRunWhoseDelaysLeaveTheProfileFailsItsCheck() throws IOException {
        Path profile = profile();
        Path good = write("other.jsonl", new Requests(33, 500_000).log());
        assertThat(Call.of(List.of("profile", "check", profile.toString(), good.toString())).status)
                .isZero();
        Requests late = new Requests(34, 500_000);
        late.slowRequest = 11;
        late.slowBy = 90_000_000;
        Path bad = write("late.jsonl", late.log());
        Call call = Call.of(List.of("profile", "check", profile.toString(), good.toString(), bad.toString()));
        assertThat(call.status).isEqualTo(1);
        assertThat(call.out).contains("VIOLATED", "equivalent to", "1  delay \"begin\"", "late.jsonl:35: ");
    }

    @Test
    void brokenBudgetsAreNamedWithFirstPlaceAndWorst() throws IOException {
        Path budgets = write("limits", """
                # the service level
                delay begin in worker: at most 500 us
                from request in api to answer in work*: at most 1.5 ms
                from request to answer: at most 1 ms
                every request in api: 2 ms within 10 us
                every request in api: 3 ms within 10 us
                """);
        Call call =
                compare(new Requests(0, 0), slow(1_000_000), "--budgets", budgets.toString(), "--fail-on", "timing");
        assertThat(call.status).isEqualTo(4);
        assertThat(call.out)
                .contains("budget broken delay begin in worker: at most 500 us: took 1.1 ms at worker: begin")
                .contains("budget broken from request in api to answer in work*: at most 1.5 ms: took 2.1 ms")
                .contains("budget broken from request to answer: at most 1 ms: no answer within")
                .contains("budget broken every request in api: 3 ms within 10 us: took 2 ms", "broken 39 times")
                .doesNotContain("broken every request in api: 2 ms");
    }

    @Test
    void budgetsHaveTheLastWordWhereDelaysAreNoisy() throws IOException {
        Path kept = write("kept", "from request in api to answer in worker: at most 1 s\n");
        Call call = compare(
                new Requests(1, 500_000),
                new Requests(2, 500_000),
                "--budgets",
                kept.toString(),
                "--fail-on",
                "timing");
        assertThat(call.status).isZero();
        assertThat(call.out).contains("TIMING: ON TIME  the budget is kept; the own delays of ", "have no say");
        Path broken = write("broken", "from request in api to answer in worker: at most 1 ms\n");
        call = compare(
                new Requests(1, 500_000),
                new Requests(2, 500_000),
                "--budgets",
                broken.toString(),
                "--fail-on",
                "timing");
        assertThat(call.status).isEqualTo(4);
        assertThat(call.out).contains("TIMING: OFF TIME  1 broken budget; the own delays of ", "have no say");
    }

    @Test
    void anAnswerThatNeverCameBreaksItsBudget() throws IOException {
        Requests lost = new Requests(0, 0);
        lost.lostAnswer = 39;
        String text = lost.log() + lost.line(200_000_000, "api", "stop", 0, "");
        Path budgets = write("limits", "from request in api to answer in worker: at most 5 ms\n");
        Call call = Call.of(List.of(
                "compare",
                write("good.jsonl", text).toString(),
                write("bad.jsonl", text).toString(),
                "--lane",
                "lane",
                "--kind",
                "event",
                "--key",
                "event,value",
                "--time",
                "t_ns",
                "--message",
                "msg",
                "--budgets",
                budgets.toString()));
        assertThat(call.out).contains("EQUIVALENT", "1 broken budget", "no answer within 119 ms at api: request");
    }

    @Test
    void aBudgetFileThatIsWrongIsTroubleWithItsPlace() throws IOException {
        Path budgets = write("limits", "delay begin in worker: at most 5 hours\n");
        Call call = compare(new Requests(0, 0), slow(0), "--budgets", budgets.toString());
        assertThat(call.status).isEqualTo(2);
        assertThat(call.err).contains("limits:1:32: expected a duration such as 5 ms");
        assertThat(compare(new Requests(0, 0), slow(0), "--budgets", "nowhere").err)
                .contains("nowhere: there is no such budgets file");
        assertThat(compare(new Requests(0, 0), slow(0), "--timing-tolerance", "much").err)
                .contains("--timing-tolerance must be a duration, a percentage or both, such as 1ms,10%, not much");
    }

    @Test
    void theToleranceIsTheGreaterOfDurationAndShare() throws IOException {
        Requests good = new Requests(0, 0);
        assertThat(compare(good, slow(90_000), "--timing-tolerance", "1us,90%").out)
                .contains("TIMING: ON TIME");
        assertThat(compare(good, slow(90_001), "--timing-tolerance", "1us,90%").out)
                .contains("late by 90.001 µs");
        assertThat(compare(good, slow(90_001), "--timing-tolerance", "91 us, 1 %").out)
                .contains("TIMING: ON TIME", "may differ by 91 µs or 1 %, whichever is more");
    }

    @Test
    void aLoggingShiftAndAnotherRateAreNoFault() throws IOException {
        Requests later = new Requests(0, 0);
        later.start = 77_123_456_789L;
        Call call = compare(new Requests(0, 0), later, "--fail-on", "timing");
        assertThat(call.status).isZero();
        assertThat(call.out).contains("TIMING: ON TIME");
    }

    @Test
    void theReportKeepsItsSchemaAndSaysTheSameInMarkdown() throws IOException {
        Path budgets = write("limits", "from request in api to answer in worker: at most 1.5 ms\n");
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
        for (long by : new long[] {0, 1, 1_000_000}) {
            Call call = compare(
                    new Requests(0, 0), slow(by), "--timing", "--budgets", budgets.toString(), "--format", "json");
            assertThat(schema.validate(call.out, InputFormat.JSON)).as(call.out).isEmpty();
            assertThat(call.out).contains(by == 0 ? "\"verdict\" : \"on_time\"" : "\"verdict\" : \"off_time\"");
        }
        assertThat(compare(new Requests(0, 0), slow(1), "--timing", "--format", "markdown").out)
                .contains("## Timing", "TIMING: OFF TIME", "late by 1 ns: worker: begin");
    }

    @Test
    void identicalLargeFilesAreReadForTheirTiming() throws IOException {
        String run = new Requests(0, 0).log().repeat(1_200);
        Path a = write("a", run);
        Path b = write("b", run);
        Call call = Call.of(List.of(
                "compare",
                a.toString(),
                b.toString(),
                "--lane",
                "lane",
                "--kind",
                "event",
                "--time",
                "t_ns",
                "--timing"));
        assertThat(call.out).contains("EQUIVALENT", "TIMING: ");
    }
}

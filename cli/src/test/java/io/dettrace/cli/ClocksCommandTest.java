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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code clocks} and {@code merge} on two hosts whose clocks are five seconds apart. */
class ClocksCommandTest {
    private static final Path SCHEMA = Path.of("..", "docs", "reference", "clocks.schema.json");
    private static final long EPOCH = 1_700_000_000_000_000_000L;
    private static final long AHEAD = 5_000_000_000L;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    /** Requests from one host to the other and the answers; delays of 100 to 1100 microseconds. */
    private List<String> write(int requests, long stepBehindTheMiddle) throws IOException {
        StringBuilder here = new StringBuilder();
        StringBuilder there = new StringBuilder();
        Random random = new Random(1);
        for (int i = 0; i < requests; i++) {
            long ahead = i < requests / 2 ? AHEAD : AHEAD + stepBehindTheMiddle;
            long sent = EPOCH + i * 10_000_000L;
            long arrived = sent + 100_000 + random.nextInt(1_000_000);
            long answered = arrived + 50_000;
            long back = answered + 100_000 + random.nextInt(1_000_000);
            line(here, "near", "ask", sent, "q" + i, i == 0 ? "" : "r" + (i - 1));
            line(there, "far", "get", arrived + ahead, "g" + i, "q" + i);
            line(there, "far", "answer", answered + ahead, "a" + i, "g" + i);
            line(here, "near", "receive", back, "r" + i, "a" + i);
        }
        return List.of(
                Files.writeString(folder.resolve("near.jsonl"), here).toString(),
                Files.writeString(folder.resolve("far.jsonl"), there).toString());
    }

    private static void line(StringBuilder to, String host, String op, long time, String id, String cause) {
        to.append(String.format(
                "{\"time_ns\":%d,\"host\":\"%s\",\"op\":\"%s\",\"id\":\"%s\",\"cause\":\"%s\"}%n",
                time, host, op, id, cause));
    }

    private int onTheRun(String command, List<String> files, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(files);
        arguments.addAll(List.of("--lane", "host", "--event", "id", "--link", "cause", "--kind", "op"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void tellsHowFarTheClocksAreApartWithTheError() throws IOException {
        assertThat(onTheRun("clocks", write(200, 0))).as(err.toString()).isZero();

        assertThat(out.toString())
                .contains("2 clocks, 400 messages")
                .containsPattern("far +reference +0")
                .containsPattern("near +accurate +-(5\\.000|4\\.999)\\d+ s ± 1\\d\\d µs +-?\\d+\\.\\d+ ± \\d+");
    }

    @Test
    void theJsonIsAsItsSchemaSays() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
        for (long step : new long[] {0, 300_000_000L}) {
            assertThat(onTheRun("clocks", write(100, step), "--format", "json")).isEqualTo(step == 0 ? 0 : 1);

            String json = out.toString();
            assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
            assertThat(schema.validate(json.replace("\"bound\"", "\"bounds\""), InputFormat.JSON))
                    .isNotEmpty();
        }
    }

    @Test
    void aClockThatWasSetIsNamedWithThePlaceAndTheStatusSaysSo() throws IOException {
        assertThat(onTheRun("clocks", write(200, 300_000_000L))).isEqualTo(1);

        assertThat(out.toString())
                .contains("no linear clock satisfies all messages between far and near")
                .containsPattern("between 2023-11-14T22:13:25\\.99\\d+Z and 2023-11-14T22:13:26\\.3\\d+Z of far");
    }

    @Test
    void mergesTheFilesInTheOrderInWhichThingsHappened() throws IOException {
        List<String> files = write(200, 0);
        Path merged = folder.resolve("all.jsonl");

        assertThat(onTheRun("merge", files, "-o", merged.toString()))
                .as(err.toString())
                .isZero();

        List<String> lines = Files.readAllLines(merged);
        assertThat(lines).hasSize(801);
        assertThat(lines.get(0)).startsWith("{\"$dettrace\":").contains("\"lane = $lane\"", "\"time = $time_ns\"");
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            wanted.addAll(List.of("\"q" + i, "\"g" + i, "\"a" + i, "\"r" + i));
        }
        long last = 0;
        for (int i = 0; i < wanted.size(); i++) {
            String line = lines.get(i + 1);
            assertThat(line).contains("\"id\":" + wanted.get(i) + "\"");
            long time = number(line, "$time_ns");
            assertThat(time).isGreaterThanOrEqualTo(last);
            last = time;
            assertThat(number(line, "$error_ns")).isLessThan(line.contains("\"far\"") ? 1 : 1_100_000);
        }
        assertThat(run("compare", merged.toString(), merged.toString())).isZero();
        assertThat(run("clocks", merged.toString())).isZero();
        assertThat(out.toString()).containsPattern("near +accurate +[+-]?\\d+(\\.\\d+)? (ns|µs) ± ");
    }

    private static long number(String line, String field) {
        String text = line.substring(line.indexOf("\"" + field + "\":") + field.length() + 3);
        return Long.parseLong(text.substring(0, text.indexOf(',')));
    }

    @Test
    void whereTimesContradictCausesTheCausesWin() throws IOException {
        Path log = Files.writeString(
                folder.resolve("log.jsonl"),
                "{\"time_ns\":1000,\"host\":\"b\",\"op\":\"effect\",\"id\":2,\"cause\":1}\n"
                        + "{\"time_ns\":1500,\"host\":\"b\",\"op\":\"next\",\"id\":3,\"cause\":\"\"}\n"
                        + "{\"time_ns\":2000,\"host\":\"a\",\"op\":\"cause\",\"id\":1,\"cause\":\"\"}\n"
                        + "{\"time_ns\":2500,\"host\":\"b\",\"op\":\"last\",\"id\":4,\"cause\":\"\"}\n");
        Path merged = folder.resolve("out.jsonl");

        assertThat(onTheRun(
                        "merge",
                        List.of(log.toString()),
                        "--domain",
                        "^(?=.)",
                        "--max-skew",
                        "10",
                        "-o",
                        merged.toString()))
                .as(err.toString())
                .isZero();

        List<String> lines = Files.readAllLines(merged);
        assertThat(lines.get(1)).contains("\"cause\"").contains("\"$time_ns\":2000,\"$error_ns\":0,");
        assertThat(lines.get(2)).contains("\"effect\"").contains("\"$time_ns\":2000,\"$error_ns\":1000,");
        assertThat(lines.get(3)).contains("\"next\"").contains("\"$time_ns\":2000,\"$error_ns\":500,");
        assertThat(lines.get(4)).contains("\"last\"").contains("\"$time_ns\":2500,\"$error_ns\":0,");
        assertThat(err.toString()).contains("2 events were moved");
    }

    @Test
    void anOutputThatIsThereOrAnInputIsKept() throws IOException {
        List<String> files = write(10, 0);
        Path there = Files.writeString(folder.resolve("there.jsonl"), "mine");

        assertThat(onTheRun("merge", files, "-o", there.toString())).isEqualTo(2);
        assertThat(onTheRun("merge", files, "-o", files.get(0), "--force")).isEqualTo(2);

        assertThat(there).hasContent("mine");
        assertThat(err.toString()).contains("is an input and the output at once");
    }

    @Test
    void wrongCallsAreExplained() throws IOException {
        List<String> files = write(10, 0);

        assertThat(run("clocks")).isEqualTo(2);
        assertThat(onTheRun("clocks", files, "--max-skew", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--max-skew must be above 0");
        assertThat(onTheRun("clocks", files, "--domain", "(")).isEqualTo(2);
        assertThat(err.toString()).contains("--domain is no regular expression");
        assertThat(onTheRun("merge", files)).isEqualTo(2);
    }

    @Test
    void aRunWithoutLinksHasClocksOfWhichNothingIsKnown() throws IOException {
        Path log = Files.writeString(
                folder.resolve("log.jsonl"),
                "{\"time_ns\":1000,\"host\":\"b\",\"op\":\"x\"}\n{\"time_ns\":1500,\"host\":\"a\",\"op\":\"y\"}\n");

        assertThat(run("clocks", log.toString(), "--lane", "host")).isZero();

        assertThat(out.toString())
                .contains("0 links between lanes: nothing tells how far the clocks are apart")
                .containsPattern("b +absent +\\?");
    }
}

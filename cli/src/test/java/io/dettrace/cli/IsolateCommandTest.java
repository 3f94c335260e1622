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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code isolate} on runs of a client that now and then asks a stale replica. */
class IsolateCommandTest {
    private static final Path SCHEMA = Path.of("..", "docs", "reference", "isolation.schema.json");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(List<String> arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
    }

    private List<String> write(String name, int runs, boolean stale) throws IOException {
        List<String> files = new ArrayList<>();
        Random random = new Random(name.hashCode());
        for (int i = 0; i < runs; i++) {
            StringBuilder text = new StringBuilder();
            long time = 1_000_000L + random.nextInt(1_000_000);
            String request = Long.toHexString(random.nextLong());
            for (String event : List.of("connect", "lookup", "answer", stale ? "mismatch" : "done")) {
                time += 1 + random.nextInt(50);
                String replica = stale && event.equals("lookup") ? "r3" : "r1";
                text.append("{\"time_us\":")
                        .append(time)
                        .append(",\"thread\":\"client\",\"event\":\"")
                        .append(event);
                text.append("\",\"request\":\"")
                        .append(request)
                        .append("\",\"replica\":\"")
                        .append(replica)
                        .append("\"}\n");
            }
            files.add(
                    Files.writeString(folder.resolve(name + i + ".jsonl"), text).toString());
        }
        return files;
    }

    private List<String> arguments(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("isolate"));
        arguments.addAll(write("good", 8, false));
        arguments.add("--bad");
        arguments.addAll(write("bad", 6, true));
        arguments.addAll(List.of(more));
        return arguments;
    }

    @Test
    void theFirstThingThatOnlyFailingRunsHaveIsNamedWithItsPlace() throws IOException {
        assertThat(run(arguments())).as(err.toString()).isEqualTo(Main.DIVERGED);
        assertThat(out.toString())
                .startsWith("SEPARATES: replica of 'lookup' is r3\n")
                .contains("bad0.jsonl:2");
        assertThat(out.toString()).contains("'lookup'   <- jumps by");
    }

    @Test
    void theJsonHoldsToItsSchema() throws IOException {
        run(arguments("--format", "json"));
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
        assertThat(schema.validate(out.toString(), InputFormat.JSON)).isEmpty();
        assertThat(out.toString()).contains("\"jump\" : ");
    }

    @Test
    void runsThatDoNotDifferAreNotToldApart() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("isolate"));
        arguments.addAll(write("good", 6, false));
        arguments.add("--bad");
        arguments.addAll(write("other", 6, false));
        assertThat(run(arguments)).as(err.toString()).isEqualTo(Main.EQUIVALENT);
        assertThat(out.toString()).startsWith("NOTHING SEPARATES");
    }

    @Test
    void aRunToWalkAlongMustBeAFailingOne() throws IOException {
        assertThat(run(arguments("--along", "elsewhere.jsonl"))).isEqualTo(Main.TROUBLE);
        assertThat(err.toString()).contains("--along must be one of the failing runs");
    }

    @Test
    void failingRunsMustBeNamed() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("isolate"));
        arguments.addAll(write("good", 2, false));
        assertThat(run(arguments)).isEqualTo(Main.TROUBLE);
        assertThat(err.toString()).contains("--bad");
    }

    @Test
    void runsOfDifferentFormatsAndARunOnBothSidesAreRefused() throws IOException {
        List<String> good = write("good", 2, false);
        String other = Files.writeString(
                        folder.resolve("other.vcd"),
                        "$timescale 1ns $end\n$scope module m $end\n"
                                + "$var wire 1 ! clk $end\n$upscope $end\n$enddefinitions $end\n#0\n0!\n#5\n1!\n#10\n0!\n")
                .toString();

        assertThat(run(List.of("isolate", good.get(0), good.get(1), "--bad", other)))
                .isEqualTo(2);
        assertThat(err.toString()).contains("of different formats");
        assertThat(run(List.of("isolate", good.get(0), good.get(1), "--bad", good.get(1))))
                .isEqualTo(2);
        assertThat(err.toString()).contains(good.get(1) + ": is named twice");
    }
}

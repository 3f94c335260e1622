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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema holds for every shape of report, and refuses what is no report. */
class ReportSchemaTest {
    private static final Path SCHEMA = Path.of("..", "docs", "reference", "divergence_report.schema.json");

    private static final String SENDER = "alice {\"alice\":1}\nstart\nalice {\"alice\":2}\nsend\n";
    private static final String RECEIVER = "bob {\"bob\":1}\nstart\nbob {\"alice\":2,\"bob\":2}\nreceive\n";

    private static Schema schema;

    @TempDir
    private Path folder;

    @BeforeAll
    static void readSchema() throws IOException {
        schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
    }

    static List<String> packs() throws IOException {
        return PacksTest.names();
    }

    @ParameterizedTest
    @MethodSource("packs")
    void holdsForEveryPack(String pack) {
        check(PacksTest.compareText(pack));
    }

    @Test
    void holdsForEquivalentRuns() throws IOException {
        check(compare(0, "{\"op\":\"a\"}\n{\"op\":\"b\"}\n", "{\"op\":\"a\"}\n\n{\"op\":\"b\"}\n"));
    }

    @Test
    void holdsForIdenticalFiles() throws IOException {
        String run = "{\"op\":\"start\"}\n{\"op\":\"stop\"}\n".repeat(100_000);

        check(compare(0, run, run));
    }

    @Test
    void holdsForAVectorClockLogWithAnEffectInAnotherLane() throws IOException {
        String good = SENDER + RECEIVER + "bob {\"alice\":2,\"bob\":3}\nreply yes\n";
        String bad = RECEIVER + SENDER.replace("send", "send twice") + "bob {\"alice\":2,\"bob\":3}\nreply no\n";

        String report = compare(1, good, bad);

        check(report);
        assertThat(report)
                .contains("\"evidence\" : \"lanes_and_links\"", "\"causal_path\" : [", "\"explained_by\" : [");
    }

    @Test
    void holdsForAnOrderInversion() throws IOException {
        String first = "{\"id\":1,\"thread\":\"a\",\"op\":\"lock\",\"lock\":\"m\"}\n";
        String second = "{\"id\":2,\"thread\":\"b\",\"op\":\"lock\",\"lock\":\"m\"}\n";

        String report = compare(1, first + second, second + first, "--resource", "lock", "--ignore", "id");

        check(report);
        assertThat(report).contains("\"class\" : \"order_inversion\"", "\"members\" : [");
    }

    @Test
    void holdsForRunsOfUnequalLengthWithBrokenLines() throws IOException {
        String good = "{\"op\":\"a\"}\n{\"op\":\"b\"}\n{\"op\":\"c\"}\n{\"op\":\"d\"}\n";

        String report = compare(1, good, "{\"op\":\"a\"}\nbroken\n{\"op\":\"b", "--lenient");

        check(report);
        assertThat(report).contains("\"code\" : \"broken_lines\"", "\"code\" : \"cut_last_line\"");
    }

    @Test
    void holdsForAMissingLane() throws IOException {
        String one = "{\"thread\":\"a\",\"op\":\"x\"}\n{\"thread\":\"a\",\"op\":\"y\"}\n";
        String other = "{\"thread\":\"b\",\"op\":\"x\"}\n{\"thread\":\"b\",\"op\":\"z\"}\n";

        check(compare(1, one + other, one, "--lane", "thread"));
        check(compare(1, one, one + other, "--lane", "thread"));
    }

    @Test
    void refusesAReportWithAnUnknownOrMissingKey() {
        String report = PacksTest.compareText("task-race");

        assertThat(schema.validate(report.replace("\"trace_a\"", "\"trace_x\""), InputFormat.JSON))
                .hasSize(2);
        assertThat(schema.validate(report.replace("\"lane_position\"", "\"position\""), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void refusesAnEquivalentReportWithADivergence() {
        String report = PacksTest.compareText("task-race").replace("\"diverged\"", "\"equivalent\"");

        assertThat(schema.validate(report, InputFormat.JSON)).isNotEmpty();
    }

    private static void check(String report) {
        assertThat(schema.validate(report, InputFormat.JSON)).as(report).isEmpty();
    }

    private String compare(int status, String baseline, String candidate, String... options) throws IOException {
        Path good = Files.writeString(folder.resolve("good"), baseline);
        Path bad = Files.writeString(folder.resolve("bad"), candidate);
        List<String> arguments =
                new ArrayList<>(List.of("compare", good.toString(), bad.toString(), "--format", "json"));
        arguments.addAll(List.of(options));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(Main.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new)))
                .as(err.toString())
                .isEqualTo(status);
        return out.toString();
    }
}

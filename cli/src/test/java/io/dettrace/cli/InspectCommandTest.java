package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    private static final String RUN = "{\"ts_ns\":1000,\"thread\":\"a\",\"event\":\"start\"}\n"
            + "{\"ts_ns\":2500,\"thread\":\"b\",\"event\":\"start\"}\n"
            + "{\"ts_ns\":4000,\"thread\":\"a\",\"event\":\"stop\"}\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void tellsFormatLanesKindsCountsAndTimes() throws IOException {
        assertThat(run("inspect", file("run.jsonl", RUN))).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("jsonl: JSON lines")
                .contains("3 events in 2 lanes, 2 kinds")
                .contains("1 µs to 4 µs (3 µs)")
                .containsPattern("start +2 +run.jsonl:1")
                .containsPattern("\\na? *a +2 ")
                .contains("no problems");
    }

    @Test
    void aHeapThatIsTooSmallIsTroubleAndNoDifference() {
        InputStream before = System.in;
        System.setIn(new InputStream() {
            @Override
            public int read() {
                throw new OutOfMemoryError("a test's");
            }
        });
        try {
            assertThat(run("inspect", "-")).isEqualTo(2);
        } finally {
            System.setIn(before);
        }
        assertThat(err.toString()).contains("DETTRACE_JAVA_OPTS=-Xmx");
    }

    @Test
    void theJsonSaysTheSame() throws IOException {
        assertThat(run("inspect", "--format", "json", file("run.jsonl", RUN)))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().replaceAll("\\s+", ""))
                .contains("\"events\":3")
                .contains("\"first_time_ns\":1000,\"last_time_ns\":4000")
                .contains("{\"name\":\"b\",\"events\":1,\"first_time_ns\":2500,\"last_time_ns\":2500}")
                .contains("\"notes\":[]");
    }

    @Test
    void theJsonIsWhatItsSchemaSays() throws IOException {
        String schema = Files.readString(Path.of("..", "docs", "reference", "inspection.schema.json"));
        run(
                "inspect",
                "--format",
                "json",
                "--lenient",
                file("a.jsonl", RUN + "{oops\n"),
                file("b.jsonl", "{\"x\":1}\n"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema, InputFormat.JSON)
                        .validate(out.toString(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void problemsAreCountedWithTheirFirstPlace() throws IOException {
        String broken = file("run.jsonl", RUN + "{oops\n" + "{\"ts_ns\":3,\"thread\":\"a\",\"event\":\"late\"}\n");
        assertThat(run("inspect", broken)).isEqualTo(2);
        assertThat(err.toString()).contains("run.jsonl:4");
        assertThat(run("inspect", "--lenient", "--time", "ts_ns", broken))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("broken_lines, 1 time, first at").contains("time_backwards, 1 time");
    }

    @Test
    void filesTogetherAreOneRun() throws IOException {
        String a = file("a.jsonl", RUN);
        String b = file("b.jsonl", RUN);
        assertThat(run("inspect", "--together", a, b)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("6 events").contains("2 files");
        out.getBuffer().setLength(0);
        assertThat(run("inspect", folder.resolve("?.jsonl").toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("6 events").contains("2 files");
    }

    @Test
    void theTextIsTheSameInEveryLocale() throws IOException {
        String name = file("run.jsonl", RUN);
        run("inspect", name);
        String here = out.toString();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            out.getBuffer().setLength(0);
            run("inspect", name);
        } finally {
            Locale.setDefault(before);
        }
        assertThat(out).hasToString(here);
    }

    @Test
    void anUnknownFormatOrOptionIsNamed() throws IOException {
        String name = file("run.jsonl", RUN);
        assertThat(run("inspect", "--as", "nonsense", name)).isEqualTo(2);
        assertThat(err.toString()).contains("\"nonsense\"").contains("jsonl");
        assertThat(run("inspect", "--with", "a=b", name)).isEqualTo(2);
        assertThat(err.toString()).contains("--with gave a");
    }

    @Test
    void anInputThatCannotBeReadDoesNotHideTheOthers() throws IOException {
        assertThat(run("inspect", file("a.jsonl", "{oops"), file("b.jsonl", RUN)))
                .isEqualTo(2);
        assertThat(out.toString()).contains("b.jsonl").contains("3 events");
        assertThat(err.toString()).contains("a.jsonl");
    }

    @Test
    void eachExecutionOfATextLogIsLookedAt() throws IOException {
        String one = "=== first ===\nn1 {\"n1\":1}\nstart\n";
        String two = "=== second ===\nn1 {\"n1\":1}\nstart\nn1 {\"n1\":2}\nstop\n";
        String log = file("runs.log", one + two);
        assertThat(run("inspect", log)).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("runs.log#first")
                .contains("1 event in")
                .contains("2 events in");
        out.getBuffer().setLength(0);
        assertThat(run("inspect", "--run", "second", log)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("2 events in").doesNotContain("#first");
    }

    @Test
    void aPatternThatMatchesNothingIsAnError() {
        assertThat(run("inspect", folder.resolve("*.none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("none that matches");
    }
}

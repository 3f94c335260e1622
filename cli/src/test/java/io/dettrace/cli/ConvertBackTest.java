package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that was converted to JSON lines is the same run again in its own format. */
class ConvertBackTest {
    private static final Path FILES = Path.of("..", "formats", "src", "test", "resources");

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), args);
    }

    @ParameterizedTest
    @CsvSource({
        "vcd/random.vcd, vcd",
        "jaeger/spansAmongEachOther.json, otlp-json",
        "chrome/flow_simple.json, chrome",
    })
    void throughJsonLinesAndBackItIsTheSameRun(String file, String format) {
        String original = FILES.resolve(file).toString();
        String lines = folder.resolve("run.jsonl").toString();
        String back = folder.resolve("run.back").toString();
        assertThat(run("convert", original, lines)).as(err.toString()).isZero();
        assertThat(run("convert", "--to", format, lines, back))
                .as(err.toString())
                .isZero();
        assertThat(run("compare", original, lines)).as(err.toString()).isZero();
        assertThat(run("compare", original, back)).as(err.toString()).isZero();
        assertThat(run("compare", back, lines)).as(err.toString()).isZero();
    }

    @Test
    void aRunOfAnotherFamilyIsRefused() {
        String spans = FILES.resolve("jaeger/spansAmongEachOther.json").toString();
        assertThat(run("convert", "--to", "vcd", spans, folder.resolve("x.vcd").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("spans").contains("vcd");
        assertThat(folder).isEmptyDirectory();
    }
}

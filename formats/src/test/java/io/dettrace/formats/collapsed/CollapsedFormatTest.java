package io.dettrace.formats.collapsed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.compare.CompareOptions;
import io.dettrace.formats.DetTrace;
import io.dettrace.formats.ReadOptions;
import io.dettrace.formats.kernel.TraceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollapsedFormatTest {
    @TempDir
    private Path folder;

    private TraceText traces;

    @BeforeEach
    void open() {
        traces = new TraceText(new CollapsedFormat(), folder, Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "a;b;c 12 | a;b;c | 12 | -",
                "java;Lx/Y;::run_[j];[k] x 3 | java;Lx/Y;::run_[j];[k] x | 3 | -",
                "mod!f;g(int, char) 1.5 | mod!f;g(int, char) | 1.5 | -",
                "one 007 | one | 7 | -",
                "a;b 10 12 | a;b | 12 | 10"
            })
    void aLineIsAStackAndItsCount(String line, String stack, String count, String before) throws IOException {
        Map<String, String> e = traces.read(line).get(0);
        assertThat(e).containsEntry("stack", stack).containsEntry("count", count);
        assertThat(e.get("count_before")).isEqualTo(before);
    }

    @Test
    void theOrderOfLinesAndTheCountsMeanNothing() throws IOException {
        List<String> lines =
                new ArrayList<>(new String(TraceText.resource("collapsed/sample1.collapsed"), StandardCharsets.UTF_8)
                        .lines()
                        .toList());
        Path a = Files.write(folder.resolve("a.collapsed"), lines);
        Collections.shuffle(lines, new Random(3));
        lines.replaceAll(l -> l + "0");
        Path b = Files.write(folder.resolve("b.collapsed"), lines);
        assertThat(differ(a, b, ReadOptions.DEFAULT)).isFalse();
        ReadOptions counted = ReadOptions.DEFAULT.withFormat(Optional.empty(), Map.of("counts", "compare"));
        assertThat(differ(a, b, counted)).isTrue();
        lines.remove(2);
        Path c = Files.write(folder.resolve("c.collapsed"), lines);
        assertThat(differ(a, c, ReadOptions.DEFAULT)).isTrue();
    }

    private static boolean differ(Path a, Path b, ReadOptions options) throws IOException {
        return DetTrace.compare(a, b, options, CompareOptions.DEFAULT)
                .comparison()
                .first()
                .isPresent();
    }

    @Test
    void aLineWithoutACountIsRefusedOrCounted() throws IOException {
        assertThatThrownBy(() -> traces.read("a;b 1\na;c\n"))
                .hasMessageContaining("trace.txt:2")
                .hasMessageContaining("no count");
        assertThat(traces.read("a;b 1\na;c\n", true)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a; b; c 12\n", "a;b\n", "x 1\ny 2\n", "{\"a\":\"b;c\"} 1\n", "12\n"})
    void otherTextIsNotTakenForIt(String text) throws IOException {
        assertThat(traces.claims(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b 1\na;b;c 2\na;b", "a;b 1\na;b;c 2\na;b;c ", "a;b 1\na"})
    void aProfileThatIsCutInItsLastLineIsStillTold(String text) throws IOException {
        assertThat(traces.claims(text)).isTrue();
        assertThatThrownBy(() -> traces.read(text)).hasMessageContaining("no count");
    }

    @Test
    void anEmptyProfileSaysSo() {
        assertThatThrownBy(() -> traces.read("# nothing\n")).hasMessageContaining("there is no stack in it");
    }
}

package io.dettrace.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The formats together: each takes its own files, and no other takes them from it. */
class FormatsTest {
    /** Folders of resources whose files are told from the content alone, and the formats that they may be. */
    private static final Map<String, Set<String>> FOLDERS = Map.ofEntries(
            Map.entry("otlp", Set.of("otlp", "otlp-json")),
            Map.entry("jaeger", Set.of("jaeger")),
            Map.entry("zipkin", Set.of("zipkin")),
            Map.entry("log", Set.of("log")),
            Map.entry("jepsen", Set.of("jepsen")),
            Map.entry("vcd", Set.of("vcd")),
            Map.entry("sigrok", Set.of("sigrok")),
            Map.entry("ctf", Set.of("ctf")),
            Map.entry("commit", Set.of("commit")),
            Map.entry("csv", Set.of("csv")),
            Map.entry("ftrace", Set.of("ftrace")),
            Map.entry("perf", Set.of("perf")),
            Map.entry("chrome", Set.of("chrome")),
            Map.entry("collapsed", Set.of("collapsed")),
            Map.entry("jfr", Set.of("jfr")),
            Map.entry("temporal", Set.of("temporal")),
            Map.entry("shiviz", Set.of()),
            Map.entry("seed", Set.of()));

    /** Formats that share a page. */
    private static final Map<String, String> PAGES =
            Map.of("otlp", "spans", "otlp-json", "spans", "jaeger", "spans", "zipkin", "spans", "datadriven", "log");

    private static List<Path> files(String folder) throws IOException, URISyntaxException {
        var resource = FormatsTest.class.getResource("/" + folder);
        if (resource == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(Path.of(resource.toURI()))) {
            return files.filter(Files::isRegularFile)
                    .filter(f -> !f.getFileName().toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> onlyTheFormatOfAFileTakesIt() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, Set<String>> folder : FOLDERS.entrySet()) {
            for (Path file : files(folder.getKey())) {
                tests.add(DynamicTest.dynamicTest(
                        folder.getKey() + "/" + file.getFileName(),
                        () -> assertThat(folder.getValue()).containsAll(takers(file))));
            }
        }
        assertThat(tests).hasSizeGreaterThan(20);
        return tests.stream();
    }

    private static List<String> takers(Path file) throws IOException {
        List<String> takers = new ArrayList<>();
        Head head = Head.of(List.of(new InputFile(file, file.getFileName().toString())));
        for (RecordFormat format : Formats.all()) {
            // The plain log is asked last and takes what looks like a log and is nothing else.
            if (!format.name().equals("log") && format.claims(head)) {
                takers.add(format.name());
            }
        }
        return takers;
    }

    @Test
    void namesOfFormatsAndTheirOptionsAreDistinctAndExplained() {
        Set<String> names = new HashSet<>(Set.of("json", "jsonl", "pattern"));
        for (RecordFormat format : Formats.all()) {
            assertThat(names.add(format.name())).as(format.name()).isTrue();
            assertThat(format.title()).isNotBlank();
            Set<String> options = new HashSet<>();
            for (RecordFormat.FormatOption option : format.options()) {
                assertThat(options.add(option.name())).as(option.name()).isTrue();
                assertThat(option.help()).isNotBlank();
            }
        }
    }

    @Test
    void everyFormatHasAPageInTheReference() {
        for (RecordFormat format : Formats.all()) {
            String page = PAGES.getOrDefault(format.name(), format.name());
            assertThat(Path.of("..", "docs", "reference", "formats", page + ".md"))
                    .exists();
        }
    }
}

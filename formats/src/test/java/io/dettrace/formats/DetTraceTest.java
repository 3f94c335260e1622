package io.dettrace.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.compare.Divergence;
import io.dettrace.compare.DivergenceClass;
import io.dettrace.event.InputException;
import io.dettrace.report.Explanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library as a program uses it, with everything inferred. */
class DetTraceTest {
    @TempDir
    Path folder;

    private Path file(String name, List<String> lines) throws IOException {
        return Files.write(folder.resolve(name), lines);
    }

    @Test
    void aReaderOfOnePageComparesTwoRuns() throws IOException {
        Path good = file("good.jsonl", List.of("{\"event\":\"open\"}", "{\"event\":\"close\"}"));
        Path bad = file("bad.jsonl", List.of("{\"event\":\"open\"}", "{\"event\":\"crash\"}"));
        Explanation found = DetTrace.compare(good, bad);
        assertThat(found.comparison().first().map(Divergence::index)).contains(1L);
        assertThat(found.sentence()).contains("expected close, got crash");
    }

    @Test
    void aWrongParentIsFoundInOneLane() throws IOException {
        List<String> good = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            good.add("{\"type\":\"t" + i + "\",\"span_id\":\"s" + i + "\",\"parent_span_id\":\""
                    + (i == 0 ? "" : "s" + (i - 1)) + "\"}");
        }
        for (String wrong : List.of("s0", "")) {
            List<String> bad = new ArrayList<>(good);
            bad.set(3, good.get(3).replace("\"parent_span_id\":\"s2\"", "\"parent_span_id\":\"" + wrong + "\""));
            Explanation found = DetTrace.compare(file("a.jsonl", good), file("b.jsonl", bad));
            assertThat(found.comparison().first().map(Divergence::index))
                    .as(wrong)
                    .contains(3L);
        }
    }

    @Test
    void aValueThatHappensToCountIsCompared() throws IOException {
        List<String> good = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            good.add("{\"event\":\"e\",\"value\":" + i + "}");
        }
        List<String> bad = new ArrayList<>(good);
        bad.set(5_500, "{\"event\":\"e\",\"value\":7}");
        Explanation found = DetTrace.compare(file("a.jsonl", good), file("b.jsonl", bad));
        assertThat(found.comparison().first().map(Divergence::index)).contains(5_500L);
        assertThat(found.comparison().roots()).hasSize(1);
    }

    @Test
    void timesThatJumpBackAndForthAreNoDifferences() throws IOException {
        List<String> good = new ArrayList<>();
        List<String> bad = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            good.add("{\"ts\":" + (1000 + i * 10 - i % 3 * 25) + ",\"thread\":\"t" + i % 3 + "\",\"event\":\"e" + i
                    + "\"}");
            bad.add("{\"ts\":" + (70_000 + i * 11 - i % 4 * 31) + ",\"thread\":\"t" + i % 3 + "\",\"event\":\"e" + i
                    + "\"}");
        }
        assertThat(DetTrace.compare(file("a.jsonl", good), file("b.jsonl", bad))
                        .comparison()
                        .isEqual())
                .isTrue();
    }

    @Test
    void aWorkerThatTakesAnotherJobIsFoundAlthoughJobsAreRenamed() throws IOException {
        List<List<String>> runs = new ArrayList<>();
        for (int run = 0; run < 3; run++) {
            Random random = new Random(run);
            List<String> jobs = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                jobs.add(new UUID(random.nextLong(), random.nextLong()).toString());
            }
            List<String> lines = new ArrayList<>();
            jobs.forEach(j -> lines.add("{\"thread\":\"producer\",\"event\":\"put\",\"job\":\"" + j + "\"}"));
            for (int i = 0; i < 8; i++) {
                int taken = run == 2 && (i == 3 || i == 5) ? 8 - i : i;
                lines.add(
                        "{\"thread\":\"worker-" + i % 2 + "\",\"event\":\"take\",\"job\":\"" + jobs.get(taken) + "\"}");
            }
            runs.add(lines);
        }
        Path good = file("good.jsonl", runs.get(0));
        assertThat(DetTrace.compare(good, file("same.jsonl", runs.get(1)))
                        .comparison()
                        .isEqual())
                .isTrue();
        Explanation found = DetTrace.compare(good, file("bad.jsonl", runs.get(2)));
        assertThat(found.comparison().first().map(Divergence::lane)).contains("worker-1");
        assertThat(found.comparison().first().map(Divergence::index)).contains(11L);
    }

    @Test
    void aTypeThatDiffersIsSaidSo() throws IOException {
        Path good = file("good.jsonl", List.of("{\"event\":\"e\",\"v\":4}"));
        Path bad = file("bad.jsonl", List.of("{\"event\":\"e\",\"v\":\"4\"}"));
        Explanation found = DetTrace.compare(good, bad);
        assertThat(found.comparison().first().map(Divergence::type)).contains(DivergenceClass.VALUE);
        assertThat(found.sentence()).contains("e: v is \"4\", expected 4");
    }

    @Test
    void runsOfDifferentFormatsAreRefused() throws IOException {
        Path json = file("a.jsonl", List.of("{\"event\":\"e\"}"));
        Path text = file("b.log", List.of("a {\"a\":1}", "start"));
        assertThatThrownBy(() -> DetTrace.compare(json, text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("different formats");
    }

    @Test
    void largeIdenticalFilesAreEquivalentByTheirBytes() throws IOException {
        String line = "{\"event\":\"" + "x".repeat(1_000) + "\"}\n";
        String text = line.repeat((int) (IdenticalFiles.FROM_BYTES / line.length() + 1));
        Path a = Files.writeString(folder.resolve("a.jsonl"), text);
        Path b = Files.writeString(folder.resolve("b.jsonl"), text);
        assertThat(DetTrace.compare(a, b).identicalBytes()).hasValue(text.length());
        Files.writeString(b, text.substring(0, text.length() - 4) + "y\"}\n");
        assertThat(DetTrace.compare(a, b).identicalBytes()).isEmpty();
    }
}

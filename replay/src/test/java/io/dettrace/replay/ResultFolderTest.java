package io.dettrace.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What results may replace. */
class ResultFolderTest {
    private static final ResultFolder RESULTS =
            new ResultFolder("report.json", "demo/report/1", Pattern.compile("(a|b)\\.jsonl|report\\.json"));
    private static final String OURS = "{\n  \"schema\" : \"demo/report/1\"\n}\n";

    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void name() {
        folder = root.resolve("new").resolve("results");
    }

    private Path put(String name, String text) throws IOException {
        Files.createDirectories(folder);
        return Files.writeString(folder.resolve(name), text);
    }

    private List<Path> prepare(boolean force, Path... inputs) throws IOException {
        return RESULTS.prepare(folder, force, List.of(inputs));
    }

    @Test
    void aFolderThatIsNotThereIsMadeAndLeftEmpty() throws IOException {
        assertThat(prepare(false)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void resultsOfAnEarlierCallAreReplacedAndOtherNamesAreNoResults() throws IOException {
        Path report = put("report.json", OURS);
        Path log = put("b.jsonl", "events");
        put("notes.txt", "mine");
        assertThat(prepare(false)).containsExactly(log, report);
    }

    @Test
    void filesOfOthersAreOnlyReplacedByForce() throws IOException {
        Path log = put("a.jsonl", "mine");
        put("report.json", "{\"mine\":1}");
        assertThatThrownBy(() -> prepare(false))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(log + ": exists already and was not written by DetTrace")
                .hasMessageContaining("--force");
        assertThat(prepare(true)).contains(log);
        assertThat(log).hasContent("mine");
    }

    @Test
    void aReportOfOthersIsKeptToo() throws IOException {
        Path report = put("report.json", "");
        Files.write(report, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> prepare(false))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(report + ": exists already");
    }

    @Test
    void aReportThatNamesTheSchemaFarBehindItsBeginningIsAnothers() throws IOException {
        put("report.json", "{\"text\":\"" + "x".repeat(300) + "\",\"schema\":\"demo/report/1\"}");
        assertThatThrownBy(() -> prepare(false)).isInstanceOf(InputException.class);
    }

    @Test
    void anInputIsNotReplacedEvenByForce() throws IOException {
        put("report.json", OURS);
        Path input = put("a.jsonl", "events");
        Path sameFile = Files.createSymbolicLink(root.resolve("link"), input);
        assertThatThrownBy(() -> prepare(true, root.resolve("missing"), sameFile))
                .isInstanceOf(InputException.class)
                .hasMessage(input + ": is an input of this command; choose another folder for --out");
    }

    @Test
    void aFileInPlaceOfTheFolderIsTrouble() throws IOException {
        Path file = put("file", "mine");
        assertThatThrownBy(() -> RESULTS.prepare(file, true, List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + ": is not a folder");
    }
}

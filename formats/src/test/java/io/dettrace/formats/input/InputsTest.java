package io.dettrace.formats.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dettrace.event.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
    @TempDir
    Path folder;

    private static InputStream stdin(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private Path write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }

    @Test
    void standardInputCanBeReadAgainAndAgainUntilItIsClosed() throws IOException {
        Path copy;
        try (Inputs inputs = new Inputs(stdin("hello"))) {
            InputFile file = inputs.resolve("-").get(0);
            copy = file.path();
            assertThat(file.name()).isEqualTo("(standard input)");
            assertThat(file.open()).hasContent("hello");
            assertThat(file.open()).hasContent("hello");
            assertThatThrownBy(() -> inputs.resolve("-"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("given twice");
        }
        assertThat(copy).doesNotExist();
    }

    @Test
    void aFileKeepsTheNameTheUserWrote() throws IOException {
        String written = write("a.log").toString();
        try (Inputs inputs = new Inputs(stdin(""))) {
            assertThat(inputs.resolve(written)).containsExactly(new InputFile(Path.of(written), written));
        }
    }

    @Test
    void aFolderIsItsFilesInNaturalOrderWithoutHiddenOnes() throws IOException {
        for (String name : List.of("node10.log", "node2.log", "sub/b", "sub/.x", ".git/c", "node2/z", ".hidden")) {
            write(name);
        }
        try (Inputs inputs = new Inputs(stdin(""))) {
            assertThat(inputs.resolve(folder.toString()))
                    .extracting(InputFile::name)
                    .containsExactly(
                            folder + "/node2/z", folder + "/node2.log", folder + "/node10.log", folder + "/sub/b");
            assertThat(inputs.resolve(folder + "/"))
                    .hasSize(4)
                    .allMatch(f -> !f.name().contains("//"));
        }
    }

    @Test
    void aFolderHoldsAtMostTheLimit() throws IOException {
        write("1");
        write("2");
        try (Inputs two = new Inputs(stdin(""), 2)) {
            assertThat(two.resolve(folder.toString())).hasSize(2);
            write("3");
            assertThatThrownBy(() -> two.resolve(folder.toString())).hasMessageContaining("more than 2 files");
        }
    }

    @Test
    void whatCannotBeReadIsSaidClearly() throws IOException {
        try (Inputs inputs = new Inputs(stdin(""))) {
            assertThatThrownBy(() -> inputs.resolve(folder.toString()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("holds no files");
            assertThatThrownBy(() -> inputs.resolve("no/such/file"))
                    .isInstanceOf(InputException.class)
                    .hasMessage("no/such/file: there is no such file; check the name");
            assertThatThrownBy(() -> inputs.resolve("a\0b"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("is not a file name");
            assertThatThrownBy(() -> inputs.resolve(""))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("is empty");
        }
    }

    @Test
    void aLinkBackOrToNowhereIsAnError() throws IOException {
        write("a");
        Path link = Files.createSymbolicLink(folder.resolve("loop"), folder);
        try (Inputs inputs = new Inputs(stdin(""))) {
            assertThatThrownBy(() -> inputs.resolve(folder.toString()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("leads back");
            Files.delete(link);
            Files.createSymbolicLink(folder.resolve("gone"), folder.resolve("nowhere"));
            assertThatThrownBy(() -> inputs.resolve(folder.toString()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("leads nowhere");
        }
    }

    @Test
    void aDeviceIsRefused() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/null")));
        try (Inputs inputs = new Inputs(stdin(""))) {
            assertThatThrownBy(() -> inputs.resolve("/dev/null"))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("device");
        }
    }

    @Test
    void aPipeIsCopiedOnce() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(mkfifo(pipe));
        Thread writer = new Thread(() -> {
            try {
                Files.writeString(pipe, "through the pipe");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        writer.start();
        try (Inputs inputs = new Inputs(stdin(""))) {
            InputFile file = inputs.resolve(pipe.toString()).get(0);
            writer.join();
            assertThat(file.name()).isEqualTo(pipe.toString());
            assertThat(file.open()).hasContent("through the pipe");
            assertThat(file.open()).hasContent("through the pipe");
            assertThatThrownBy(() -> inputs.resolve(pipe.toString())).hasMessageContaining("given twice");
        }
    }

    private static boolean mkfifo(Path pipe) throws InterruptedException {
        try {
            return new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    @Test
    void naturalOrderIsTotalAndReadsDigitsAsNumbers() {
        List<String> order = List.of("", "1", "01", "2", "10", "a", "a/1", "a-1", "a1", "a01b", "a2", "a10", "b", "é");
        List<String> shuffled = new ArrayList<>(order);
        for (int seed = 0; seed < 50; seed++) {
            Collections.shuffle(shuffled, new Random(seed));
            shuffled.sort(NaturalOrder.INSTANCE);
            assertThat(new ArrayList<>(shuffled)).as("seed %d", seed).hasSameElementsAs(order);
            assertThat(shuffled.indexOf("a2")).isLessThan(shuffled.indexOf("a10"));
            List<String> again = new ArrayList<>(shuffled);
            again.sort(NaturalOrder.INSTANCE);
            assertThat(again).isEqualTo(shuffled);
        }
        assertThat(NaturalOrder.INSTANCE.compare("x99999999999999999998", "x99999999999999999999"))
                .isNegative();
        assertThat(NaturalOrder.INSTANCE.compare("1", "01")).isNotZero();
    }
}

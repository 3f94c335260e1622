package io.dettrace.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is said when there is no room for a file. Its beginning is led to a device that is always full. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path folder;

    private static String advice(Path file) {
        return file + ": No space left on device; make room there, or choose another place for it";
    }

    private Stream<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        }
    }

    @Test
    void aScheduleThatCannotBeWrittenIsNamedAndLeavesNothing() throws IOException {
        Files.createSymbolicLink(folder.resolve("run.schedule.part"), FULL);
        Path file = folder.resolve("run.schedule");
        assertThatThrownBy(() -> Schedule.builder().build().write(file))
                .isInstanceOf(IOException.class)
                .hasMessage(advice(file));
        assertThat(left()).isEmpty();
    }

    @Test
    void aResultThatCannotBeWrittenIsNamedAndTheEarlierOneStays() throws IOException {
        Path file = Files.writeString(folder.resolve("summary.json"), "earlier");
        Files.createSymbolicLink(
                folder.resolve(".summary.json." + ProcessHandle.current().pid() + ".part"), FULL);
        assertThatThrownBy(() -> WholeFile.write(file, writer -> writer.write("new")))
                .isInstanceOf(IOException.class)
                .hasMessage(advice(file));
        assertThat(left()).containsExactly(file);
        assertThat(file).hasContent("earlier");
    }

    @Test
    void anErrorOfWhatIsWrittenIsNotTakenForOneOfTheFile() throws IOException {
        Path file = folder.resolve("summary.json");
        assertThatThrownBy(() -> WholeFile.write(file, writer -> {
                    throw new IOException("cannot read the input");
                }))
                .hasMessage("cannot read the input");
        assertThat(left()).isEmpty();
    }
}

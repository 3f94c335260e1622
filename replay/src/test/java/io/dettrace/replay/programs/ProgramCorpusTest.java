package io.dettrace.replay.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.replay.programs.CorpusProgram.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProgramCorpusTest {
    private static final Path SOURCES = Path.of("src", "test", "java");

    @Test
    void everySourceWithAMainMethodIsListedOnce() throws IOException {
        Path folder = ProgramCorpus.named("TwoThreads").source(SOURCES).getParent();
        List<String> names;
        try (Stream<Path> files = Files.list(folder)) {
            names = files.filter(ProgramCorpusTest::isProgram)
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();
        }
        assertThat(ProgramCorpus.all()).extracting(CorpusProgram::name).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void everyListedClassHasAMainMethod() {
        assertThat(ProgramCorpus.all())
                .allSatisfy(program -> assertThat(
                                Class.forName(program.className()).getMethod("main", String[].class))
                        .isNotNull());
    }

    @Test
    void faultsAreMarkedInBuggyProgramsAndInNoOthers() {
        assertThat(ProgramCorpus.all()).allSatisfy(program -> {
            FaultMarkers faults = program.faults(SOURCES);
            boolean buggy = program.kind() == Kind.BUGGY;
            assertThat(faults.windows().isEmpty()).as(program.name()).isNotEqualTo(buggy);
            assertThat(faults.intruders().isEmpty()).as(program.name()).isNotEqualTo(buggy);
        });
    }

    @Test
    void aMarkedWindowReachesFromItsBeginToItsEnd() throws IOException {
        FaultMarkers faults = ProgramCorpus.named("DuplicateDequeue").faults(SOURCES);
        List<String> lines =
                Files.readAllLines(ProgramCorpus.named("DuplicateDequeue").source(SOURCES));
        FaultMarkers.Window window = faults.windows().get(0);
        assertThat(lines.get(window.begin() - 1)).contains("int at = head;");
        assertThat(lines.get(window.end() - 1)).contains("head = at + 1;");
        assertThat(faults.inWindow(window.begin() - 1)).isFalse();
        assertThat(faults.inWindow(window.end())).isTrue();
        assertThat(faults.intruders()).containsExactly(window.end());
    }

    private static boolean isProgram(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .anyMatch(line -> line.startsWith("    public static void main(String[] args)"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.dettrace.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded runs on disk. */
class RecordedRunTest {
    @TempDir
    private Path folder;

    private RecordedRun keep() throws Exception {
        try (SimulatedRunner runner = new SimulatedRunner(SimulatedPrograms.lostUpdate(), 1)) {
            RunResult run = runner.run(RunRequest.seeded("random:0.5", 1, 50, true));
            return RecordedRun.keep(Target.of("java", "demo.Main"), run, folder, "run.1");
        }
    }

    @Test
    void aRunIsOpenedByEitherOfItsFilesAndByItsName() throws Exception {
        RecordedRun kept = keep();
        for (String name : List.of("run.1.jsonl", "run.1.schedule", "run.1")) {
            assertThat(RecordedRun.open(folder.resolve(name))).isEqualTo(kept);
        }
        assertThat(kept.target()).isEqualTo(Target.of("java", "demo.Main"));
    }

    @Test
    void aRunWithoutItsLogCanBeOpenedAndOneWithoutItsScheduleCannot() throws Exception {
        RecordedRun kept = keep();
        Files.delete(kept.log().orElseThrow());
        assertThat(RecordedRun.open(kept.file()).log()).isEmpty();
        Path lonely = Files.writeString(folder.resolve("lonely.jsonl"), "{}\n");
        assertThatThrownBy(() -> RecordedRun.open(lonely))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("lonely.schedule: is missing")
                .hasMessageContaining("dettrace record");
    }

    @Test
    void aBrokenScheduleIsNamedWithItsLine() throws Exception {
        Path file = Files.writeString(folder.resolve("x.schedule"), "dettrace-schedule 1\nswitch 0\n");
        assertThatThrownBy(() -> RecordedRun.open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("x.schedule:2: expected 'switch THREAD EVENT[.REPETITION] TO'");
    }

    @Test
    void aBrokenLogIsNamedWithItsLine() throws Exception {
        Path log = Files.writeString(
                folder.resolve("x.jsonl"), "{\"thread\":\"0\",\"n\":0,\"op\":\"begin\"}\n{\"thread\":\"0\",\"n\"");
        assertThatThrownBy(() -> RunLog.read(log))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("x.jsonl: line 2 is no event of a recorded run");
    }

    @Test
    void theOrderOfWhatCameFromOutsideIsKeptForTheReplay() throws Exception {
        RecordedRun kept = keep();
        var outside = kept.schedule().toBuilder().header("admit", "0.1 0.2").build();
        assertThat(RunRequest.again(outside, true).control().header("admit")).isEqualTo("0.1 0.2");
        assertThat(RunRequest.again(outside, true).control().preemptions()).isEqualTo(outside.preemptions());
    }
}

package io.dettrace.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a run left no schedule. The programs are shell scripts, so that no agent is needed. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LostRunTest {
    @TempDir
    private Path folder;

    /** A program called {@code java} that says its version when asked, and does something else when not. */
    private String java(String version, String body) throws IOException {
        Path script = Files.writeString(
                folder.resolve("java"),
                "#!/bin/sh\nif [ \"$1\" = -version ]; then echo 'openjdk version \"" + version + "\"' >&2; exit 0; fi\n"
                        + body + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script.toString();
    }

    private RunResult run(Target target) throws IOException, InterruptedException {
        try (ProcessRunner runner = new ProcessRunner(target, folder.resolve("agent.jar"), Duration.ofSeconds(20))) {
            return runner.run(RunRequest.scripted(List.of(), false));
        }
    }

    private static void lost(RunResult run, int status) {
        assertThat(run.outcome()).isEqualTo(new Outcome(Outcome.Kind.LOST, "exit status " + status));
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.events()).isZero();
    }

    @Test
    void aCommandThatStartsNoJavaIsSaidToStartNone() throws Exception {
        RunResult run = run(Target.of("sh", "-c", "echo built; exit 3"));
        lost(run, 3);
        assertThat(run.message())
                .isEqualTo("the program ended with status 3 and no java that it started began a main method\nbuilt");
    }

    @Test
    void aJavaThatEndsBeforeItsMainMethodIsSaidToDoSoWithWhatItPrinted() throws Exception {
        RunResult run = run(Target.of(java("17.0.1", "echo 'Could not find main class' >&2; exit 1"), "Missing"));
        lost(run, 1);
        assertThat(run.message())
                .startsWith("the program ended with status 1 before its main method began\n")
                .contains("Could not find main class");
    }

    @Test
    void aJavaThatIsKilledIsSaidToBeKilledAndBySignal() throws Exception {
        RunResult run = run(Target.of(java("17.0.1", "kill -9 $$"), "Main"));
        lost(run, 137);
        assertThat(run.message()).contains("ended with status 137 (signal 9) before its main method began");
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_412, 8", "11.0.2, 11", "16, 16"})
    void aJavaThatIsTooOldIsNamedWithItsVersion(String version, int feature) throws Exception {
        String java = java(version, "echo 'Unrecognized VM option' >&2; exit 1");
        RunResult run = run(Target.of(java, "Main"));
        lost(run, 1);
        assertThat(run.message())
                .startsWith(java + " is Java " + feature + ", and control needs Java 17 or newer; name another java");
    }

    @Test
    void aProgramCalledJavaThatTellsNoVersionIsNotTakenForAnOldOne() throws Exception {
        Path script = Files.writeString(folder.resolve("java"), "#!/bin/sh\necho gij 1\nexit 2\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        RunResult run = run(Target.of(script.toString(), "Main"));
        lost(run, 2);
        assertThat(run.message()).startsWith("the program ended with status 2 before its main method began");
    }

    @Test
    void aRunThatBeganIsSaidToHaveEndedInItsMiddle() throws Exception {
        Path made = folder.resolve("made");
        assertThat(LostRun.begun(made)).isFalse();
        Files.createFile(Path.of(made + Schedule.TAKEN));
        assertThat(LostRun.begun(made)).isTrue();
        assertThat(LostRun.why(Target.of(java("11", "exit 1"), "Main"), 143, true))
                .isEqualTo("the program ended with status 143 (signal 15) in the middle of the run, so there is no"
                        + " schedule; its last events are lost");
    }

    @ParameterizedTest
    @CsvSource({"method:demo.QueueTest#drains:2, demo.QueueTest#drains:2", "tests, a test method"})
    void aScopeThatIsNeverReachedIsNamed(String scope, String said) throws Exception {
        RunResult run = run(new Target(List.of("true"), Map.of("scope", scope)));
        lost(run, 0);
        assertThat(run.message())
                .startsWith("the program ended with status 0 without running " + said + " in a JVM that has the agent")
                .contains("forkCount above 0");
    }
}

package io.dettrace.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import io.dettrace.replay.schedule.Schedule;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How programs are started, waited for and ended. */
class LaunchTest {
    private static final Path AGENT = Path.of("home", "dettrace-agent.jar");
    private static final Path CONTROL = Path.of("c");

    @TempDir
    private Path folder;

    @Test
    void aJavaCommandGetsTheFlagsRightBehindTheLauncher() {
        Target target = Target.of("/opt/jdk/bin/java", "-cp", "x.jar", "demo.Main", "-javaagent:not-ours");
        LaunchCommand command = LaunchCommand.of(target, AGENT, CONTROL, false, 0);
        assertThat(command.words())
                .containsExactly(
                        "/opt/jdk/bin/java",
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:hashCode=3",
                        "-XX:-UseDynamicNumberOfCompilerThreads",
                        "-XX:ActiveProcessorCount=4",
                        "-javaagent:" + AGENT + "=control=c",
                        "-cp",
                        "x.jar",
                        "demo.Main",
                        "-javaagent:not-ours");
        assertThat(command.environment()).isEmpty();
    }

    @Test
    void aBuildToolGetsTheFlagsThroughTheEnvironment() {
        Path spaced = Path.of("my home", "dettrace-agent.jar");
        LaunchCommand command = LaunchCommand.of(Target.of("mvn", "test"), spaced, CONTROL, true, 0);
        assertThat(command.words()).containsExactly("mvn", "test");
        assertThat(command.environment().get("JDK_JAVA_OPTIONS"))
                .endsWith("\"-javaagent:" + spaced + "=control=c\"")
                .contains("-XX:hashCode=3");
    }

    @Test
    void shortRunsDoNotGetASecondCollector() {
        Target target = Target.of("java", "-XX:+UseG1GC", "demo.Main");
        assertThat(LaunchCommand.of(target, AGENT, CONTROL, true, 0).words())
                .contains("-XX:TieredStopAtLevel=1")
                .doesNotContain("-XX:+UseSerialGC");
        assertThat(LaunchCommand.of(Target.of("java", "X"), AGENT, CONTROL, true, 0)
                        .words())
                .contains("-XX:+UseSerialGC");
    }

    @Test
    void aDebuggerIsWaitedForOnThisMachineOnly() {
        assertThat(LaunchCommand.of(Target.of("java", "X"), AGENT, CONTROL, false, 5005)
                        .words())
                .contains("-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:5005");
    }

    @Test
    void theProgramIsReadBackFromItsSchedule() throws Exception {
        Target target = new Target(List.of("java", "-Dx=\"a b\\", "ü"), Map.of("scope", "main"));
        Schedule.Builder schedule = Schedule.builder();
        target.describe(schedule);
        Schedule read = Schedule.parse(List.of(schedule.build().text().split("\n")), "a");
        assertThat(Target.from(read, "a")).isEqualTo(target);
    }

    @Test
    void aScheduleWithoutAProgramSaysWhatToDo() {
        assertThatThrownBy(() -> Target.from(Schedule.builder().build(), "a.schedule"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.schedule")
                .hasMessageContaining("dettrace record");
        Schedule wrong = Schedule.builder().header("command", "[\"java\", 3]").build();
        assertThatThrownBy(() -> Target.from(wrong, "a.schedule")).hasMessageContaining("[\"java\", 3]");
    }

    @Test
    void outputAndStatusOfAProgramAreCaptured() throws Exception {
        ChildProcess.Ended ended = ChildProcess.captured(
                java(
                        "Say",
                        "System.out.print(\"out\");"
                                + " System.err.print(\"err\"); System.exit(System.in.read() < 0 ? 7 : 8);"),
                Duration.ofSeconds(60));
        assertThat(ended.status()).isEqualTo(7);
        assertThat(ended.output()).isEqualTo("outerr");
        assertThat(ended.digest()).hasSize(64);
        assertThat(ended.timedOut()).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProgramWhoseTimeIsUpEndsWithAllThatItStarted() throws Exception {
        Path pid = folder.resolve("pid");
        LaunchCommand shell = new LaunchCommand(
                List.of("/bin/sh", "-c", "sleep 600 & echo $! > \"$1\"; wait", "sh", pid.toString()), Map.of());
        ChildProcess.Ended ended = ChildProcess.captured(shell, Duration.ofMillis(1_500));
        assertThat(ended.timedOut()).isTrue();
        long child = Long.parseLong(Files.readString(pid).strip());
        // It has been killed, but a busy machine may take its time over that; by itself it would sleep for ten minutes.
        for (int i = 0; i < 600 && isAlive(child); i++) {
            Thread.sleep(50);
        }
        assertThat(isAlive(child)).isFalse();
    }

    /** Orphans are reaped by whoever adopted them, so a process may be there still, but dead. */
    private static boolean isAlive(long process) throws IOException {
        try {
            return ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent()
                    && !Files.readString(Path.of("/proc/" + process + "/stat")).contains(" Z ");
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    @Test
    void aCommandThatIsNotThereIsNamed() {
        LaunchCommand missing = new LaunchCommand(List.of("no-such-command-here"), Map.of());
        assertThatThrownBy(() -> ChildProcess.captured(missing, Duration.ofSeconds(5)))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("no-such-command-here: cannot be started");
    }

    private LaunchCommand java(String name, String body) throws Exception {
        Path source = folder.resolve(name + ".java");
        Files.writeString(
                source, "class " + name + " { public static void main(String[] a) throws Exception { " + body + " } }");
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        return new LaunchCommand(List.of(java, source.toString()), Map.of());
    }
}

package io.dettrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.cli.ControlledCalls.Call;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What {@code dettrace record} leaves and says when there is nothing, or not all, to record. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class RecordEndsTest {
    /** Many events, of which some come from outside. */
    private static final String PROGRAM = """
            public final class Steps {
                private static volatile int steps;

                public static void main(String[] args) throws Exception {
                    for (int i = 0; i < 5_000; i++) {
                        steps = i;
                    }
                    if (args.length > 0) {
                        String self = Long.toString(ProcessHandle.current().pid());
                        new ProcessBuilder("kill", "-" + args[0], self).start().waitFor();
                        Thread.sleep(10_000);
                    }
                }
            }
            """;

    @TempDir
    private static Path classes;

    private static String java;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compileTheProgram() throws IOException {
        ControlledCalls.requireAgent();
        ControlledCalls.compile(classes, "Steps", PROGRAM);
        java = ControlledCalls.java();
    }

    private Call record(String... command) throws IOException, InterruptedException {
        String[] args = new String[command.length + 4];
        args[0] = "record";
        args[1] = "--out";
        args[2] = folder.resolve("run.jsonl").toString();
        args[3] = "--";
        System.arraycopy(command, 0, args, 4, command.length);
        return ControlledCalls.apart(folder, args);
    }

    @Test
    void aCommandThatStartsNoJavaIsTroubleAndLeavesNothing() throws Exception {
        Call call = record("true");
        assertThat(call.status()).as(call.err()).isEqualTo(Main.TROUBLE);
        assertThat(call.err())
                .contains("nothing to replay was recorded", "status 0 and no java that it started began a main method");
        assertThat(folder.resolve("run.jsonl")).doesNotExist();
        assertThat(folder.resolve("run.schedule")).doesNotExist();
        assertThat(folder.resolve("run.values")).doesNotExist();
    }

    @Test
    void aKilledProgramsEventsAreKeptWithoutASchedule() throws Exception {
        Call call = record(java, "-cp", classes.toString(), "Steps", "KILL");
        assertThat(call.status()).as(call.err()).isEqualTo(137);
        assertThat(call.err())
                .contains("ended with status 137 (signal 9) in the middle of the run, so there is no schedule")
                .contains("the events up to then are in " + folder.resolve("run.jsonl"));
        assertThat(folder.resolve("run.jsonl")).isNotEmptyFile();
        assertThat(folder.resolve("run.schedule")).doesNotExist();
    }

    @Test
    void aLogThatCannotBeWrittenToItsEndIsTroubleAndTheNextRecordingGoesOn() throws Exception {
        String[] steps = {java, "-cp", classes.toString(), "Steps"};
        // 100 or 200 KiB, as shells differ in the unit; the log takes more.
        Call cut = record("sh", "-c", "ulimit -f 200; exec \"$@\"", "sh", steps[0], steps[1], steps[2], steps[3]);
        assertThat(cut.status()).as(cut.err()).isEqualTo(Main.TROUBLE);
        assertThat(cut.err())
                .contains(folder.resolve("run.jsonl") + ": is not complete: only ")
                .contains("make room there, or choose another --out");
        assertThat(folder.resolve("run.schedule")).doesNotExist();
        Call again = record(steps);
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(again.err()).contains("dettrace: ok; ");
    }
}

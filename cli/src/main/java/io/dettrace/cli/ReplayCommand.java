package io.dettrace.cli;

import io.dettrace.event.InputException;
import io.dettrace.replay.AgentJar;
import io.dettrace.replay.RecordedRun;
import io.dettrace.replay.Recorder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dettrace replay}: a recorded run once more. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Runs a recorded program once more under its recorded schedule and checks every event.",
        footer = {
            "",
            "The program's output and exit status are its own. The working directory must be that of the recording.",
            "",
            "Examples:",
            "  dettrace replay run.jsonl",
            "  dettrace replay explored/fail-1.schedule --out again.jsonl",
            "  dettrace replay run.jsonl --debug        # waits for a debugger on port 5005",
            "",
            "Exit status: the program's own if the replay is the recorded run; 5 if it differs; 2 trouble."
        })
final class ReplayCommand implements Callable<Integer> {
    /** Exit status: the replay is not the recorded run. */
    static final int MISMATCH = 5;

    @Parameters(paramLabel = "RUN", description = "The recorded run: its .jsonl or its .schedule file.")
    private Path run;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the replay's events go (default: replayed.jsonl beside RUN).")
    private Path out;

    @Option(
            names = "--debug",
            arity = "0..1",
            paramLabel = "PORT",
            fallbackValue = "5005",
            defaultValue = "0",
            description = "Wait for a debugger on 127.0.0.1:PORT (default: 5005); time limits are off.")
    private int debug;

    @Option(
            names = "--live-io",
            description = "Ask the outside again, in place of giving back what it answered when the run was recorded.")
    private boolean live;

    @Mixin
    private ReplaceArguments replace;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RecordedRun recorded = RecordedRun.open(run);
        Path log = out != null ? out : recorded.file().resolveSibling("replayed.jsonl");
        Path agent = AgentJar.find();
        checkIsNotTheRecording(recorded, log);
        if (debug > 0 && !recorded.target().isJava()) {
            throw new InputException(run + ": --debug needs a run of a java command; this one starts Java through "
                    + recorded.target().command().get(0) + ", and each JVM would wait for the debugger");
        }
        replace.checkLog(log);
        Recorder.Replayed replayed = Recorder.replay(recorded, agent, log, debug, live);
        PrintWriter err = spec.commandLine().getErr();
        if (replayed.difference().isPresent()) {
            err.println("dettrace: the replay is not the recorded run: "
                    + replayed.difference().get());
            return replayed.run().status() > 2 ? replayed.run().status() : MISMATCH;
        }
        err.println("dettrace: " + replayed.run().outcome().text() + "; "
                + replayed.run().events() + " events in " + log
                + (recorded.canBeChecked()
                        ? ", the same as recorded"
                        : "; unchecked, as the schedule has no line 'log' and no log lies beside it"));
        return replayed.run().status();
    }

    private static void checkIsNotTheRecording(RecordedRun recorded, Path log) throws IOException {
        if (recorded.log().isPresent()
                && Files.exists(log)
                && Files.isSameFile(recorded.log().get(), log)) {
            throw new InputException(log + ": is the recorded log, which the replay is checked against; choose another"
                    + " file for --out");
        }
    }
}

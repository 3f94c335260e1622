package io.dettrace.replay;

import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Runs a program in the foreground, with this process's input and outputs: to record it, or to replay a recording. */
public final class Recorder {
    private Recorder() {}

    /**
     * Records a run as an event log and a schedule beside it.
     *
     * @param follow policy and seed
     * @param log the event log, whose name ends in {@link RecordedRun#LOG}
     */
    public static RunResult record(Target target, Schedule follow, Path agent, Path log)
            throws IOException, InterruptedException {
        // Of an earlier run: beside a log that ends early it would say that both belong together.
        Files.deleteIfExists(RecordedRun.beside(log, RecordedRun.SCHEDULE));
        RunResult run = foreground(target, follow, agent, log, 0);
        if (!run.outcome().kind().equals(Outcome.Kind.LOST)) {
            RecordedRun.describe(target, run).write(RecordedRun.beside(log, RecordedRun.SCHEDULE));
        }
        return run;
    }

    /**
     * What a replay showed.
     *
     * @param run the run
     * @param difference how it differs from the recording; empty if it does not
     */
    public record Replayed(RunResult run, Optional<String> difference) {}

    /**
     * Replays a recorded run. If its log is there, each event is checked as it happens, and the logs are compared byte by
     * byte at the end.
     *
     * @param log where the events of the replay go
     * @param debugPort port on which the program waits for a debugger, or 0
     */
    public static Replayed replay(RecordedRun recorded, Path agent, Path log, int debugPort)
            throws IOException, InterruptedException {
        Schedule.Builder follow = RunRequest.again(recorded.schedule(), true).control().toBuilder();
        recorded.log().ifPresent(file -> follow.header("check", file.toString()));
        if (debugPort > 0) {
            follow.header("debug", "true");
        }
        RunResult run = foreground(recorded.target(), follow.build(), agent, log, debugPort);
        return new Replayed(run, difference(recorded, run));
    }

    private static Optional<String> difference(RecordedRun recorded, RunResult run) throws IOException {
        if (run.outcome().kind() == Outcome.Kind.MISMATCH) {
            // The agent has shown both events.
            return Optional.of(run.outcome().detail().split(":", 2)[0] + " is another one");
        }
        if (run.outcome().isTrouble()) {
            return Optional.of(run.outcome().text());
        }
        if (recorded.log().isPresent() && run.log().isPresent()) {
            long at = Files.mismatch(recorded.log().get(), run.log().get());
            if (at >= 0) {
                return Optional.of("the logs differ from byte " + at + " on");
            }
        }
        String digest = recorded.schedule().header("log");
        if (digest != null && !digest.equals("sha256:" + run.logDigest())) {
            return Optional.of("the log is not the one that was recorded: its digest is sha256:" + run.logDigest()
                    + ", recorded is " + digest);
        }
        return Optional.empty();
    }

    private static RunResult foreground(Target target, Schedule follow, Path agent, Path log, int debugPort)
            throws IOException, InterruptedException {
        Files.deleteIfExists(log);
        Path absolute = log.toAbsolutePath();
        try (ControlFolder folder = new ControlFolder()) {
            Path made = folder.path().resolve("made");
            Path control = folder.control(ProcessRunner.controlFile(target, follow, made, Optional.of(absolute)));
            LaunchCommand command = LaunchCommand.of(target, agent.toAbsolutePath(), control, false, debugPort);
            ChildProcess.Ended ended = ChildProcess.inherited(command);
            return ProcessRunner.result(
                    target, ended, follow, made, Files.exists(absolute) ? Optional.of(absolute) : Optional.empty());
        }
    }
}

package io.dettrace.replay;

import io.dettrace.event.InputException;
import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Runs a program in the foreground, with this process's input and outputs: to record it, or to replay a recording. */
public final class Recorder {
    /** Bytes of a file of values that holds none: its first line. */
    private static final long NO_VALUES = 18;

    private Recorder() {}

    /**
     * Records a run as an event log and a schedule beside it.
     *
     * @param follow policy and seed
     * <p>What comes from outside goes beside both as values; there is no such file if nothing came.
     *
     * @param log the event log, whose name ends in {@link RecordedRun#LOG}
     * @param force true if values of an earlier recording may be replaced, which can not be had again
     * @throws InputException if they are there and may not, or if the log could not be written to its end
     */
    public static RunResult record(Target target, Schedule follow, Path agent, Path log, boolean force)
            throws IOException, InterruptedException {
        Path values = RecordedRun.beside(log, RecordedRun.VALUES).toAbsolutePath();
        if (Files.exists(values) && !force) {
            throw new InputException(RecordedRun.beside(log, RecordedRun.VALUES)
                    + ": exists, and holds what came from outside in an earlier recording;"
                    + " give another --out, or --force to replace it");
        }
        // Of an earlier run: beside a log that ends early it would say that both belong together.
        Files.deleteIfExists(RecordedRun.beside(log, RecordedRun.SCHEDULE));
        Files.deleteIfExists(values);
        Schedule asked = follow.toBuilder().header("values", values.toString()).build();
        RunResult run = foreground(target, asked, agent, log, 0);
        boolean came = Files.isRegularFile(values) && Files.size(values) > NO_VALUES;
        if (!came) {
            Files.deleteIfExists(values);
        }
        try {
            requireWholeLog(run);
        } catch (InputException e) {
            // They belong to no schedule, and would be in the way of the next recording.
            Files.deleteIfExists(values);
            throw e;
        }
        if (!run.outcome().kind().equals(Outcome.Kind.LOST)) {
            Schedule.Builder made = RecordedRun.describe(target, run).toBuilder();
            if (came) {
                made.header("values", "sha256:" + ProcessRunner.sha256(values));
            }
            made.build().write(RecordedRun.beside(log, RecordedRun.SCHEDULE));
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
     * @param live true if the outside is asked again, in place of what it answered then
     * @throws InputException if what came from outside is missing, and is not asked for again
     */
    public static Replayed replay(RecordedRun recorded, Path agent, Path log, int debugPort, boolean live)
            throws IOException, InterruptedException {
        Schedule.Builder follow = RunRequest.again(recorded.schedule(), true).control().toBuilder();
        recorded.log().ifPresent(file -> follow.header("check", file.toString()));
        if (!live) {
            recorded.values()
                    .ifPresent(
                            file -> follow.header("given", file.toAbsolutePath().toString()));
        }
        if (debugPort > 0) {
            follow.header("debug", "true");
        }
        RunResult run = foreground(recorded.target(), follow.build(), agent, log, debugPort);
        requireWholeLog(run);
        return new Replayed(run, difference(recorded, run));
    }

    private static Optional<String> difference(RecordedRun recorded, RunResult run) throws IOException {
        if (run.outcome().kind() == Outcome.Kind.MISMATCH) {
            // The agent has shown both events.
            return Optional.of(run.outcome().detail().split(":", 2)[0] + " is another one");
        }
        if (run.outcome().kind() == Outcome.Kind.LOST) {
            return Optional.of(run.message());
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

    /**
     * Checks that a run that came to its end has all its events in its log: a program goes on when its log cannot.
     *
     * @throws InputException if it has not; the message says what to do
     */
    static void requireWholeLog(RunResult run) throws IOException {
        if (run.log().isEmpty() || run.outcome().isTrouble()) {
            return;
        }
        long lines = lines(run.log().get());
        if (lines < run.events()) {
            throw new InputException(run.log().get() + ": is not complete: only " + lines + " of " + run.events()
                    + " events could be written; make room there, or choose another --out, and run it again");
        }
    }

    private static long lines(Path log) throws IOException {
        long lines = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(log)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    lines += buffer[i] == '\n' ? 1 : 0;
                }
            }
        }
        return lines;
    }
}

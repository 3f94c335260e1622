package io.dettrace.replay;

import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Runs each schedule in a process of its own, with its output captured and a time limit. */
public final class ProcessRunner implements Runner {
    /** The time after which a run is ended, unless told otherwise. */
    public static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    private static final int LAST_LINES = 400;

    private final Target target;
    private final Path agent;
    private final Path folder;
    private final Duration limit;
    private final AtomicLong runs = new AtomicLong();

    /**
     * A runner.
     *
     * @param agent the agent's jar
     * @param limit the time after which a run is ended
     */
    public ProcessRunner(Target target, Path agent, Duration limit) throws IOException {
        this.target = target;
        this.agent = agent.toAbsolutePath();
        this.limit = limit;
        folder = Files.createTempDirectory("dettrace");
    }

    @Override
    public int parallelism() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public RunResult run(RunRequest request) throws IOException, InterruptedException {
        String name = "run-" + runs.incrementAndGet();
        Path control = folder.resolve(name + ".control");
        Path made = folder.resolve(name + ".schedule");
        Path log = folder.resolve(name + ".jsonl");
        controlFile(target, request.control(), made, request.log() ? Optional.of(log) : Optional.empty())
                .write(control);
        ChildProcess.Ended ended = ChildProcess.captured(LaunchCommand.of(target, agent, control, true, 0), limit);
        try {
            return result(
                    target, ended, request.control(), made, Files.exists(log) ? Optional.of(log) : Optional.empty());
        } finally {
            Files.deleteIfExists(control);
            Files.deleteIfExists(made);
            Files.deleteIfExists(Path.of(made + Schedule.TAKEN));
        }
    }

    /** What the agent reads: the program's options, what to follow, and where to write. */
    static Schedule controlFile(Target target, Schedule follow, Path made, Optional<Path> log) {
        Schedule.Builder control = Schedule.builder();
        target.options().forEach(control::header);
        follow.header().forEach(control::header);
        if (!target.isJava()) {
            control.header("environment", "true");
        }
        log.ifPresent(file -> control.header("log", file.toString()));
        control.header("result", made.toString());
        follow.preemptions().forEach(control::add);
        follow.choices().forEach(control::add);
        return control.build();
    }

    /** Reads what the agent left behind. */
    static RunResult result(Target target, ChildProcess.Ended ended, Schedule asked, Path made, Optional<Path> log)
            throws IOException, InterruptedException {
        String digest = log.isPresent() ? sha256(log.get()) : "";
        if (ended.timedOut() || !Files.isRegularFile(made)) {
            Outcome outcome = ended.timedOut()
                    ? new Outcome(Outcome.Kind.TIMEOUT, "")
                    : new Outcome(Outcome.Kind.LOST, "exit status " + ended.status());
            String last = ended.output().substring(Math.max(0, ended.output().length() - LAST_LINES));
            String why = ended.timedOut() ? "" : LostRun.why(target, ended.status(), LostRun.begun(made)) + "\n";
            return new RunResult(
                    ended.status(),
                    outcome,
                    (why + last).strip(),
                    asked,
                    0,
                    0,
                    log,
                    digest,
                    ended.output(),
                    ended.digest());
        }
        Schedule schedule = Schedule.parse(made);
        return new RunResult(
                ended.status(),
                Outcome.parse(schedule.header("outcome", "lost the agent wrote no outcome")),
                schedule.header("message", ""),
                schedule,
                number(schedule, "events"),
                number(schedule, "decisions"),
                log,
                digest,
                ended.output(),
                ended.digest());
    }

    private static long number(Schedule schedule, String key) {
        try {
            return Long.parseLong(schedule.header(key, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** SHA-256 of a file in hexadecimal. */
    static String sha256(Path file) throws IOException {
        var digest = ChildProcess.sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}

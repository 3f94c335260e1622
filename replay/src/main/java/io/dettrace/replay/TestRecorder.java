package io.dettrace.replay;

import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Records each test method that a command runs as a run of its own. */
public final class TestRecorder {
    private TestRecorder() {}

    /**
     * What was recorded.
     *
     * @param status the command's exit status
     * @param runs the runs by the name of their files, which is class, dot, method and, from the second call of the method
     *     on, a hyphen and the number of the call; in the order of these names
     * @param unfinished names of runs that began and did not end, so that there is no schedule
     * @param message if there is neither, why
     */
    public record Recorded(int status, Map<String, RunResult> runs, List<String> unfinished, String message) {}

    /**
     * Runs the command in the foreground.
     *
     * @param target the program, whose scope is {@code tests}
     * @param follow policy and seed, the same for each test
     * @param folder where event logs and schedules go; it exists
     */
    public static Recorded record(Target target, Schedule follow, Path agent, Path folder)
            throws IOException, InterruptedException {
        try (ControlFolder made = new ControlFolder()) {
            Schedule orders = ProcessRunner.controlFile(target, follow, made.path(), Optional.of(folder)).toBuilder()
                    .header("log", folder.toAbsolutePath() + "/")
                    .header("result", made.path() + "/")
                    .build();
            LaunchCommand command = LaunchCommand.of(target, agent.toAbsolutePath(), made.control(orders), false, 0);
            ChildProcess.Ended ended = ChildProcess.inherited(command);
            Map<String, RunResult> runs = new LinkedHashMap<>();
            List<String> unfinished = new ArrayList<>();
            for (String name : begun(made.path())) {
                Path schedule = made.path().resolve(name + RecordedRun.SCHEDULE);
                if (Files.isRegularFile(schedule)) {
                    runs.put(name, keep(target, ended, schedule, folder.resolve(name + RecordedRun.LOG)));
                } else {
                    unfinished.add(name);
                }
            }
            String message = runs.isEmpty() && unfinished.isEmpty() ? LostRun.why(target, ended.status(), false) : "";
            return new Recorded(ended.status(), runs, unfinished, message);
        }
    }

    /** The names of the runs that began, in order. */
    private static List<String> begun(Path made) throws IOException {
        String taken = RecordedRun.SCHEDULE + Schedule.TAKEN;
        try (Stream<Path> files = Files.list(made)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(taken))
                    .map(name -> name.substring(0, name.length() - taken.length()))
                    .sorted()
                    .toList();
        }
    }

    private static RunResult keep(Target target, ChildProcess.Ended ended, Path schedule, Path log)
            throws IOException, InterruptedException {
        RunResult run = ProcessRunner.result(
                target,
                ended,
                Schedule.builder().build(),
                schedule,
                Files.isRegularFile(log) ? Optional.of(log) : Optional.empty());
        Recorder.requireWholeLog(run);
        RecordedRun.describe(target.with("scope", run.schedule().header("scope")), run)
                .write(RecordedRun.beside(log, RecordedRun.SCHEDULE));
        return run;
    }
}

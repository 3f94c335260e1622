package io.dettrace.replay;

import io.dettrace.event.InputException;
import io.dettrace.replay.schedule.Schedule;
import io.dettrace.replay.schedule.ScheduleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A recorded run on disk: the schedule file {@code NAME.schedule}, which is enough to run it again, and beside it the event
 * log {@code NAME.jsonl}, which may be missing, and {@code NAME.values}, what came from outside, if anything did.
 *
 * @param file the schedule file
 * @param schedule its contents
 * @param log the event log, if it is there
 */
public record RecordedRun(Path file, Schedule schedule, Optional<Path> log) {
    /** The ending of an event log. */
    public static final String LOG = ".jsonl";

    /** The ending of a schedule file. */
    public static final String SCHEDULE = ".schedule";

    /** The ending of a file of what came from outside. */
    public static final String VALUES = ".values";

    private static final String[] FROM_AGENT = {"policy", "then", "seed", "admit", "events", "decisions"};

    /**
     * Opens a run by either of its files.
     *
     * @throws InputException if the schedule is missing or is none; the message says what to do
     */
    public static RecordedRun open(Path named) throws IOException {
        if (Files.isDirectory(named)) {
            throw new InputException(named + ": is a folder; name one of the runs in it by its " + SCHEDULE + " file");
        }
        Path file = beside(named, SCHEDULE);
        if (!Files.isRegularFile(file)) {
            String said = Files.exists(named)
                    ? file
                            + ": is missing; a run is replayed from its schedule, which dettrace record writes beside the log"
                    : named + ": does not exist";
            throw new InputException(said);
        }
        Path log = beside(named, LOG);
        try {
            return new RecordedRun(
                    file, Schedule.parse(file), Files.isRegularFile(log) ? Optional.of(log) : Optional.empty());
        } catch (ScheduleException e) {
            throw new InputException(e.getMessage(), e);
        }
    }

    /**
     * The file of what came from outside, to be given back; empty if nothing came.
     *
     * @throws InputException if it is missing, or is not the one that was recorded; the message says what to do
     */
    Optional<Path> values() throws IOException {
        String digest = schedule.header("values");
        if (digest == null) {
            return Optional.empty();
        }
        Path values = beside(file, VALUES);
        if (!Files.isRegularFile(values)) {
            throw new InputException(values + ": is missing; it holds what came from outside while " + file
                    + " was recorded. Put it back, or replay with --live-io, which asks the outside again");
        }
        String found = "sha256:" + ProcessRunner.sha256(values);
        if (!found.equals(digest)) {
            throw new InputException(values + ": is not the file that was recorded with " + file + ": its digest is "
                    + found + ", expected " + digest + ". Put that one back, or replay with --live-io");
        }
        return Optional.of(values);
    }

    /** True if there is a log, or a digest of one, that a replay can be checked against. */
    public boolean canBeChecked() {
        return log.isPresent() || schedule.header("log") != null;
    }

    /** The program that was run. */
    public Target target() throws IOException {
        return Target.from(schedule, file.toString());
    }

    /** The name of one of a run's files, given one of them or the name without ending. */
    public static Path beside(Path named, String ending) {
        String name = String.valueOf(named.getFileName());
        for (String known : new String[] {LOG, SCHEDULE, VALUES}) {
            if (name.endsWith(known)) {
                name = name.substring(0, name.length() - known.length());
                break;
            }
        }
        return named.resolveSibling(name + ending);
    }

    /** Writes a run as {@code NAME.schedule} and, if it has a log, {@code NAME.jsonl} into a folder. */
    public static RecordedRun keep(Target target, RunResult run, Path folder, String name) throws IOException {
        Path file = folder.resolve(name + SCHEDULE);
        Path log = folder.resolve(name + LOG);
        Optional<Path> kept = Optional.empty();
        if (run.log().isPresent()) {
            Files.copy(run.log().get(), log, StandardCopyOption.REPLACE_EXISTING);
            kept = Optional.of(log);
        }
        Schedule schedule = describe(target, run);
        schedule.write(file);
        return new RecordedRun(file, schedule, kept);
    }

    /** The schedule of a run with a header that says all there is to know of it. */
    static Schedule describe(Target target, RunResult run) {
        Schedule.Builder full = Schedule.builder();
        copy(run.schedule(), full, "jdk");
        target.describe(full);
        for (String key : FROM_AGENT) {
            copy(run.schedule(), full, key);
        }
        full.header("outcome", run.outcome().text());
        if (!run.message().isEmpty()) {
            full.header("message", run.message());
        }
        full.header("status", Integer.toString(run.status()));
        if (!run.logDigest().isEmpty()) {
            full.header("log", "sha256:" + run.logDigest());
        }
        run.schedule().preemptions().forEach(full::add);
        run.schedule().choices().forEach(full::add);
        return full.build();
    }

    private static void copy(Schedule from, Schedule.Builder to, String key) {
        String value = from.header(key);
        if (value != null) {
            to.header(key, value);
        }
    }
}

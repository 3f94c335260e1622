package io.dettrace.replay;

import io.dettrace.replay.schedule.Decision;
import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of a run.
 *
 * @param status the process's exit status
 * @param outcome how it ended
 * @param message the exception's message or another sentence on the outcome; may be empty
 * @param schedule the decisions that were made, with the agent's header
 * @param events number of events
 * @param decisions number of places where more than one thread could run
 * @param log the events as JSON lines, if they were asked for; the file goes away with the runner
 * @param logDigest SHA-256 of the log in hexadecimal; empty without a log
 * @param output the end of what the program printed: standard output, then standard error; empty if it was not captured
 * @param outputDigest SHA-256 of all that it printed; empty if it was not captured
 */
public record RunResult(
        int status,
        Outcome outcome,
        String message,
        Schedule schedule,
        long events,
        long decisions,
        Optional<Path> log,
        String logDigest,
        String output,
        String outputDigest) {

    /** The decisions that differ from the base policy, switches first. */
    public List<Decision> differences() {
        List<Decision> all = new ArrayList<>(schedule.preemptions());
        all.addAll(schedule.choices());
        return all;
    }

    /** The same run, judged otherwise. */
    public RunResult withOutcome(Outcome judged) {
        return new RunResult(
                status, judged, message, schedule, events, decisions, log, logDigest, output, outputDigest);
    }

    /** The same run without what it printed, which can be long. */
    RunResult withoutOutput() {
        return new RunResult(status, outcome, message, schedule, events, decisions, log, logDigest, "", outputDigest);
    }

    /** The same run without its log, whose file is deleted. */
    public RunResult withoutLog() {
        if (log.isPresent()) {
            try {
                Files.deleteIfExists(log.get());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new RunResult(
                status,
                outcome,
                message,
                schedule,
                events,
                decisions,
                Optional.empty(),
                logDigest,
                output,
                outputDigest);
    }
}

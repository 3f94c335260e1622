package io.dettrace.replay;

import java.io.IOException;

/**
 * Runs the program under a schedule. The same request gives the same result, apart from the log's place; that is what the
 * whole engine rests on. {@link #run} may be called by as many threads at a time as {@link #parallelism} says.
 */
public interface Runner extends AutoCloseable {
    /**
     * Runs the program once, to its end.
     *
     * @throws IOException if it cannot be started, or its result cannot be read
     * @throws InterruptedException if the calling thread is interrupted; the run is ended
     */
    RunResult run(RunRequest request) throws IOException, InterruptedException;

    /** How many runs at a time are of use, at least 1. */
    int parallelism();

    /** Deletes the files of all runs. */
    @Override
    void close() throws IOException;
}

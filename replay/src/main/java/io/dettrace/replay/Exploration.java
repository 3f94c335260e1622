package io.dettrace.replay;

import java.util.List;
import java.util.Optional;

/**
 * What exploring found.
 *
 * @param base the run under the base policy, with its log
 * @param runs seeded runs that were judged
 * @param failing those of the seeded runs that failed
 * @param troubled those of the seeded runs that say nothing, because they could not be controlled
 * @param failures the distinct failures in the order found
 * @param pass a run that passed, with its log: the one under the base policy if it did
 * @param trouble the first run that could not be controlled, the base run included
 * @param stopped why it stopped, in a few words
 * @param nanos how long it took
 */
public record Exploration(
        RunResult base,
        int runs,
        int failing,
        int troubled,
        List<Failure> failures,
        Optional<RunResult> pass,
        Optional<RunResult> trouble,
        String stopped,
        long nanos) {
    /** Runs that failed, the one under the base policy included. */
    public int allFailing() {
        return failing + (base.outcome().failed() ? 1 : 0);
    }

    /** Runs that say nothing, the one under the base policy included. */
    public int allTroubled() {
        return troubled + (base.outcome().isTrouble() ? 1 : 0);
    }

    /**
     * Failing runs with one signature.
     *
     * @param signature kind, class and place
     * @param seed the first seed that fails so, or {@link #BASE} for the base policy
     * @param count how many seeded runs failed so
     * @param first the first one, with its log
     * @param repeated true if its schedule alone, without policy and seed, gave the same failure again
     */
    public record Failure(String signature, long seed, int count, RunResult first, boolean repeated) {
        /** Stands for the base policy, which has no seed. */
        public static final long BASE = -1;
    }
}

package io.dettrace.replay;

/** Told how exploring goes on. */
public interface ExploreProgress {
    /** Says nothing. */
    ExploreProgress NONE = (runs, of, failing, distinct, nanos) -> {};

    /**
     * Called after each run.
     *
     * @param runs runs that are done
     * @param of most runs
     * @param failing those that failed
     * @param distinct the number of distinct failures
     * @param nanos time since the start
     */
    void update(int runs, int of, int failing, int distinct, long nanos);
}

package io.dettrace.replay;

/** Told how exploring goes on. */
public interface ExploreProgress {
    /** Says nothing. */
    ExploreProgress NONE = (runs, of, failing, distinct, nanos) -> {};

    /**
     * Called after each seeded run.
     *
     * @param runs seeded runs that are done
     * @param of most seeded runs
     * @param failing runs that failed, the one under the base policy included
     * @param distinct the number of distinct failures
     * @param nanos time since the start
     */
    void update(int runs, int of, int failing, int distinct, long nanos);
}

package io.dettrace.replay;

/** Told how proving goes on. */
public interface ProveProgress {
    /** Says nothing. */
    ProveProgress NONE = (runs, doing) -> {};

    /**
     * Called after each run.
     *
     * @param runs runs of this step so far
     * @param doing the step, in a word
     */
    void update(int runs, String doing);
}

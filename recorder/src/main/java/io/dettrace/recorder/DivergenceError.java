package io.dettrace.recorder;

/** Thrown where a live run stops agreeing with the recorded one. An error, so that tests fail and programs do not go on. */
public final class DivergenceError extends AssertionError {
    private final transient Divergence divergence;

    DivergenceError(Divergence divergence) {
        super(divergence.report());
        this.divergence = divergence;
    }

    /** What differs. */
    public Divergence divergence() {
        return divergence;
    }
}

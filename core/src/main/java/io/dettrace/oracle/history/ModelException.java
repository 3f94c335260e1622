package io.dettrace.oracle.history;

/** A model that cannot go on: a state that grows without bound, or an error in a model of the user's. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, for people. */
    public ModelException(String message) {
        super(message);
    }

    /** What went wrong, for people, and why. */
    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.dettrace.server.otlp;

/** A body that is not taken. */
final class BodyException extends Exception {
    private static final long serialVersionUID = 1L;

    final Problem problem;

    /** Why it is not taken. */
    enum Problem {
        /** Beyond the limit of one request. */
        TOO_LARGE,
        /** Too much is under way; it may be sent again. */
        BUSY,
        /** It is not what it says. */
        MALFORMED,
        /** Compressed in a way that is not understood. */
        ENCODING
    }

    BodyException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }
}

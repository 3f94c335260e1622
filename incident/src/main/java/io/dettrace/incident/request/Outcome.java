package io.dettrace.incident.request;

import java.util.Locale;

/** How a hop ended; {@link #key()} is the stable name in artifacts. */
public enum Outcome {
    OK,
    /** The service itself failed. */
    ERROR,
    /** The other side could not be reached, or the connection broke. */
    NETWORK_ERROR,
    /** Whoever waited gave up. */
    TIMEOUT,
    /** Whoever had asked no longer wanted it. */
    CANCELLED;

    /** True if something failed here by itself; a cancellation is what follows from a failure elsewhere. */
    public boolean isFailure() {
        return this != OK && this != CANCELLED;
    }

    /** Name in artifacts, such as {@code network_error}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

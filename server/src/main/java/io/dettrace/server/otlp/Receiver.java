package io.dettrace.server.otlp;

import io.dettrace.formats.spans.MalformedRequestException;
import io.dettrace.formats.spans.OtlpTelemetry.Encoding;
import io.dettrace.formats.spans.Signal;

/** What takes export requests. Called by many threads at once. */
public interface Receiver {
    /**
     * Takes a request, decompressed.
     *
     * @throws MalformedRequestException if it is none; nothing of it was taken
     */
    Receipt receive(Signal signal, Encoding encoding, byte[] request) throws MalformedRequestException;

    /** Counts a request that nobody could look into, as too much is under way. */
    void shed();

    /** Counts a request that is too large. */
    void refusedTooLarge();

    /** The state as a JSON document. */
    String status();

    /** Forgets the baseline: what comes from now on is the new one. */
    void forgetBaseline();

    /**
     * What became of a request.
     *
     * @param state taken or not
     * @param refused spans, log records or points that were left out of it
     * @param reason why, in words; empty if none was
     */
    record Receipt(State state, long refused, String reason) {}

    /** What became of a request as a whole. */
    enum State {
        /** It is in memory, and on disk if it could be written. */
        TAKEN,
        /** There is no room; it may be sent again. */
        OVERLOADED,
        /** The server is stopping; it may be sent again. */
        STOPPING
    }
}

package io.dettrace.formats.history;

import java.util.Locale;

/** What an event says about a call; by the words that histories use. */
enum Phase {
    BEGIN,
    OK,
    FAIL,
    UNKNOWN;

    /** The phase that a word names, or null. */
    static Phase of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "invoke", "invoked", "invocation", "call", "start", "started", "begin", "request", "req", "inv", "b" ->
                BEGIN;
            case "ok",
                    "return",
                    "returned",
                    "ret",
                    "end",
                    "ended",
                    "complete",
                    "completed",
                    "response",
                    "res",
                    "resp",
                    "done",
                    "success",
                    "finish",
                    "finished",
                    "e" -> OK;
            case "fail", "failed", "failure", "refused", "rejected" -> FAIL;
            case "info", "unknown", "timeout", "timed-out", "timed_out", "crash", "crashed", "indeterminate" -> UNKNOWN;
            default -> null;
        };
    }
}

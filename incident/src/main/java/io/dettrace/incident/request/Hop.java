package io.dettrace.incident.request;

import io.dettrace.event.EventBlock;
import java.util.List;

/**
 * One event of a request.
 *
 * @param index number of the event in the request as recorded, from 0
 * @param place file and line, or file and event where there are no lines
 * @param time nanoseconds since the epoch of the recording, or {@link EventBlock#NO_TIME}
 * @param act what it does beside ordinary work
 * @param outcome how it ended
 * @param service where it happened, empty if not told
 * @param downstream the service that is called, empty if none is
 * @param operation event type, or name of the span
 * @param reason why it failed, in the words of the recording, empty if not told
 * @param attempt how many times the call was made before, 0 for the first time
 * @param latency nanoseconds it took, or -1 if not told
 * @param span the span it belongs to, empty if not told
 * @param parent the span that the span was called from, empty if not told
 * @param version version of the service, empty if not told
 * @param annotations what the recording remarks on it
 */
public record Hop(
        int index,
        String place,
        long time,
        Act act,
        Outcome outcome,
        String service,
        String downstream,
        String operation,
        String reason,
        int attempt,
        long latency,
        String span,
        String parent,
        String version,
        List<String> annotations) {
    /** A hop; annotations are copied. */
    public Hop {
        annotations = List.copyOf(annotations);
    }

    /** True if it tells a time. */
    public boolean hasTime() {
        return time != EventBlock.NO_TIME;
    }

    /** True if it failed by itself. */
    public boolean isFailure() {
        return outcome.isFailure();
    }

    /** True if it did not end well, for whatever cause. */
    public boolean isBad() {
        return outcome != Outcome.OK;
    }

    /** {@code caller -> callee}, or the service alone. */
    public String edge() {
        return downstream.isEmpty() ? service : service + " -> " + downstream;
    }

    Hop with(Act act, int attempt) {
        return new Hop(
                index,
                place,
                time,
                act,
                outcome,
                service,
                downstream,
                operation,
                reason,
                attempt,
                latency,
                span,
                parent,
                version,
                annotations);
    }

    Hop calling(String other) {
        return new Hop(
                index,
                place,
                time,
                act,
                outcome,
                service,
                other,
                operation,
                reason,
                attempt,
                latency,
                span,
                parent,
                version,
                annotations);
    }
}

package io.dettrace.incident.runbook;

import io.dettrace.incident.family.Family;
import java.util.List;
import java.util.Optional;

/**
 * What a runbook is made of: the findings about one request or a population of requests.
 *
 * @param family kind of incident
 * @param root the service it goes back to, never empty
 * @param callee the service that the root's failing calls go to
 * @param caller the nearest service that calls the root
 * @param operation operation of the root that is hit, if it is one
 * @param trace identifier of a trace that shows it, in hexadecimal
 * @param start nanoseconds since the epoch at which the window begins
 * @param end nanoseconds since the epoch at which it ends
 * @param failures hops or requests that failed
 * @param networkErrors of these the ones whose connection failed
 * @param timeouts of these the ones that waited too long
 * @param retries calls made again
 * @param maxLatency the longest latency in nanoseconds, 0 if not known
 * @param evidence why it is this family, in sentences
 * @param changes what is known of changes about that time, in sentences
 */
public record RunbookCase(
        Family family,
        String root,
        Optional<String> callee,
        Optional<String> caller,
        Optional<String> operation,
        Optional<String> trace,
        Optional<Long> start,
        Optional<Long> end,
        int failures,
        int networkErrors,
        int timeouts,
        int retries,
        long maxLatency,
        List<String> evidence,
        List<String> changes) {
    /** A case; lists are copied. */
    public RunbookCase {
        evidence = List.copyOf(evidence);
        changes = List.copyOf(changes);
    }

    /** {@code root -> callee}, or the root alone. */
    String edge() {
        return callee.map(c -> root + " -> " + c).orElse(root);
    }
}

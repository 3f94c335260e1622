package io.dettrace.incident.runbook;

import java.util.List;

/**
 * One thing to look at.
 *
 * @param step stable name
 * @param guidance what to find out, and why here
 * @param service the service to look at
 * @param edge the call to look at, or the service alone
 * @param queries ready to paste
 */
public record RunbookStep(String step, String guidance, String service, String edge, List<Query> queries) {
    /**
     * A query.
     *
     * @param tool {@code jaeger}, {@code tempo}, {@code loki} or {@code prometheus}
     * @param text the query; for Jaeger the path and parameters of its page
     */
    public record Query(String tool, String text) {}

    /** A step; queries are copied. */
    public RunbookStep {
        queries = List.copyOf(queries);
    }
}

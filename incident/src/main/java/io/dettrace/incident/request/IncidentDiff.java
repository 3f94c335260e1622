package io.dettrace.incident.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * How two incidents differ in what they mean, not event by event.
 *
 * @param baseline the one before
 * @param candidate the one after
 */
public record IncidentDiff(RequestIncident baseline, RequestIncident candidate) {
    /**
     * How long a call took at most in both.
     *
     * @param edge {@code caller -> callee}
     * @param before nanoseconds in the baseline, empty if it is not there
     * @param after nanoseconds in the candidate, empty if it is not there
     */
    public record EdgeLatency(String edge, Optional<Long> before, Optional<Long> after) {}

    /** The service that fails first, empty if none does. */
    public static Optional<String> firstService(RequestIncident incident) {
        return incident.causes().map(c -> c.first().service());
    }

    /** Why the first hop fails, empty if none does. */
    public static Optional<String> firstReason(RequestIncident incident) {
        return incident.causes()
                .map(c -> c.first().reason().isEmpty()
                        ? c.first().outcome().key()
                        : c.first().reason());
    }

    /** The reason of most hops that did not end well, of several the one that comes first. */
    public static Optional<String> dominantReason(RequestIncident incident) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        incident.request().bad().stream()
                .map(h -> h.reason().isEmpty() ? h.outcome().key() : h.reason())
                .forEach(r -> counts.merge(r, 1, Integer::sum));
        int most = counts.values().stream().mapToInt(i -> i).max().orElse(0);
        return counts.entrySet().stream()
                .filter(e -> e.getValue() == most)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** How many more hops the candidate has that are counted so. */
    public int delta(ToIntFunction<Request> count) {
        return count.applyAsInt(candidate.request()) - count.applyAsInt(baseline.request());
    }

    /** Nanoseconds by which the longest hop of the candidate is longer. */
    public long latencyDelta() {
        return candidate.request().maxLatency() - baseline.request().maxLatency();
    }

    /** The latencies of all calls of either, those of the baseline first. */
    public List<EdgeLatency> latencies() {
        Map<String, Long> before = byEdge(baseline.request());
        Map<String, Long> after = byEdge(candidate.request());
        List<EdgeLatency> all = new ArrayList<>();
        before.forEach((edge, nanos) ->
                all.add(new EdgeLatency(edge, Optional.of(nanos), Optional.ofNullable(after.get(edge)))));
        after.forEach((edge, nanos) -> {
            if (!before.containsKey(edge)) {
                all.add(new EdgeLatency(edge, Optional.empty(), Optional.of(nanos)));
            }
        });
        return all;
    }

    private static Map<String, Long> byEdge(Request request) {
        Map<String, Long> longest = new LinkedHashMap<>();
        request.hops().stream()
                .filter(h -> h.latency() >= 0)
                .forEach(h -> longest.merge(h.edge(), h.latency(), Math::max));
        return longest;
    }

    /** The difference in a sentence. */
    public String summary() {
        String families = baseline.family().family() == candidate.family().family()
                ? "both are " + candidate.family().family().key()
                : baseline.family().family().key() + " becomes "
                        + candidate.family().family().key();
        return "The first failure is at " + firstService(candidate).orElse("no service") + " ("
                + firstReason(candidate).orElse("none") + "), and in the baseline at "
                + firstService(baseline).orElse("no service") + " ("
                + firstReason(baseline).orElse("none") + "); " + families + "; retries "
                + signed(delta(r -> r.count(Act.RETRY))) + ", time-outs "
                + signed(delta(r -> r.count(Outcome.TIMEOUT))) + ", network errors "
                + signed(delta(r -> r.count(Outcome.NETWORK_ERROR))) + ", failovers "
                + signed(delta(r -> r.count(Act.FAILOVER))) + ", longest hop "
                + signed((int) (latencyDelta() / 1_000_000)) + " ms.";
    }

    private static String signed(int delta) {
        return delta > 0 ? "+" + delta : Integer.toString(delta);
    }
}

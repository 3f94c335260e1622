package io.dettrace.incident.request;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What happened about the time at which a request failed. A deploy is only taken for one where an event, a remark or a
 * version says so.
 *
 * @param deploy true if a deploy came before the failure, or a service runs another version than in the baseline
 * @param failover true if work was moved to a substitute
 * @param maxLatency the longest that a hop took in nanoseconds
 * @param errors hops that failed by themselves
 * @param start nanoseconds of the first event that tells a time
 * @param end nanoseconds of the last one
 * @param trigger stable name of what may have started it: {@code recent_deploy}, {@code config_change}, {@code flag_change},
 *     {@code health_change}, {@code failover}, {@code recovery}, or {@code none_recorded}
 * @param changes what changed before the failure, in sentences
 * @param evidence what this rests on, in sentences
 */
public record Correlation(
        boolean deploy,
        boolean failover,
        long maxLatency,
        int errors,
        Optional<Long> start,
        Optional<Long> end,
        String trigger,
        List<String> changes,
        List<String> evidence) {
    /** Name of the trigger where the recording tells of none. */
    public static final String NONE = "none_recorded";

    /** Correlates a request's changes with its failure. */
    public static Correlation of(Request request, Optional<Causes> causes, Optional<Request> baseline) {
        List<String> changes = new ArrayList<>();
        Optional<Hop> onset = causes.map(Causes::first);
        List<Hop> before = request.hops().stream()
                .filter(h -> h.act().isChange()
                        && onset.isPresent()
                        && h.index() < onset.get().index())
                .toList();
        before.forEach(h -> changes.add(told(h, onset.orElseThrow())));
        List<String> versions = versions(request, baseline);
        changes.addAll(versions);
        boolean deploy = before.stream().anyMatch(h -> h.act() == Act.DEPLOY) || !versions.isEmpty();
        List<String> evidence = new ArrayList<>(changes);
        if (!deploy) {
            evidence.add("none of the " + request.events()
                    + " events tells of a deploy, by its type, its remarks or a service's version");
        }
        List<Long> times =
                request.hops().stream().filter(Hop::hasTime).map(Hop::time).toList();
        return new Correlation(
                deploy,
                request.count(Act.FAILOVER) > 0,
                request.maxLatency(),
                request.count(Hop::isFailure),
                times.stream().min(Long::compare),
                times.stream().max(Long::compare),
                trigger(before, deploy),
                List.copyOf(changes),
                List.copyOf(evidence));
    }

    private static String trigger(List<Hop> before, boolean deploy) {
        if (deploy) {
            return "recent_deploy";
        }
        return before.isEmpty() ? NONE : before.get(before.size() - 1).act().key();
    }

    private static String told(Hop change, Hop onset) {
        String when = change.hasTime() && onset.hasTime()
                ? String.format(Locale.ROOT, "%d ms before", (onset.time() - change.time()) / 1_000_000)
                : onset.index() - change.index() + " events before";
        return change.act().key() + " at " + (change.service().isEmpty() ? "no named service" : change.service()) + ", "
                + when + " the first failure (" + change.place() + ")";
    }

    private static List<String> versions(Request request, Optional<Request> baseline) {
        Map<String, String> before = new HashMap<>();
        baseline.ifPresent(b -> b.hops().stream()
                .filter(h -> !h.version().isEmpty())
                .forEach(h -> before.put(h.service(), h.version())));
        return request.hops().stream()
                .filter(h -> !h.version().isEmpty() && before.containsKey(h.service()))
                .filter(h -> !h.version().equals(before.get(h.service())))
                .map(h -> h.service() + " runs version " + h.version() + ", and " + before.get(h.service())
                        + " in the baseline")
                .distinct()
                .toList();
    }
}

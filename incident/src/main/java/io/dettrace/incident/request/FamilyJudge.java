package io.dettrace.incident.request;

import io.dettrace.incident.family.Family;
import io.dettrace.incident.family.FamilyVerdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which family one request's incident belongs to, from what was done and how it ended, in which order and between which
 * services; services and reasons may have any names.
 *
 * <p>One request shows seven of the families: surges, saturation, poison requests, partial outages and the share of a bad
 * deploy show among many requests only.
 */
final class FamilyJudge {
    /** Fit from which on a family is named. */
    static final double NAMED = 0.5;

    /** How many times as long as in the baseline a request must take to be slow, where nothing else is wrong. */
    static final double SLOWER = 2;

    /** Steps that the search for the longest way up may take; beyond it the longest found so far counts. */
    private static final int MAX_STEPS = 10_000;

    /** Services that such a way may have. */
    private static final int MAX_WAY = 100;

    private final Request request;
    private final Optional<Causes> causes;
    private final Optional<Request> baseline;
    private final Correlation correlation;
    private final List<Candidate> candidates = new ArrayList<>();

    /** A family with how well it fits and why. */
    private record Candidate(Family family, double fit, List<String> evidence) {}

    FamilyJudge(Request request, Optional<Causes> causes, Optional<Request> baseline, Correlation correlation) {
        this.request = request;
        this.causes = causes;
        this.baseline = baseline;
        this.correlation = correlation;
    }

    FamilyVerdict verdict() {
        retryStorm();
        cascadingTimeouts();
        misorderedRecovery();
        failover();
        outageOrBurst();
        latency();
        deploy();
        candidates.sort(Comparator.comparingDouble(Candidate::fit).reversed());
        Candidate best = candidates.get(0);
        if (best.fit() >= NAMED) {
            List<String> evidence = new ArrayList<>(best.evidence());
            if (request.callsAreGuessed()) {
                evidence.add("no event says who calls whom: taken from the order in which services appear");
            }
            return new FamilyVerdict(
                    best.family(),
                    best.fit(),
                    candidates.get(1).family(),
                    candidates.get(1).fit(),
                    evidence);
        }
        String none = causes.isEmpty() ? "no hop failed" : "no family fits by " + percent(NAMED) + " or more";
        List<String> evidence = new ArrayList<>(List.of(none));
        if (best.fit() > 0) {
            evidence.addAll(best.evidence());
        }
        return new FamilyVerdict(
                Family.UNKNOWN, 0, best.fit() > 0 ? best.family() : Family.UNKNOWN, best.fit(), evidence);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private void candidate(Family family, double fit, String... evidence) {
        candidates.add(new Candidate(family, fit, List.of(evidence)));
    }

    /** Tries that go on although each failed; one retry alone is none. */
    private void retryStorm() {
        List<Hop> retries =
                request.hops().stream().filter(h -> h.act() == Act.RETRY).toList();
        int last = request.hops().stream()
                .filter(Hop::isFailure)
                .mapToInt(Hop::index)
                .max()
                .orElse(-1);
        long vain = retries.stream().filter(r -> r.index() <= last).count();
        int failures = request.count(Hop::isFailure);
        int again = request.retries();
        double storm = again < 2 ? 0.4 : 1 - Math.pow(0.5, again);
        double fit = retries.isEmpty() ? 0 : storm * vain / retries.size();
        Set<String> retried = new LinkedHashSet<>();
        retries.forEach(r -> retried.add(r.edge()));
        candidate(
                Family.RETRY_STORM,
                fit,
                Words.count(retries.size(), "retry", "retries") + " of " + Words.some(retried) + ", " + vain
                        + " with a further failure behind, up to attempt " + again,
                Words.count(failures, "failure", "failures") + " in one request");
    }

    /** The longest way up from a time-out along calls on which each caller gave up after its callee. */
    private void cascadingTimeouts() {
        Map<String, Set<String>> calls = request.calls();
        Set<String> gaveUp = new LinkedHashSet<>();
        Set<String> timedOut = new LinkedHashSet<>();
        for (Hop h : request.bad()) {
            if (h.outcome() == Outcome.TIMEOUT || h.outcome() == Outcome.CANCELLED) {
                gaveUp.add(h.service());
            }
            if (h.outcome() == Outcome.TIMEOUT) {
                timedOut.add(h.service());
            }
        }
        List<String> longest = List.of();
        int[] steps = {MAX_STEPS};
        for (String from : timedOut) {
            List<String> way = up(from, gaveUp, calls, new LinkedHashSet<>(Set.of(from)), steps);
            longest = way.size() > longest.size() ? way : longest;
        }
        double fit = longest.size() < 2 ? 0 : 1 - 1.0 / (longest.size() + 1);
        candidate(
                Family.CASCADING_TIMEOUTS,
                fit,
                longest.size() + " services gave up one after the other, callee before caller: "
                        + String.join(", ", longest),
                Words.count(request.count(Outcome.TIMEOUT), "time-out", "time-outs") + ", "
                        + Words.count(request.count(Outcome.CANCELLED), "cancellation", "cancellations") + ", "
                        + Words.count(request.retries(), "retry", "retries"));
    }

    private static List<String> up(
            String from, Set<String> gaveUp, Map<String, Set<String>> calls, Set<String> way, int[] steps) {
        List<String> longest = List.copyOf(way);
        for (String caller : gaveUp) {
            boolean above = calls.getOrDefault(caller, Set.of()).contains(from);
            if (above && steps[0]-- > 0 && way.size() < MAX_WAY && way.add(caller)) {
                List<String> further = up(caller, gaveUp, calls, way, steps);
                longest = further.size() > longest.size() ? further : longest;
                way.remove(caller);
            }
        }
        return longest;
    }

    /** A service that is said to be well and then fails, or that works before it is said to be well. */
    private void misorderedRecovery() {
        List<Hop> recoveries =
                request.hops().stream().filter(h -> h.act() == Act.RECOVERY).toList();
        for (Hop r : recoveries) {
            Optional<Hop> failure = request.hops().stream()
                    .filter(h -> h.index() > r.index()
                            && h.isFailure()
                            && h.service().equals(r.service()))
                    .findFirst();
            if (failure.isPresent()) {
                boolean beforeOthers = recoveries.stream()
                        .anyMatch(o -> o.index() > failure.get().index()
                                && !o.service().equals(r.service()));
                candidate(
                        Family.MISORDERED_RECOVERY,
                        beforeOthers ? 1 : 0.9,
                        r.service() + " counts as recovered at " + r.place() + " and fails at "
                                + failure.get().place() + apart(r, failure.get()),
                        Words.count(recoveries.size(), "recovery", "recoveries")
                                + (beforeOthers ? ", another service's only after that failure" : ""));
                return;
            }
        }
        otherOrderThanBefore(recoveries);
    }

    /** Something failed when another service recovered first than in the baseline. */
    private void otherOrderThanBefore(List<Hop> recoveries) {
        Optional<Hop> usual = baseline.stream()
                .flatMap(b -> b.hops().stream())
                .filter(h -> h.act() == Act.RECOVERY)
                .findFirst();
        Optional<Hop> now = recoveries.stream().findFirst();
        boolean other = usual.isPresent()
                && now.isPresent()
                && !usual.get().service().equals(now.get().service());
        boolean fails = other
                && request.hops().stream().anyMatch(h -> h.index() >= now.get().index() && h.isFailure());
        candidate(
                Family.MISORDERED_RECOVERY,
                fails ? 0.7 : 0,
                now.map(Hop::service).orElse("nothing") + " recovers first, and in the baseline "
                        + usual.map(Hop::service).orElse("nothing") + "; a failure follows");
    }

    private static String apart(Hop from, Hop to) {
        return from.hasTime() && to.hasTime() ? ", " + (to.time() - from.time()) / 1_000_000 + " ms later" : "";
    }

    /** Work that was moved while what failed stays so. */
    private void failover() {
        Optional<Hop> moved =
                request.hops().stream().filter(h -> h.act() == Act.FAILOVER).findFirst();
        if (moved.isEmpty()) {
            candidate(Family.FAILOVER_INCOMPLETE, 0);
            return;
        }
        Hop move = moved.get();
        Optional<Hop> before = request.hops().stream()
                .filter(h -> h.index() < move.index() && h.isFailure())
                .reduce((a, b) -> b);
        String left = before.map(Hop::service).orElse("");
        long after = request.hops().stream()
                .filter(h -> h.index() > move.index() && h.isFailure())
                .count();
        boolean back = request.hops().stream()
                .anyMatch(h -> h.index() > move.index()
                        && h.act() == Act.RECOVERY
                        && h.service().equals(left));
        double fit = (before.isPresent() ? 0.5 : 0.2) + (after > 0 ? 0.2 : 0) + (before.isPresent() && !back ? 0.3 : 0);
        candidate(
                Family.FAILOVER_INCOMPLETE,
                before.isPresent() && back && after == 0 ? 0.3 : fit,
                before.map(b -> b.service() + " fails at " + b.place() + " and the work moves to " + move.downstream()
                                + apart(b, move))
                        .orElse("the work moves to " + move.downstream() + " without a failure before"),
                Words.count((int) after, "failure", "failures") + " after the move"
                        + (before.isPresent() && !back ? "; " + left + " has not come back in this recording" : ""));
    }

    /** One service that fails by itself, or what it calls does not answer. */
    private void outageOrBurst() {
        if (causes.isEmpty()) {
            candidate(Family.DEPENDENCY_OUTAGE, 0);
            candidate(Family.ERROR_BURST, 0);
            return;
        }
        Hop root = causes.get().root();
        String callee = root.downstream();
        long failed = request.hops().stream()
                .filter(h -> h.isFailure() && h.downstream().equals(callee))
                .count();
        boolean answers =
                request.hops().stream().anyMatch(h -> h.service().equals(callee) && h.outcome() == Outcome.OK);
        boolean outage = !callee.isEmpty() && !answers;
        candidate(
                Family.DEPENDENCY_OUTAGE,
                outage ? 0.6 : 0,
                Words.count((int) failed, "failing call", "failing calls") + " to " + callee
                        + ", and no event tells that it worked");
        candidate(
                Family.ERROR_BURST,
                outage ? 0.3 : 0.55,
                root.service() + " fails at " + root.place() + " with "
                        + root.outcome().key() + (callee.isEmpty() ? "" : ", though " + callee + " answers"));
    }

    /** A request that takes longer and ends well. */
    private void latency() {
        double now = duration(request);
        double before = baseline.map(FamilyJudge::duration).orElse(0.0);
        boolean slow = causes.isEmpty() && before > 0 && now >= SLOWER * before;
        candidate(
                Family.LATENCY_INFLATION,
                slow ? 1 - before / now : 0,
                String.format(
                        Locale.ROOT,
                        "the request takes %.1f ms, and %.1f ms in the baseline; nothing fails",
                        now / 1e6,
                        before / 1e6));
    }

    /** Nanoseconds from the first event to the last, 0 if they tell no time. */
    static double duration(Request request) {
        List<Long> times =
                request.hops().stream().filter(Hop::hasTime).map(Hop::time).toList();
        return times.isEmpty()
                ? 0
                : (double) times.stream().max(Long::compare).get()
                        - times.stream().min(Long::compare).get();
    }

    private void deploy() {
        boolean failed = causes.isPresent() && correlation.deploy();
        candidate(Family.BAD_DEPLOY, failed ? 0.58 : 0, correlation.evidence().toArray(String[]::new));
    }
}

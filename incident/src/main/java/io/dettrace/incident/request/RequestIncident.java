package io.dettrace.incident.request;

import io.dettrace.incident.family.Family;
import io.dettrace.incident.family.FamilyVerdict;
import io.dettrace.incident.runbook.Runbook;
import io.dettrace.incident.runbook.RunbookCase;
import io.dettrace.incident.runbook.RunbookStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one request says of an incident.
 *
 * @param request the request
 * @param baseline the request it is held against, good or an incident itself
 * @param firstIncorrect where it departs from a good baseline, if there is one
 * @param causes empty if nothing failed
 * @param family kind of incident
 * @param blast how far it reached
 * @param correlation what happened about that time
 */
public record RequestIncident(
        Request request,
        Optional<Request> baseline,
        Optional<FirstIncorrect> firstIncorrect,
        Optional<Causes> causes,
        FamilyVerdict family,
        RequestBlast blast,
        Correlation correlation) {
    /** How many times as long as any hop before it a hop takes that counts as inflated. */
    private static final int INFLATED = 2;

    /** Judges a request. */
    public static RequestIncident of(
            Request request, Optional<Request> baseline, Optional<FirstIncorrect> firstIncorrect) {
        Optional<Causes> causes = Causes.of(request);
        Optional<Request> good = baseline.filter(b -> b.bad().isEmpty());
        Correlation correlation = Correlation.of(request, causes, good);
        return new RequestIncident(
                request,
                baseline,
                firstIncorrect,
                causes,
                new FamilyJudge(request, causes, good, correlation).verdict(),
                RequestBlast.of(request, causes),
                correlation);
    }

    /** True if something is wrong: a hop did not end well, the request departs from a good one, or it is much slower. */
    public boolean isIncident() {
        return causes.isPresent() || firstIncorrect.isPresent() || family.family() != Family.UNKNOWN;
    }

    /** What the incident shows, as stable names: reasons, and the patterns found in them. */
    public List<String> annotations() {
        List<String> names = new ArrayList<>();
        List<String> chain = causes.map(Causes::labels).orElse(List.of());
        for (String label : chain) {
            boolean firstOfMany = label.equals("retry") && chain.contains("retry_burst");
            if (label.equals("timeout_chain") && inflates()) {
                names.add("latency_inflation_between_hops");
            }
            if (!firstOfMany) {
                names.add(label);
            }
        }
        return List.copyOf(names);
    }

    private boolean inflates() {
        long longest = 0;
        boolean failed = false;
        for (Hop hop : request.hops()) {
            if (failed && longest > 0 && hop.latency() >= INFLATED * longest) {
                return true;
            }
            failed |= hop.isFailure();
            longest = Math.max(longest, hop.latency());
        }
        return false;
    }

    /** The incident in a sentence or two. */
    public String summary() {
        if (causes.isEmpty()) {
            return firstIncorrect
                    .map(f -> "No hop failed, but the request departs from the baseline: " + f.sentence() + ".")
                    .orElse(
                            isIncident()
                                    ? "No hop failed, but the request is much slower than the baseline."
                                    : "No incident: no hop failed.");
        }
        Hop first = causes.get().first();
        String at = first.service().isEmpty() ? "a service without a name" : first.service();
        String upstream = blast.upstream().isEmpty()
                ? "no caller is recorded"
                : "it reaches " + String.join(", ", blast.upstream());
        String root = causes.get().root().service();
        String goesBack = root.equals(first.service()) ? "" : "it goes back to " + root + "; ";
        return family.family().key() + ": " + at + " fails first"
                + (first.reason().isEmpty() ? "" : " (" + first.reason() + ")")
                + (first.downstream().isEmpty() ? "" : " calling " + first.downstream()) + "; "
                + goesBack + Words.count(request.count(Hop::isFailure), "failure", "failures") + ", "
                + Words.count(request.count(Act.RETRY), "retry", "retries") + ", "
                + Words.count(request.count(Act.FAILOVER), "failover", "failovers") + "; " + upstream + ".";
    }

    /** What to look at next. */
    public List<RunbookStep> runbook() {
        if (!isIncident() || causes.isEmpty()) {
            return List.of();
        }
        Hop root = causes.get().root();
        return Runbook.of(new RunbookCase(
                family.family(),
                root.service(),
                Optional.of(root.downstream()).filter(s -> !s.isEmpty()),
                blast.upstream().stream().findFirst(),
                Optional.empty(),
                Optional.of(request.id()).filter(id -> id.matches("[0-9a-f]{16}|[0-9a-f]{32}")),
                correlation.start(),
                correlation.end(),
                request.count(Hop::isFailure),
                request.count(Outcome.NETWORK_ERROR),
                request.count(Outcome.TIMEOUT),
                request.retries(),
                request.maxLatency(),
                family.evidence(),
                correlation.changes()));
    }
}

package io.dettrace.incident.family;

import io.dettrace.incident.culprit.Comparison;
import io.dettrace.incident.culprit.Culprit;
import io.dettrace.incident.culprit.Departure;
import io.dettrace.incident.culprit.Findings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells the family of an incident from the {@link Signs} at its root. Each family's fit is a product of shares, so it says of how much of
 * what happened the family's description is true. A family that says more about how it came (an instance, a version, the traffic) goes
 * before those that say only what is seen (errors, time): these fit what the others leave.
 */
public final class FamilyFinder {
    /** What fits to less than a third is not what happened. */
    private static final double LEAST = 1.0 / 3;

    private FamilyFinder() {}

    /** The family of an incident. */
    public static FamilyVerdict find(Comparison c, Findings findings) {
        if (findings.culprits().isEmpty()) {
            return new FamilyVerdict(Family.UNKNOWN, 0, Family.UNKNOWN, 0, List.of("nothing departs"));
        }
        Culprit first = findings.culprits().get(0);
        Signs s = new SignReader(c, findings, first.service()).read();
        Map<Family, Double> fits = fits(s, share(first, Departure.Kind.TRAFFIC), broken(first));
        Family best = Family.UNKNOWN;
        Family next = Family.UNKNOWN;
        for (Map.Entry<Family, Double> e : fits.entrySet()) {
            if (best == Family.UNKNOWN || e.getValue() > fits.get(best)) {
                next = best;
                best = e.getKey();
            } else if (next == Family.UNKNOWN || e.getValue() > fits.get(next)) {
                next = e.getKey();
            }
        }
        double fit = fits.get(best);
        List<String> evidence = evidence(s, first.service());
        return fit < LEAST
                ? new FamilyVerdict(Family.UNKNOWN, 0, best, fit, evidence)
                : new FamilyVerdict(best, fit, next, fits.get(next), evidence);
    }

    /** Share of what speaks against a service that is of one kind. */
    private static double share(Culprit culprit, Departure.Kind kind) {
        double most = culprit.evidence().stream()
                .filter(d -> d.kind() == kind)
                .mapToDouble(Departure::score)
                .max()
                .orElse(0);
        return culprit.score() <= 0 ? 0 : Math.min(1, most / culprit.score());
    }

    /** Share of its requests that no longer do what they did, which is in vain even if no status says so. */
    private static double broken(Culprit culprit) {
        Departure cause = culprit.cause();
        return cause.kind() == Departure.Kind.STRUCTURE && !cause.expected().isEmpty() ? cause.low() : 0;
    }

    /**
     * How well each family fits, 0 to 1.
     *
     * @param traffic share of what speaks against the root that is more traffic
     * @param broken share of the root's requests that leave out what they did
     */
    static Map<Family, Double> fits(Signs s, double traffic, double broken) {
        Map<Family, Double> fits = new EnumMap<>(Family.class);
        // In vain, by themselves, or late: what of it is errors, and what is time.
        double errors = Math.max(s.failing(), broken) + s.unanswered();
        double all = errors + s.late();
        double inErrors = all == 0 ? 0 : errors / all;
        double inSilence = errors == 0 ? 0 : s.unanswered() / errors;
        double cascade = doubled(s.givenUp()) * doubled(s.nested());
        double old = 1 - s.byVersion();
        fits.put(Family.BAD_DEPLOY, s.byVersion());
        // The share of the requests that are additional.
        fits.put(Family.TRAFFIC_SURGE, old * traffic * (1 - 1 / s.growth()));
        fits.put(Family.MISORDERED_RECOVERY, s.returned() == 0 ? 0 : old * Math.max(0.5, s.concentration()));
        fits.put(Family.FAILOVER_INCOMPLETE, old * inSilence * Math.max(s.clean(), doubled(s.gone())));
        fits.put(Family.PARTIAL_OUTAGE, old * (s.returned() > 0 ? s.concentration() / 2 : s.concentration()));
        double one = 1 - Math.max(s.concentration(), fits.get(Family.MISORDERED_RECOVERY));
        fits.put(Family.RETRY_STORM, old * one * doubled(s.tries()) * (1 - inSilence * inErrors));
        fits.put(Family.CASCADING_TIMEOUTS, old * one * cascade);
        fits.put(Family.POISON_REQUEST, old * one * few(s));
        fits.put(
                Family.RESOURCE_SATURATION,
                old * one * (1 - cascade) / s.growth() * Math.max(full(s.use()), s.queue()) * (1 - inErrors));
        double left = 1
                - fits.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        fits.put(Family.DEPENDENCY_OUTAGE, inErrors * inSilence * left);
        fits.put(Family.ERROR_BURST, inErrors * (1 - inSilence) * left);
        fits.put(Family.LATENCY_INFLATION, (1 - inErrors) * left * (all > 0 ? 1 : 0));
        return fits;
    }

    /** Half of all and more is what the load or the failures are made of: 1. */
    private static double doubled(double share) {
        return Math.min(1, 2 * share);
    }

    /** Use of four fifths makes waiting five times the service (Kleinrock 1975, 3.2): full for whoever waits. */
    private static double full(double use) {
        return Math.min(1, use / 0.8);
    }

    /** Few requests hang while the others do not, or fail whenever they are tried; half of all are not few. */
    private static double few(Signs s) {
        double hangs = s.late() <= 0 ? 0 : Math.min(1, s.hanging() / s.late());
        double fails = s.failing() <= s.unanswered() ? 0 : Math.max(0, 2 * s.again() - 1);
        return Math.max(
                s.hanging() < 0.005 ? 0 : hangs * (1 - doubled(s.hanging())), fails * (1 - doubled(s.failing())));
    }

    private static List<String> evidence(Signs s, String root) {
        List<String> found = new ArrayList<>();
        say(found, s.failing(), "%.1f %% of the requests at " + root + " begin to fail by themselves");
        say(found, s.unanswered(), "%.1f %% more of the calls to " + root + " fail without an answer");
        say(found, s.late(), "%.1f %% more of its requests take longer than 99 %% of the baseline's");
        say(found, s.tries(), "%.1f %% more of the calls to it are made again after one that failed");
        say(found, s.givenUp(), "%.1f %% more of the calls to it are given up before it answers");
        say(
                found,
                s.givenUp() == 0 ? 0 : s.nested(),
                "in %.1f %% of the requests with such calls the caller's caller gives up too");
        say(
                found,
                s.concentration(),
                "%.1f %% of what departs at instance " + s.instance() + " does not at the others");
        say(found, s.gone(), "%.1f %% of the baseline's requests ran in instances that are silent now");
        say(
                found,
                s.clean(),
                "%.1f %% of its later calls come from callers without errors, while others still have them");
        say(found, s.newVersion(), "%.1f %% of its requests run in a version that the baseline does not know");
        say(found, s.resource().isEmpty() ? 0 : s.use(), "%.1f %% of the capacity of " + s.resource() + " is used");
        say(found, s.queue(), "%.1f %% of the requests that wait begin when another ends");
        say(found, s.again(), "%.1f %% of the failed calls that are tried again fail again");
        say(found, s.hanging(), "%.1f %% of its requests take ten times as long as 99 %% of the baseline's");
        if (s.returned() > 0) {
            found.add(s.returned()
                    + " times an instance was silent while others were not, and departed when it came back");
        }
        if (s.growth() > 1) {
            found.add(
                    String.format(Locale.ROOT, "requests from outside come %.2f times as often as before", s.growth()));
        }
        return found;
    }

    private static void say(List<String> found, double share, String sentence) {
        if (share >= 0.005) {
            found.add(String.format(Locale.ROOT, sentence, 100 * share));
        }
    }
}

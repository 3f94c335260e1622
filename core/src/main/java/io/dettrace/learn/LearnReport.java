package io.dettrace.learn;

import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.profile.Profile;
import io.dettrace.profile.ProfileFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was learnt, in words, and as the evidence that a profile keeps. */
public final class LearnReport {
    private static final int SHOWN_RULES = 12;

    /** A bound of the false alarms that people can live with. */
    private static final double GOOD_BOUND = 0.05;

    private LearnReport() {}

    /** The profile with its evidence. */
    public static Profile withEvidence(Learnt learnt, long events) {
        Map<String, String> evidence = new LinkedHashMap<>();
        evidence.put(Profile.RUNS, Integer.toString(learnt.runs().size()));
        evidence.put("events", Long.toString(events));
        evidence.put("tested quantities", Integer.toString(learnt.quantities()));
        evidence.put("false alarm bound", percent(learnt.falseAlarmBound()));
        evidence.put(
                "leave one out",
                learnt.clean().isEmpty()
                        ? "not with two runs"
                        : learnt.cleanRuns() + " of " + learnt.clean().size() + " clean" + atFirst(learnt));
        Blindness b = learnt.blindness();
        evidence.put(
                "blindness", percent(b.share()) + " of " + b.faults() + " faults put into passing runs are hidden");
        LearntDelays delays = learnt.delays();
        if (!delays.rules().isEmpty()) {
            evidence.put("timing ranges", Integer.toString(delays.quantities()));
            evidence.put(
                    "timing false alarms",
                    "at most " + percent(delays.falseAlarmBound(learnt.runs().size())) + " before ranges were widened");
            if (learnt.runs().size() > 2) {
                evidence.put("timing leave one out", timingKept(delays));
            }
        }
        return learnt.profile().withEvidence(evidence);
    }

    private static String atFirst(Learnt learnt) {
        long before = learnt.atFirst().stream().filter(c -> c).count();
        return learnt.wasRelaxed() ? " (" + before + " before rules got wider forms)" : "";
    }

    /** The report for people. */
    public static String text(Learnt learnt, long events, double blindnessLimit) {
        StringBuilder out = new StringBuilder();
        long rules = learnt.profile().learnt().size();
        out.append(String.format(
                Locale.ROOT,
                "Learnt %d rule%s from %d passing runs, %d events.%n",
                rules,
                rules == 1 ? "" : "s",
                learnt.runs().size(),
                events));
        out.append("  aligned with       ")
                .append(learnt.runs().get(learnt.reference()))
                .append('\n');
        out.append("  leave one out      ").append(leaveOneOut(learnt)).append('\n');
        out.append("  false alarms       ").append(falseAlarms(learnt)).append('\n');
        timing(out, learnt);
        blindness(out, learnt.blindness(), blindnessLimit);
        notCompared(out, learnt.profile().mapping());
        out.append('\n');
        List<Profile.Entry> shown = learnt.profile().learnt();
        shown.stream()
                .limit(SHOWN_RULES)
                .forEach(e -> out.append("  ")
                        .append(ProfileFile.write(e.rule()))
                        .append(e.why().isEmpty() ? "" : "  # " + e.why())
                        .append('\n'));
        if (shown.size() > SHOWN_RULES) {
            out.append("  and ").append(shown.size() - SHOWN_RULES).append(" more\n");
        }
        return out.toString();
    }

    private static void timing(StringBuilder out, Learnt learnt) {
        LearntDelays delays = learnt.delays();
        if (delays.rules().isEmpty()) {
            return;
        }
        int runs = learnt.runs().size();
        out.append(String.format(
                Locale.ROOT,
                "  timing             %s of own delays; at most %s of further passing runs leave them as they were seen,"
                        + " and they are wider%n",
                delays.quantities() + (delays.quantities() == 1 ? " range" : " ranges"),
                percent(delays.falseAlarmBound(runs))));
        if (runs > 2) {
            out.append("                     ").append(timingKept(delays)).append('\n');
        }
    }

    private static String timingKept(LearntDelays delays) {
        long wide = delays.rules().size() - delays.quantities();
        boolean all = delays.cleanRuns() == delays.atFirst().size();
        return delays.cleanRuns() + " of " + delays.atFirst().size() + " runs keep to the ranges of the others"
                + (all ? "" : ", and all once these were widened further")
                + (wide > 0
                        ? "; " + wide + " of the rules " + (wide == 1 ? "says" : "say")
                                + " any, as one run is too far from the others"
                        : "");
    }

    private static String falseAlarms(Learnt learnt) {
        int runs = learnt.runs().size();
        int wanted = learnt.runsFor(GOOD_BOUND);
        String more = wanted > runs
                ? String.format(Locale.ROOT, "; with %d runs it would be %s", wanted, percent(GOOD_BOUND))
                : "";
        return learnt.quantities() == 0
                ? "no learnt rule can be broken; what never differed in " + runs + " runs may yet"
                : String.format(
                                Locale.ROOT,
                                "at most %s of further passing runs break a learnt rule (%d tested %s, %d runs)",
                                percent(learnt.falseAlarmBound()),
                                learnt.quantities(),
                                learnt.quantities() == 1 ? "quantity" : "quantities",
                                runs)
                        + more;
    }

    private static String leaveOneOut(Learnt learnt) {
        if (learnt.clean().isEmpty()) {
            return "needs three runs or more";
        }
        StringBuilder text = new StringBuilder();
        text.append(learnt.cleanRuns())
                .append(" of ")
                .append(learnt.clean().size())
                .append(" runs are equivalent under the profile of the others")
                .append(atFirst(learnt));
        for (int i = 0; i < learnt.clean().size(); i++) {
            if (!learnt.clean().get(i)) {
                text.append("\n                     not ").append(learnt.runs().get(i));
            }
        }
        return text.toString();
    }

    private static void blindness(StringBuilder out, Blindness b, double limit) {
        out.append(String.format(
                Locale.ROOT,
                "  blindness          %s of %d faults put into passing runs are hidden (limit %s)%n",
                percent(b.share()),
                b.faults(),
                percent(limit)));
        for (Blindness.Fault fault : Blindness.Fault.values()) {
            out.append(String.format(
                    Locale.ROOT,
                    "    %-16s %d of %d hidden%n",
                    fault.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    b.hidden().getOrDefault(fault, 0),
                    b.injected().getOrDefault(fault, 0)));
        }
        b.byRule().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry::getKey))
                .limit(8)
                .forEach(e -> out.append("    ")
                        .append(e.getValue())
                        .append(" hidden by  ")
                        .append(e.getKey())
                        .append('\n'));
    }

    /** Faults are put into what the mapping compares; the rest is out of sight altogether, which the share cannot tell. */
    private static void notCompared(StringBuilder out, Mapping mapping) {
        List<String> fields = new ArrayList<>(mapping.fields(Role.TIME));
        fields.addAll(mapping.fields(Role.IGNORE));
        if (!fields.isEmpty()) {
            out.append("  not compared       ")
                    .append(String.join(", ", fields.stream().limit(SHOWN_RULES).toList()))
                    .append(fields.size() > SHOWN_RULES ? " and " + (fields.size() - SHOWN_RULES) + " more" : "")
                    .append("; faults in these are hidden and not counted\n");
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}

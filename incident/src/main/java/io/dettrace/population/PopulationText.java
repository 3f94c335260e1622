package io.dettrace.population;

import java.util.List;
import java.util.Locale;

/** A study of runs for people. */
public final class PopulationText {
    private static final int SHOWN_STEPS = 12;
    private static final int BAR = 20;

    private final PopulationStudy study;
    private final double alpha;
    private final int top;
    private final StringBuilder out = new StringBuilder();

    private PopulationText(PopulationStudy study, double alpha, int top) {
        this.study = study;
        this.alpha = alpha;
        this.top = top;
    }

    /**
     * The report.
     *
     * @param alpha probability of a false statement among those that are said to separate, 0 to 1
     * @param top statements shown, 1 or more
     */
    public static String of(PopulationStudy study, double alpha, int top) {
        PopulationText text = new PopulationText(study, alpha, top);
        text.separations();
        text.risk();
        return text.out.toString();
    }

    private void separations() {
        List<Separation> found = study.separating(alpha);
        int good = study.good().size();
        int bad = study.bad().size();
        if (found.isEmpty()) {
            line("NOTHING SEPARATES the %d failing from the %d passing runs beyond chance.", bad, good);
            line(
                    "  tested %d statements, of %d different sets of runs; the best of them:",
                    study.statements(), study.groups());
        } else {
            line("SEPARATES: %s", said(found.get(0)));
            line(
                    "  %d of %d failing and %d of %d passing runs; tested %d statements, of %d different sets of runs",
                    found.get(0).bad(), bad, found.get(0).good(), good, study.statements(), study.groups());
        }
        out.append('\n');
        List<Separation> shown = (found.isEmpty() ? study.ranked() : found)
                .stream().limit(found.isEmpty() ? 3 : top).toList();
        for (Separation s : shown) {
            separation(s);
        }
        if (found.size() > top) {
            line("  and %d more; --top shows more", found.size() - top);
        }
    }

    private static String said(Separation s) {
        return s.statement().text() + (s.isOfFailing() ? "" : ": in passing runs");
    }

    private void separation(Separation s) {
        line("  %s", said(s));
        line(
                "      failing %d of %d, passing %d of %d; difference %+.0f %% (95 %%: %+.0f to %+.0f %%)",
                s.bad(),
                study.bad().size(),
                s.good(),
                study.good().size(),
                100 * s.difference(),
                100 * s.low(),
                100 * s.high());
        line("      p = %s, %s with all statements in mind", probability(s.p()), probability(s.adjusted()));
        if (!s.places().isEmpty()) {
            line("      %s %s", s.isOfFailing() ? "at" : "in passing runs at", String.join(", ", s.places()));
        }
        if (!s.others().isEmpty()) {
            line(
                    "      the same runs: %s%s",
                    s.others().get(0).text(),
                    s.others().size() == 1 ? "" : ", and " + (s.others().size() - 1) + " more");
        }
    }

    private void risk() {
        if (study.risk().isEmpty()) {
            line("\nP(fail | what came before) needs two failing runs or more.");
            return;
        }
        PrefixRisk risk = study.risk().get();
        line(
                "\nP(fail | what came before) along %s, among the other runs; an association, not yet a cause",
                risk.run());
        line(
                "  %3.0f %%  %s  %d of %d  at the start",
                100 * risk.riskAtStart(), bar(risk.riskAtStart()), risk.bad(), risk.good() + risk.bad());
        int jump = risk.jump().orElse(0);
        int from = Math.max(0, Math.min(jump - SHOWN_STEPS / 2, risk.steps().size() - SHOWN_STEPS));
        if (from > 0) {
            line("  %d earlier steps", from);
        }
        for (int i = from; i < Math.min(from + SHOWN_STEPS, risk.steps().size()); i++) {
            step(risk, i);
        }
        int left = risk.steps().size() - from - SHOWN_STEPS;
        if (left > 0) {
            line("  %d further steps", left);
        }
        if (risk.jump().isEmpty()) {
            line("  Nowhere does it rise with other failing runs behind.");
        }
    }

    private void step(PrefixRisk risk, int i) {
        PrefixRisk.Step s = risk.steps().get(i);
        boolean jump = risk.jump().isPresent() && risk.jump().get() == i;
        String share = s.risk()
                .map(r -> String.format(Locale.ROOT, "%3.0f %%", 100 * r))
                .orElse("    ?");
        line(
                "  %s  %s  %d of %d  %s %s%s",
                share,
                bar(s.risk().orElse(0.0)),
                s.bad(),
                s.good() + s.bad(),
                s.place(),
                s.what(),
                jump
                        ? String.format(
                                Locale.ROOT, "   <- jumps by %.0f %%, p = %s", 100 * risk.rise(), probability(s.p()))
                        : "");
    }

    private static String bar(double share) {
        int full = (int) Math.round(share * BAR);
        return "#".repeat(full) + ".".repeat(BAR - full);
    }

    static String probability(double p) {
        if (p >= 0.001) {
            return String.format(Locale.ROOT, "%.3f", p);
        }
        return String.format(Locale.ROOT, "%.1e", p);
    }

    private void line(String format, Object... arguments) {
        out.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}

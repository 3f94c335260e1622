package io.dettrace.report;

import io.dettrace.compare.Comparison;
import io.dettrace.compare.Divergence;
import io.dettrace.compare.DivergenceClass;
import io.dettrace.compare.EventPoint;
import io.dettrace.compare.MatchedPair;
import io.dettrace.compare.Side;
import io.dettrace.event.InputNote;
import io.dettrace.normalize.MappingInference;
import io.dettrace.normalize.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The report for a terminal: the answer first, then the evidence, then what follows from it. */
public final class TextReport {
    private static final int SHOWN_ROOTS = 10;
    private static final int SHOWN_EFFECTS = 10;
    private static final int SHOWN_LANES = 8;
    private static final int TEXT_WIDTH = 160;

    private final Explanation explanation;
    private final Paint paint;
    private final StringBuilder out = new StringBuilder();

    private TextReport(Explanation explanation, boolean colour) {
        this.explanation = explanation;
        this.paint = new Paint(colour);
    }

    /**
     * Renders an explanation.
     *
     * @param colour true to mark with ANSI escape sequences
     */
    public static String render(Explanation explanation, boolean colour) {
        TextReport report = new TextReport(explanation, colour);
        report.all();
        return report.out.toString();
    }

    private void all() {
        Comparison c = explanation.comparison();
        line(c.isEqual() ? paint.text("1;32", "EQUIVALENT") : paint.text("1;31", "DIVERGED"));
        line("  baseline   " + explanation.baseline().name());
        line("  candidate  " + explanation.candidate().name());
        line("");
        if (explanation.identicalBytes().isPresent()) {
            line("The files are the same, byte for byte ("
                    + explanation.identicalBytes().getAsLong() + " bytes); their events were not counted.");
            return;
        }
        if (c.isEqual()) {
            line("All " + count(c.matched(), "event") + " correspond" + in(c) + ".");
        } else {
            first(c.roots().get(0));
            otherRoots(c);
            effects(c);
        }
        explanation.timing().ifPresent(t -> out.append(new TimingText(explanation, t, paint.colour()).render()));
        line("");
        footer(c);
    }

    private static String in(Comparison c) {
        return c.lanes() > 1 ? " in " + count(c.lanes(), "lane") : "";
    }

    // ---- the first divergence --------------------------------------------------------------------------------------

    private void first(Divergence d) {
        line(paint.text("1", "First divergence") + " at event " + d.index() + laneOf(d) + ": "
                + paint.text("1", explanation.sentence(d)));
        line("");
        evidence(d);
        differences(d);
        members(d);
        line("");
        line("  " + why(d));
        if (!d.aligned()) {
            line("  " + behind(d));
        }
        for (FieldDiff.Difference f : explanation.differences(d)) {
            String suspect = explanation.mapping().reasons().get(MappingInference.SUSPECT + f.path());
            if (suspect != null) {
                line(paint.text("33", "  hint: " + suspect));
            }
        }
    }

    private String laneOf(Divergence d) {
        return explanation.isOrderOnly() ? "" : ", lane " + d.lane();
    }

    private void evidence(Divergence d) {
        for (MatchedPair p : d.before()) {
            row(' ', Side.BASELINE, p.baseline(), "");
        }
        d.expected().ifPresent(e -> row('-', Side.BASELINE, e, "31"));
        d.actual().ifPresent(e -> row('+', Side.CANDIDATE, e, "32"));
        if (d.expected().isEmpty()) {
            line("  -          (the baseline has nothing more here)");
        }
        if (d.actual().isEmpty()) {
            line("  +          (the candidate has nothing more here)");
        }
    }

    private void row(char mark, Side side, EventPoint point, String colourCode) {
        String text = explanation.line(explanation.original(side, point));
        String shown = text.length() > TEXT_WIDTH ? text.substring(0, TEXT_WIDTH - 1) + "…" : text;
        String row = String.format(Locale.ROOT, "  %c %6d   %s", mark, point.index(), shown);
        line(paint.text(colourCode, row) + "   " + paint.text("2", explanation.place(side, point)));
    }

    private void differences(Divergence d) {
        List<FieldDiff.Difference> differences = explanation.differences(d);
        if (differences.isEmpty() || textOnly(d)) {
            return;
        }
        int path = 5;
        int expected = 8;
        for (FieldDiff.Difference f : differences) {
            path = Math.max(path, f.path().length());
            expected = Math.max(expected, shorten(f.expected()).length());
        }
        line("");
        String format = "    %-" + path + "s  %-" + expected + "s  %s";
        line(paint.text("2", String.format(Locale.ROOT, format, "field", "expected", "got")));
        for (FieldDiff.Difference f : differences) {
            line(String.format(Locale.ROOT, format, f.path(), shorten(f.expected()), shorten(f.actual())));
        }
        for (FieldDiff.Difference f : differences) {
            f.allowed().ifPresent(a -> line(paint.text("2", "    " + f.path() + " may be " + a)));
        }
    }

    /** True if there is but one field, whose values the rows above show already. */
    private boolean textOnly(Divergence d) {
        return explanation.expected(d.expected().orElseThrow()).fields().size() <= 1;
    }

    private static String shorten(Optional<String> value) {
        String text = value.orElse("(absent)").replaceAll("\\R", " ");
        return text.length() > 60 ? text.substring(0, 59) + "…" : text;
    }

    private void members(Divergence d) {
        for (Divergence.Member m : d.members()) {
            line("");
            line("  lane " + m.lane());
            m.expected().ifPresent(e -> row('-', Side.BASELINE, e, "31"));
            m.actual().ifPresent(e -> row('+', Side.CANDIDATE, e, "32"));
        }
    }

    private String why(Divergence d) {
        if (explanation.isOrderOnly()) {
            return "It is the root: both runs agree on everything recorded before it. The recorded order is the only"
                    + " evidence.";
        }
        if (explanation.comparison().linked()) {
            return "It is a root: every event that it depends on agrees in both runs.";
        }
        return "It is a root: every event before it in its lane agrees. No links between lanes are recorded.";
    }

    /** What lies behind a difference after which the lane could not be re-synchronised. */
    private String behind(Divergence d) {
        Comparison c = explanation.comparison();
        if (explanation.isOrderOnly()
                && c.complete()
                && d.expected().isPresent()
                && d.actual().isPresent()) {
            long due = c.baselineEvents() - d.expected().get().index() - 1;
            long came = c.candidateEvents() - d.actual().get().index() - 1;
            if (came == 0 && due > 0) {
                return "The candidate ends with it; " + count(due, "more event")
                        + (due == 1 ? " was due." : " were due.");
            }
        }
        return "The runs do not come back in step behind it; what follows there is not compared.";
    }

    // ---- the rest --------------------------------------------------------------------------------------------------

    private void otherRoots(Comparison c) {
        if (c.roots().size() == 1) {
            return;
        }
        List<Divergence> ends = c.roots().stream()
                .skip(1)
                .filter(d -> d.type() == DivergenceClass.ENDED_EARLY)
                .toList();
        boolean manyEnd = ends.size() > 1;
        List<Divergence> others = c.roots().stream()
                .skip(1)
                .filter(d -> !manyEnd || d.type() != DivergenceClass.ENDED_EARLY)
                .toList();
        line("");
        line(paint.text("1", count(c.roots().size() - 1L, "further root")) + ", causally independent of the first:");
        for (Divergence d : others.stream().limit(SHOWN_ROOTS).toList()) {
            line("  event " + shownIndex(d) + laneOf(d) + ": " + explanation.sentence(d) + "   "
                    + paint.text("2", place(d)));
        }
        if (others.size() > SHOWN_ROOTS) {
            line("  … and " + (others.size() - SHOWN_ROOTS) + " more");
        }
        if (manyEnd) {
            List<String> names = ends.stream().map(Divergence::lane).sorted().toList();
            line("  " + ends.size() + " lanes end early: "
                    + String.join(", ", names.subList(0, Math.min(SHOWN_LANES, names.size())))
                    + (names.size() > SHOWN_LANES ? " and " + (names.size() - SHOWN_LANES) + " more" : ""));
        }
    }

    /** Index of the event whose place is named: the candidate's where there is one. */
    private static long shownIndex(Divergence d) {
        return d.actual().or(d::expected).orElseThrow().index();
    }

    private String place(Divergence d) {
        Side side = d.actual().isPresent() ? Side.CANDIDATE : Side.BASELINE;
        String run = side == Side.CANDIDATE ? "candidate " : "baseline ";
        return run + explanation.place(side, d.actual().or(d::expected).orElseThrow());
    }

    private void effects(Comparison c) {
        if (c.effectCount() == 0) {
            return;
        }
        line("");
        String lanes =
                c.effectsByLane().size() > 1 ? " in " + count(c.effectsByLane().size(), "lane") : "";
        line(paint.text("1", count(c.effectCount(), "downstream difference")) + lanes + ", all explained by the "
                + (c.roots().size() == 1 ? "root" : "roots") + ":");
        List<Divergence> shown = new ArrayList<>();
        c.effects().stream().limit(Explanation.SHOWN_EFFECTS).forEach(e -> {
            boolean firstOfLane = shown.stream().noneMatch(s -> s.lane().equals(e.lane()));
            if (shown.size() < SHOWN_EFFECTS
                    && (firstOfLane || c.effectsByLane().size() == 1)) {
                shown.add(e);
            }
        });
        for (Divergence e : shown) {
            line("  event " + shownIndex(e) + laneOf(e) + ": " + explanation.sentence(e) + "   "
                    + paint.text("2", place(e)));
            if (!e.path().isEmpty()) {
                line("      " + paint.text("2", path(e)));
            }
        }
        if (c.effectCount() > shown.size()) {
            line("  … and " + (c.effectCount() - shown.size()) + " more");
        }
    }

    private String path(Divergence effect) {
        Divergence root = explanation.comparison().roots().get(effect.roots().get(0));
        StringBuilder path = new StringBuilder("reached by: " + root.lane() + "[" + root.index() + "]");
        for (Divergence.PathStep step : effect.path()) {
            path.append(" → ")
                    .append(step.event().lane())
                    .append('[')
                    .append(step.event().index())
                    .append(']');
        }
        return path.toString();
    }

    private void footer(Comparison c) {
        String unread = c.complete() ? "" : " read (reading stopped: every lane had diverged for good)";
        line(paint.text(
                "2",
                c.matched() + " matched, " + c.baselineEvents() + " baseline and " + c.candidateEvents()
                        + " candidate events" + unread + ", " + count(c.lanes(), "lane")
                        + (explanation.isOrderOnly() ? " (recorded order)" : by())));
        String left = leftOut();
        if (!left.isEmpty()) {
            line(paint.text("2", "not compared: " + left));
        }
        explanation.profile().ifPresent(p -> line(paint.text("2", "profile: " + p)));
        explanation.profileNotes().forEach(n -> line(paint.text("33", "note: " + n)));
        List<String> laneNotes = explanation.laneNotes();
        laneNotes.stream().limit(SHOWN_LANES).forEach(n -> line(paint.text("33", "note: " + n)));
        if (laneNotes.size() > SHOWN_LANES) {
            line(paint.text("33", "note: " + (laneNotes.size() - SHOWN_LANES) + " more lanes go by other names"));
        }
        notes(explanation.baseline().name(), explanation.baseline().notes());
        notes(explanation.candidate().name(), explanation.candidate().notes());
        if (c.danglingLinks() > 0) {
            line(paint.text(
                    "33", "note: " + count(c.danglingLinks(), "link") + " to events that are not in the run, ignored"));
        }
        if (c.cyclicLinks() > 0) {
            line(paint.text("33", "note: " + count(c.cyclicLinks(), "cycle") + " in the given links, ignored"));
        }
    }

    private String by() {
        List<String> lanes = explanation.mapping().fields(Role.LANE);
        return lanes.isEmpty() ? "" : " by " + String.join(", ", lanes);
    }

    private String leftOut() {
        List<String> parts = explanation.leftOut();
        int more = parts.size() - SHOWN_LANES;
        return String.join(", ", parts.stream().limit(SHOWN_LANES).toList())
                + (more > 0 ? " and " + more + " more" : "");
    }

    private void notes(String run, List<InputNote> notes) {
        for (InputNote n : notes) {
            line(paint.text(
                    "33", "note: " + run + ": " + n.message() + ": " + n.count() + " (first: " + n.first() + ")"));
        }
    }

    private static String count(long n, String what) {
        return n + " " + what + (n == 1 ? "" : what.endsWith("s") ? "" : "s");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}

package io.dettrace.report;

import io.dettrace.clocks.ClockBound;
import io.dettrace.clocks.ClockCollector;
import io.dettrace.clocks.ClockConflict;
import io.dettrace.clocks.ClockEstimate;
import io.dettrace.clocks.ClockPair;
import io.dettrace.clocks.ClockQuality;
import io.dettrace.clocks.CorrectedTime;
import io.dettrace.clocks.MessageTimes;
import io.dettrace.event.InputNote;
import java.util.List;
import java.util.Locale;

/** Clocks for people. */
public final class ClockTextReport {
    private static final String ROW = "  %-24s %-14s %-34s %-22s %9s %9s";

    private final ClockReport it;
    private final StringBuilder out = new StringBuilder();

    private ClockTextReport(ClockReport it) {
        this.it = it;
    }

    /** The text. */
    public static String render(ClockReport report) {
        return new ClockTextReport(report).text();
    }

    private String text() {
        List<ClockEstimate> clocks = it.table().estimates();
        long messages = it.table().pairs().stream()
                .mapToLong(p -> p.forward() + p.backward())
                .sum();
        line("%s", it.name());
        line(
                "  %s, %s between them; rates may differ by %s ppm",
                Count.of(clocks.size(), "clock"), Count.of(messages, "message"), ClockNumbers.ppm(it.maxSkewPpm()));
        line("");
        line(ROW, "clock", "quality", "ahead of " + it.table().reference() + " by", "faster by (ppm)", "out", "in");
        for (ClockEstimate clock : clocks) {
            line(
                    ROW,
                    clock.domain(),
                    clock.quality().key(),
                    offset(clock),
                    skew(clock),
                    String.format(Locale.ROOT, "%,d", clock.sent()),
                    String.format(Locale.ROOT, "%,d", clock.received()));
        }
        groups(clocks);
        it.table().pairs().stream()
                .filter(p -> p.conflict().isPresent())
                .forEach(p -> conflict(p, p.conflict().get()));
        notes();
        return out.toString();
    }

    private static String offset(ClockEstimate c) {
        if (c.quality() == ClockQuality.REFERENCE || c.quality() == ClockQuality.ABSENT) {
            return c.quality() == ClockQuality.ABSENT ? "?" : "0";
        }
        String value = ClockNumbers.offset(c.offset(), c.error());
        if (c.bound() == ClockBound.BOTH) {
            return value + " ± " + (c.error() == CorrectedTime.UNKNOWN ? "?" : ClockNumbers.duration(c.error()));
        }
        return switch (c.bound()) {
            case AT_LEAST -> "≥ " + value;
            case AT_MOST -> "≤ " + value;
            default -> "~ " + value;
        };
    }

    private static String skew(ClockEstimate c) {
        return switch (c.quality()) {
            case REFERENCE -> "0";
            case ABSENT -> "?";
            case ACCURATE -> ClockNumbers.ppm(c.skewPpm()) + " ± " + ClockNumbers.ppm(c.skewErrorPpm());
            default -> "~ " + ClockNumbers.ppm(c.skewPpm());
        };
    }

    /** Clocks that have another reference. */
    private void groups(List<ClockEstimate> clocks) {
        List<String> others = clocks.stream()
                .map(ClockEstimate::reference)
                .filter(r -> !r.equals(it.table().reference()))
                .distinct()
                .toList();
        for (String reference : others) {
            List<String> group = clocks.stream()
                    .filter(c -> c.reference().equals(reference))
                    .map(ClockEstimate::domain)
                    .toList();
            line("");
            line(
                    "  no message joins %s to %s%s",
                    String.join(", ", group),
                    it.table().reference(),
                    group.size() > 1 ? "; their offsets are against " + reference : "");
        }
    }

    private void conflict(ClockPair pair, ClockConflict c) {
        line("");
        line("  no linear clock satisfies all messages between %s and %s:", pair.first(), pair.second());
        for (MessageTimes m : c.messages()) {
            line(
                    "    %s sends at %s, %s receives at %s",
                    m.sender(), ClockNumbers.point(m.sent()), m.receiver(), ClockNumbers.point(m.received()));
        }
        String first = pair.first();
        line(
                "  the best one misses each by %s; a clock was set by %s or more, or drifted, between %s and %s of %s",
                ClockNumbers.duration(c.violation()),
                ClockNumbers.duration(2 * c.violation()),
                ClockNumbers.point(by(first, c.before())),
                ClockNumbers.point(by(first, c.after())),
                first);
        if (Double.isFinite(c.neededSkewPpm())) {
            line(
                    "  rates that differ by %s ppm would satisfy them: --max-skew allows that",
                    ClockNumbers.ppm(c.neededSkewPpm()));
        }
    }

    private static long by(String clock, MessageTimes m) {
        return m.sender().equals(clock) ? m.sent() : m.received();
    }

    private void notes() {
        ClockCollector.Counts counts = it.counts();
        line("");
        line(
                "  %s, %s between lanes%s",
                Count.of(counts.events(), "event"),
                Count.of(counts.links(), "link"),
                counts.links() == 0 ? ": nothing tells how far the clocks are apart" : "");
        boolean noTimes = counts.untimed() == counts.events();
        note(counts.untimed(), "events without a time" + (noTimes ? "; --time names the field that holds it" : ""));
        note(counts.unresolved(), "links whose other end is not in the run, or too far away");
        note(counts.beyondPairs(), "messages left out: more than " + ClockCollector.MAX_PAIRS + " pairs of clocks");
        note(counts.outOfRange(), "messages left out: a time before 1823 or after 2116");
        for (InputNote n : it.notes()) {
            note(n.count(), n.message() + " (" + n.code() + ", first at " + n.first() + ")");
        }
    }

    private void note(long n, String what) {
        if (n > 0) {
            line("  note: %,d %s", n, what);
        }
    }

    private void line(String format, Object... args) {
        out.append(String.format(Locale.ROOT, format, args).stripTrailing()).append('\n');
    }
}

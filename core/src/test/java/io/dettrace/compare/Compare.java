package io.dettrace.compare;

import io.dettrace.event.Run;
import io.dettrace.testkit.TestRun;
import io.dettrace.testkit.TestTrace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Comparisons in one line. */
final class Compare {
    private Compare() {}

    static Comparison runs(Run a, Run b) {
        return runs(a, b, CompareOptions.DEFAULT);
    }

    static Comparison runs(Run a, Run b, CompareOptions options) {
        try {
            return RunComparator.compare(a, b, options, Progress.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Comparison traces(TestTrace a, TestTrace b, TestRun.LinkForm form) {
        return runs(new TestRun("a", a, form), new TestRun("b", b, form));
    }

    /** Roots and effects in one line each, for failures. */
    static String describe(Comparison c) {
        StringBuilder text = new StringBuilder();
        c.roots().forEach(d -> text.append("root ").append(line(d)).append('\n'));
        c.effects().stream()
                .limit(10)
                .forEach(d -> text.append("  effect ")
                        .append(line(d))
                        .append(" of ")
                        .append(d.roots())
                        .append('\n'));
        return text.toString();
    }

    /** All that must not depend on recorded order, reading or lane numbers. */
    static String canonical(Comparison c) {
        List<String> lines = new ArrayList<>();
        c.roots().forEach(d -> lines.add("root " + line(d) + members(d) + next(d)));
        List<String> roots = lines.stream().map(l -> l.substring(5)).toList();
        c.effects()
                .forEach(d -> lines.add("effect " + line(d) + next(d) + " of "
                        + d.roots().stream().map(roots::get).sorted().toList() + " by " + path(d)));
        if (!c.linked()) {
            lines.sort(null);
        }
        lines.add(c.effectCount() + " effects " + c.effectsByLane() + " matched " + c.matched() + " of "
                + c.baselineEvents() + " and " + c.candidateEvents() + " cyclic " + c.cyclicLinks());
        return String.join("\n", lines);
    }

    private static String members(Divergence d) {
        return d.members().stream()
                .map(m -> m.lane() + " " + m.expected().map(EventPoint::ordinal)
                        + m.actual().map(EventPoint::ordinal))
                .toList()
                .toString();
    }

    private static String next(Divergence d) {
        return " before " + d.before().stream().map(p -> p.baseline().ordinal()).toList() + " next "
                + d.expectedNext().stream().map(EventPoint::ordinal).toList()
                + d.actualNext().stream().map(EventPoint::ordinal).toList();
    }

    static String path(Divergence d) {
        return d.path().stream()
                .map(s ->
                        s.fromLane() + ">" + s.event().lane() + "#" + s.event().ordinal() + s.side())
                .toList()
                .toString();
    }

    static String line(Divergence d) {
        return d.type() + " " + d.lane() + " expected "
                + d.expected().map(p -> p.ordinal() + "").orElse("-") + " actual "
                + d.actual().map(p -> p.lane() + " " + p.ordinal()).orElse("-") + " counts " + d.expectedCount() + "/"
                + d.actualCount() + (d.aligned() ? "" : " unaligned") + " depth " + d.depth();
    }
}

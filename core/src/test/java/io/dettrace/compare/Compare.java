package io.dettrace.compare;

import io.dettrace.event.Run;
import io.dettrace.testkit.TestRun;
import io.dettrace.testkit.TestTrace;
import java.io.IOException;
import java.io.UncheckedIOException;

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
        c.effects().stream().limit(10).forEach(d -> text.append("  effect ")
                .append(line(d))
                .append(" of ")
                .append(d.roots())
                .append('\n'));
        return text.toString();
    }

    static String line(Divergence d) {
        return d.type() + " " + d.lane() + " expected "
                + d.expected().map(p -> p.ordinal() + "").orElse("-") + " actual "
                + d.actual().map(p -> p.lane() + " " + p.ordinal()).orElse("-") + " counts " + d.expectedCount() + "/"
                + d.actualCount() + (d.aligned() ? "" : " unaligned") + " depth " + d.depth();
    }
}

package io.dettrace.server.live;

import io.dettrace.incident.culprit.Culprit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** Reports of windows for people: a line for each that says something new. */
public final class ReportText {
    /** Culprits behind the first that a line names. */
    private static final int MORE = 2;

    private ReportText() {}

    /** The line of a window; empty for one that is quiet or learnt from. */
    public static Optional<String> line(WindowReport r) {
        String text = switch (r.state()) {
            case QUIET, LEARNING -> r.shed() == 0 ? "" : "overloaded";
            case RECOVERED -> "recovered  nothing departs any more; since " + r.since() + " something did";
            case DEPARTS -> "departs    " + culprits(r.culprits());
            case ACCEPTED ->
                "accepted   departs since " + r.since() + " and is the baseline from now on: " + culprits(r.culprits());
        };
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String shed = r.shed() == 0 ? "" : String.format(Locale.ROOT, "; shed: %,d", r.shed());
        return Optional.of(r.start() + "  " + text + shed);
    }

    private static String culprits(List<Culprit> culprits) {
        StringJoiner all = new StringJoiner("; then ");
        culprits.stream()
                .limit(1 + MORE)
                .forEach(c -> all.add(String.format(
                        Locale.ROOT,
                        "%s (%.2f): %s",
                        c.service(),
                        c.score(),
                        c.cause().sentence())));
        int left = culprits.size() - 1 - MORE;
        return left > 0 ? all + "; and " + left + " more" : all.toString();
    }
}

package io.dettrace.incident.culprit;

import java.util.Locale;

/** Departures in words. */
final class Sentences {
    private Sentences() {}

    static String of(Departure d) {
        return switch (d.kind()) {
            case STRUCTURE -> structure(d) + counts(d);
            case FAILURE ->
                (isEdge(d)
                                ? "calls " + edge(d) + " fail, and nothing below them did first"
                                : d.subject() + " fails by itself")
                        + counts(d);
            case OWN_TIME ->
                String.format(Locale.ROOT, "%s takes %,.1f ms longer a request", d.subject(), d.change()) + counts(d);
            case CALL_GAP ->
                String.format(
                                Locale.ROOT,
                                "calls %s take %,.1f ms longer a request outside the callee",
                                edge(d),
                                d.change())
                        + counts(d);
            case RESOURCE ->
                String.format(
                        Locale.ROOT,
                        "%s is at %.0f %%, %.0f points more",
                        d.subject(),
                        100 * d.change(),
                        100 * d.relevance());
            case TRAFFIC -> String.format(Locale.ROOT, "%.1f times as many requests of %s", d.change(), d.subject());
        };
    }

    private static String structure(Departure d) {
        if (d.expected().isEmpty()) {
            return "after '" + d.from() + "' comes '" + d.instead() + "' more often";
        }
        return "after '" + d.from() + "' "
                + (d.instead().isEmpty()
                        ? "'" + d.expected() + "' no longer comes"
                        : "comes '" + d.instead() + "' instead of '" + d.expected() + "'");
    }

    private static boolean isEdge(Departure d) {
        return d.subject().indexOf('>') > 0;
    }

    private static String edge(Departure d) {
        return d.subject().replace(">", " > ");
    }

    private static String counts(Departure d) {
        return String.format(
                Locale.ROOT,
                ": %,d of %,d requests, %,d of %,d before",
                d.incidentHits(),
                d.incident(),
                d.baselineHits(),
                d.baseline());
    }
}

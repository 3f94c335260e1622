package io.dettrace.server.live;

import io.dettrace.incident.culprit.Culprit;
import java.time.Instant;
import java.util.List;

/**
 * What a closed window showed.
 *
 * @param start beginning of the window
 * @param end its end
 * @param state what it is taken for
 * @param since beginning of the first of the departing windows in a row that this one is in, else its own
 * @param requests requests that start in it
 * @param sampled how many of them were looked at
 * @param entryPoints how many entry points they have
 * @param baselineWindows quiet windows that it was compared with
 * @param shed spans and export requests refused for overload since the last report, see {@link Counter}
 * @param culprits whom it names, the first to look at first; none unless it departs
 */
public record WindowReport(
        Instant start,
        Instant end,
        State state,
        Instant since,
        long requests,
        long sampled,
        int entryPoints,
        int baselineWindows,
        long shed,
        List<Culprit> culprits) {
    /** What a window is taken for. */
    public enum State {
        /** The baseline is still too small to say. */
        LEARNING,
        /** Nothing departs; it goes into the baseline. */
        QUIET,
        /** The first quiet one after departing ones. */
        RECOVERED,
        /** Something departs; it does not go into the baseline. */
        DEPARTS,
        /** It departs as others did for so long that it becomes the new baseline. */
        ACCEPTED
    }

    /** A report; the culprits are copied. */
    public WindowReport {
        culprits = List.copyOf(culprits);
    }
}

package io.dettrace.incident.culprit;

import io.dettrace.incident.window.Window;
import java.util.Arrays;
import org.agrona.collections.LongHashSet;

/**
 * What happens in each span of a window, as two chains from its start to its end: of the spans that it begins, and of its log
 * records. They are kept apart since the order between them is that of two clocks. Spans that overlap are in the order of their
 * names, as their order is that of chance; a repetition counts once.
 */
final class SpanChains {
    static final int CALLS = 0;
    static final int LOGS = 1;

    private final Window window;
    private final Units units;
    private final LongHashSet logging;
    private long[] tokens = new long[16];
    private long[] times = new long[16];
    private int[] spans = new int[16];
    private int length;

    /**
     * The chains of a window.
     *
     * @param logging digests of service and operation of spans that have log records, in this window or the other
     */
    SpanChains(Window window, Units units, LongHashSet logging) {
        this.window = window;
        this.units = units;
        this.logging = logging;
    }

    /** Notes which kinds of spans have log records. */
    static void noteLogging(Window window, LongHashSet logging) {
        for (int s = 0; s < window.spans(); s++) {
            if (window.firstLog(s) < window.firstLog(s + 1)) {
                logging.add(Digest.of(window.service(s), window.operation(s)));
            }
        }
    }

    /** Takes steps of chains. */
    interface Visitor {
        /**
         * In span {@code span} of request {@code request}, {@code to} comes after {@code from} at time {@code time}.
         *
         * @param seen digest of the set of calls so far; 0 in the chain of log records, which would have too many
         */
        void step(int request, int span, int chain, long seen, long from, long to, long time);
    }

    /** Goes through all steps, requests and spans in the window's order. */
    void walk(Visitor visitor) {
        for (int r = 0; r < window.requests(); r++) {
            int until = window.firstSpan(r + 1);
            for (int s = window.firstSpan(r); s < until; s++) {
                if (units.isCall(s)) {
                    continue; // What happens in it is its callee's affair.
                }
                calls(s, until);
                give(r, s, CALLS, visitor);
                if (logging.contains(Digest.of(window.service(s), window.operation(s)))) {
                    logs(s);
                    give(r, s, LOGS, visitor);
                }
            }
        }
    }

    private void logs(int span) {
        length = 0;
        for (int l = window.firstLog(span); l < window.firstLog(span + 1); l++) {
            add(Token.log(window.logStatement(l)), window.logTime(l), -1);
        }
    }

    private void calls(int span, int until) {
        length = 0;
        long reached = Long.MIN_VALUE;
        int group = 0;
        for (int c = span + 1; c < until && window.parent(c) >= span; c++) {
            if (window.parent(c) != span) {
                continue;
            }
            if (window.start(c) >= reached) {
                byName(group);
                group = length;
            }
            reached = Math.max(reached, window.end(c));
            add(Token.child(units.label(c)), window.start(c), c);
        }
        byName(group);
        contexts(span);
    }

    private void byName(int from) {
        for (int i = from + 1; i < length; i++) {
            long t = tokens[i];
            long time = times[i];
            int s = spans[i];
            int at = i;
            while (at > from && tokens[at - 1] > t) {
                tokens[at] = tokens[at - 1];
                times[at] = times[at - 1];
                spans[at] = spans[at - 1];
                at--;
            }
            tokens[at] = t;
            times[at] = time;
            spans[at] = s;
        }
    }

    /** Tells the units that are called here where they are called: after which of the calls that had ended by then. */
    private void contexts(int span) {
        long here = Digest.of(window.service(span), window.operation(span));
        for (int i = 0; i < length; i++) {
            int c = spans[i];
            long before = 0;
            for (int j = 0; j < length; j++) {
                if (window.end(spans[j]) <= window.start(c) && isFirst(j, window.start(c))) {
                    before += Digest.of(tokens[j], 1);
                }
            }
            long digest = Digest.of(Digest.of(here, before), Token.name(tokens[i]));
            if (units.isEntry(c)) {
                units.context(c, digest);
            }
            for (int g = c + 1; g < window.spans() && window.parent(g) >= c; g++) {
                if (window.parent(g) == c && units.isEntry(g)) {
                    units.context(g, digest);
                }
            }
        }
    }

    private boolean isFirst(int at, long start) {
        for (int k = 0; k < at; k++) {
            if (tokens[k] == tokens[at] && window.end(spans[k]) <= start) {
                return false;
            }
        }
        return true;
    }

    private void add(long token, long time, int span) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * length);
            times = Arrays.copyOf(times, 2 * length);
            spans = Arrays.copyOf(spans, 2 * length);
        }
        tokens[length] = token;
        times[length] = time;
        spans[length++] = span;
    }

    private void give(int request, int span, int chain, Visitor visitor) {
        long from = Token.START;
        long seen = 0;
        for (int i = 0; i < length; i++) {
            if (tokens[i] != from) {
                visitor.step(request, span, chain, seen, from, tokens[i], units.corrected(span, times[i]));
                from = tokens[i];
                seen += chain == CALLS && isNew(i) ? Digest.of(tokens[i], 1) : 0;
            }
        }
        long end = chain == CALLS && window.error(span) ? Token.END_IN_ERROR : Token.END;
        visitor.step(request, span, chain, seen, from, end, units.corrected(span, window.end(span)));
    }

    private boolean isNew(int at) {
        for (int k = 0; k < at; k++) {
            if (tokens[k] == tokens[at]) {
                return false;
            }
        }
        return true;
    }
}

package io.dettrace.incident.culprit;

import io.dettrace.incident.window.Names;
import io.dettrace.incident.window.Window;
import io.dettrace.telemetry.SpanKind;
import java.util.Arrays;

/**
 * Units of work of a window: what one service does in answer to one call. A span begins a unit if it has no parent, or a parent in
 * another service, or is the server's half of a call of its own service. A call is a span that stands for what another does: it has a
 * client's kind, or nothing below it but units of others. A unit's context is where in its caller's work it was called, so that a
 * caller that goes another way is not blamed on those whom it calls otherwise.
 */
public final class Units {
    private static final int NONE = -1;

    private final Window window;
    /** The first span of each span's unit. */
    private final int[] entry;

    private final boolean[] call;
    /** The unit that answers a call. */
    private final int[] answer;

    private final boolean[] failing;
    private final long[] context;
    private final int[] label;
    private final int[] target;
    /** Nanoseconds to add to the times of a unit, by its first span. */
    private final long[] offset;

    /** The units of a window. */
    Units(Window window, Peers peers) {
        this.window = window;
        int n = window.spans();
        entry = new int[n];
        call = new boolean[n];
        failing = new boolean[n];
        context = new long[n];
        answer = new int[n];
        Arrays.fill(answer, NONE);
        boolean[] local = new boolean[n];
        for (int s = 0; s < n; s++) {
            int p = window.parent(s);
            boolean own = p >= 0 && window.service(p) == window.service(s) && !isServer(s);
            entry[s] = own ? entry[p] : s;
            if (p >= 0) {
                local[p] |= own;
                answer[p] = own || answer[p] != NONE ? answer[p] : s;
            }
            failing[entry[s]] |= tellsOfError(s);
        }
        for (int s = 0; s < n; s++) {
            call[s] = isClient(s) || answer[s] != NONE && !local[s];
            answer[s] = call[s] ? answer[s] : NONE;
        }
        for (int s = 0; s < n; s++) {
            if (answer[s] != NONE) {
                peers.note(window.peer(s), window.service(answer[s]));
            }
        }
        label = new int[n];
        target = new int[n];
        name(peers);
        offset = new long[n];
        for (int s = 0; s < n; s++) {
            if (entry[s] == s && window.parent(s) >= 0) {
                offset[s] = offset(s, window.parent(s));
            }
        }
    }

    /** A unit that seems to lie outside the call that waits for it is moved to its middle: its clock is another. */
    private long offset(int unit, int callSpan) {
        long same = offset[entry[callSpan]];
        long start = window.start(unit) + same;
        long end = window.end(unit) + same;
        long from = window.start(callSpan) + same;
        long to = window.end(callSpan) + same;
        boolean longer = end - start > to - from;
        if (start >= from && (end <= to || longer)) {
            return same;
        }
        return longer ? same + from - start : same + (from + to - start - end) / 2;
    }

    /** A time in a span by the clock of the request's root, nanoseconds since the epoch. */
    public long corrected(int span, long time) {
        return time + offset[entry[span]];
    }

    private void name(Peers peers) {
        Names names = window.names();
        for (int s = 0; s < label.length; s++) {
            target[s] = NONE;
            if (call[s]) {
                target[s] = answer[s] == NONE ? peers.of(window.peer(s)) : window.service(answer[s]);
            }
            // A call is named by whom it calls too, since operations like GET say little.
            label[s] = target[s] == NONE
                    ? window.operation(s)
                    : names.of(names.get(window.operation(s)) + " > " + names.get(target[s]));
            if (target[s] != NONE) {
                peers.label(label[s], target[s]);
            }
        }
    }

    private boolean isClient(int span) {
        return window.kind(span) == SpanKind.CLIENT || window.kind(span) == SpanKind.PRODUCER;
    }

    private boolean isServer(int span) {
        return window.kind(span) == SpanKind.SERVER || window.kind(span) == SpanKind.CONSUMER;
    }

    /** True if the span itself says that something failed: by its status, or by a log record. */
    private boolean tellsOfError(int span) {
        boolean error = window.error(span) && !isClient(span);
        for (int l = window.firstLog(span); l < window.firstLog(span + 1) && !error; l++) {
            error = window.logError(l);
        }
        return error;
    }

    /** First span of a span's unit. */
    public int entry(int span) {
        return entry[span];
    }

    /** True if the span begins a unit. */
    public boolean isEntry(int span) {
        return entry[span] == span;
    }

    /** True if the span is its service's half of a call of another. */
    public boolean isCall(int span) {
        return call[span];
    }

    /** First span of the unit that answers a call, -1 if none is recorded. */
    public int answer(int callSpan) {
        return answer[callSpan];
    }

    /** Number of the name of whom a call calls, -1 if nothing tells. */
    public int target(int callSpan) {
        return target[callSpan];
    }

    /** True if a call ended in an error, or what answers it says so. */
    public boolean isFailedCall(int callSpan) {
        return window.error(callSpan) || answer[callSpan] != NONE && failing[answer[callSpan]];
    }

    /** True if something in the unit of the span tells of an error; calls of others don't count. */
    public boolean isFailing(int span) {
        return failing[entry[span]];
    }

    /** Number of the name by which a span's caller tells it from others. */
    public int label(int span) {
        return label[span];
    }

    /** Digest of where in its caller's work the unit of the span was called; 0 for one that nobody here called. */
    long context(int span) {
        return context[entry[span]];
    }

    /** Says where a unit was called. */
    void context(int entrySpan, long digest) {
        context[entrySpan] = digest;
    }
}

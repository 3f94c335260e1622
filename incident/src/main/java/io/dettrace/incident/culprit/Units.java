package io.dettrace.incident.culprit;

import io.dettrace.incident.window.Names;
import io.dettrace.incident.window.Window;
import io.dettrace.telemetry.SpanKind;

/**
 * Units of work of a window: what one service does in answer to one call. A span begins a unit if it has no parent, or a parent in
 * another service, or is the server's half of a call of its own service. A unit's context is where in its caller's work it was
 * called, so that a caller that goes another way is not blamed on those whom it calls otherwise.
 */
final class Units {
    private final Window window;
    /** The first span of each span's unit. */
    private final int[] entry;

    private final boolean[] call;
    private final boolean[] failing;
    private final long[] context;
    private final int[] label;

    Units(Window window) {
        this.window = window;
        int n = window.spans();
        entry = new int[n];
        call = new boolean[n];
        failing = new boolean[n];
        context = new long[n];
        boolean[] remote = new boolean[n];
        boolean[] local = new boolean[n];
        for (int s = 0; s < n; s++) {
            int p = window.parent(s);
            boolean own = p >= 0 && window.service(p) == window.service(s) && !isServer(s);
            entry[s] = own ? entry[p] : s;
            if (p >= 0) {
                remote[p] |= !own;
                local[p] |= own;
            }
            boolean error = window.error(s);
            for (int l = window.firstLog(s); l < window.firstLog(s + 1) && !error; l++) {
                error = window.logError(l);
            }
            failing[entry[s]] |= error;
        }
        for (int s = 0; s < n; s++) {
            call[s] =
                    window.kind(s) == SpanKind.CLIENT || window.kind(s) == SpanKind.PRODUCER || remote[s] && !local[s];
        }
        label = new int[n];
        for (int s = 0; s < n; s++) {
            label[s] = call[s] && window.peer(s) >= 0 ? called(s, window.peer(s)) : window.operation(s);
        }
        for (int s = 0; s < n; s++) {
            int p = window.parent(s);
            if (p >= 0 && entry[s] == s && call[p]) {
                label[p] = called(p, window.service(s));
            }
        }
    }

    private boolean isServer(int span) {
        return window.kind(span) == SpanKind.SERVER || window.kind(span) == SpanKind.CONSUMER;
    }

    /** A call is named by whom it calls too, since operations like {@code GET} say little. */
    private int called(int span, int whom) {
        Names names = window.names();
        return names.of(names.get(window.operation(span)) + " > " + names.get(whom));
    }

    /** Number of the name by which a span's caller tells it from others. */
    int label(int span) {
        return label[span];
    }

    /** First span of a span's unit. */
    int entry(int span) {
        return entry[span];
    }

    /** True if the span begins a unit. */
    boolean isEntry(int span) {
        return entry[span] == span;
    }

    /** True if the span is its service's half of a call of another. */
    boolean isCall(int span) {
        return call[span];
    }

    /** True if something in the unit of the span, calls of others not counted in depth, tells of an error. */
    boolean isFailing(int span) {
        return failing[entry[span]];
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

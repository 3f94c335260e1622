package io.dettrace.incident.window;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/** Log records in the order in which they came, and their way to their spans. */
final class LogColumns {
    private static final int NONE = -1;

    private int size;
    private long[] trace = new long[64];
    private long[] span = new long[64];
    private int[] statement = new int[64];
    private byte[] severity = new byte[64];
    private long[] time = new long[64];

    void add(long traceHigh, long traceLow, long spanId, int statementName, byte severityNumber, long at) {
        if (size == trace.length) {
            int more = size + (size >> 1);
            trace = Arrays.copyOf(trace, more);
            span = Arrays.copyOf(span, more);
            statement = Arrays.copyOf(statement, more);
            severity = Arrays.copyOf(severity, more);
            time = Arrays.copyOf(time, more);
        }
        trace[size] = SpanColumns.key(traceHigh, traceLow);
        span[size] = spanId;
        statement[size] = statementName;
        severity[size] = severityNumber;
        time[size] = at;
        size++;
    }

    /** Gives the records to the window's spans, ordered by span and time. */
    void into(Window window, SpanColumns spans, int[] newNumber) {
        int[] owner = new int[size];
        Arrays.fill(owner, NONE);
        if (size > 0) {
            Long2LongHashMap bySpan = new Long2LongHashMap(2 * spans.size, 0.6f, NONE);
            for (int i = 0; i < spans.size; i++) {
                if (newNumber[i] >= 0) {
                    bySpan.putIfAbsent(key(SpanColumns.key(spans.traceHigh[i], spans.traceLow[i]), spans.id[i]), i);
                }
            }
            for (int i = 0; i < size; i++) {
                int arrived = (int) bySpan.get(key(trace[i], span[i]));
                owner[i] = arrived == NONE ? NONE : newNumber[arrived];
            }
        }
        int[] order = order(owner, window.spans());
        window.firstLog = new int[window.spans() + 1];
        window.logStatement = new int[order.length];
        window.logSeverity = new byte[order.length];
        window.logTime = new long[order.length];
        for (int at = 0; at < order.length; at++) {
            int i = order[at];
            window.firstLog[owner[i] + 1] = at + 1;
            window.logStatement[at] = statement[i];
            window.logSeverity[at] = severity[i];
            window.logTime[at] = time[i];
        }
        for (int s = 0; s < window.spans(); s++) {
            window.firstLog[s + 1] = Math.max(window.firstLog[s], window.firstLog[s + 1]);
        }
    }

    private static long key(long traceKey, long spanId) {
        return traceKey * 0x9E3779B97F4A7C15L + spanId;
    }

    /** Records that have a span, by span and then by time, then as they came: counted into place, then sorted by insertion. */
    private int[] order(int[] owner, int spanCount) {
        int[] from = new int[spanCount + 1];
        for (int o : owner) {
            if (o != NONE) {
                from[o + 1]++;
            }
        }
        for (int s = 0; s < spanCount; s++) {
            from[s + 1] += from[s];
        }
        int[] order = new int[from[spanCount]];
        int[] next = from.clone();
        for (int i = 0; i < size; i++) {
            if (owner[i] == NONE) {
                continue;
            }
            int at = next[owner[i]]++;
            while (at > from[owner[i]] && time[order[at - 1]] > time[i]) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = i;
        }
        return order;
    }
}

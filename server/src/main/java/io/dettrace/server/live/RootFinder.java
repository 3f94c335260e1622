package io.dettrace.server.live;

import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryMetric;
import io.dettrace.telemetry.TelemetrySink;
import io.dettrace.telemetry.TelemetrySpan;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/** Finds a request's root: of the spans whose parent is not there the one that starts first. */
final class RootFinder implements TelemetrySink {
    private final List<TelemetrySpan> spans = new ArrayList<>();

    @Override
    public void span(TelemetrySpan span) {
        spans.add(span);
    }

    @Override
    public void log(TelemetryLog log) {
        // Logs are no roots.
    }

    @Override
    public void metric(TelemetryMetric point) {
        throw new IllegalStateException("a request holds no metrics");
    }

    /** The root of the spans taken since the last call. */
    TelemetrySpan root() {
        LongHashSet ids = new LongHashSet();
        spans.forEach(s -> ids.add(s.id()));
        @Nullable TelemetrySpan root = null;
        for (TelemetrySpan s : spans) {
            boolean top = s.parent() == 0 || s.parent() == s.id() || !ids.contains(s.parent());
            if (top && (root == null || isBefore(s, root))) {
                root = s;
            }
        }
        TelemetrySpan found = root == null ? spans.get(0) : root;
        spans.clear();
        return found;
    }

    private static boolean isBefore(TelemetrySpan a, TelemetrySpan b) {
        return a.start() != b.start() ? a.start() < b.start() : a.id() < b.id();
    }
}

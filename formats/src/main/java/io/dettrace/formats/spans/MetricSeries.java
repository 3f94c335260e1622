package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import io.dettrace.telemetry.TelemetryResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one value of each point: a gauge's as it is, a counter's rate per second over the interval, a distribution's mean
 * over the interval. What counts from a start on is compared with the point before in its series (OpenTelemetry's
 * specification, "Metrics data model: resets and gaps"): a later start, or a count that falls, is a restart from zero.
 */
final class MetricSeries {
    /** Series whose last point is remembered; beyond it the one that was seen least recently is forgotten. */
    static final int MAX_SERIES = 100_000;

    private static final double SECOND = 1e9;

    private final Map<Key, MetricPoint> last = new LinkedHashMap<>(64, 0.75f, true);

    private record Key(TelemetryResource resource, String name, List<Field> attributes) {}

    /** The value; NaN if none can be told, as of the first point of a series. */
    double value(MetricPoint point, TelemetryResource resource, SpanSink sink) {
        return switch (point.shape()) {
            case VALUE -> point.sum();
            case DELTA_SUM -> perSecond(point.sum(), point.start(), point.time());
            case DELTA_DISTRIBUTION -> point.sum() / point.count();
            case CUMULATIVE_SUM, CUMULATIVE_DISTRIBUTION -> sinceLast(point, resource, sink);
        };
    }

    private static double perSecond(double amount, long from, long to) {
        return from == Moment.UNKNOWN || from >= to ? Double.NaN : amount * SECOND / (to - from);
    }

    private double sinceLast(MetricPoint point, TelemetryResource resource, SpanSink sink) {
        Key key = new Key(resource, point.name(), point.attributes());
        MetricPoint before = last.get(key);
        if (before != null && point.time() <= before.time()) {
            note(sink, point, "metric_order", "points that are not later than those before in their series; left out");
            return Double.NaN;
        }
        last.put(key, point);
        if (last.size() > MAX_SERIES) {
            last.remove(last.keySet().iterator().next());
            note(sink, point, "metric_series", "series beyond " + MAX_SERIES + "; the oldest begin anew");
        }
        if (before == null) {
            return Double.NaN;
        }
        boolean restarted = isRestart(before, point);
        double sum = restarted ? point.sum() : point.sum() - before.sum();
        double count = restarted ? point.count() : point.count() - before.count();
        long from = restarted ? Math.max(before.time(), point.start()) : before.time();
        return point.shape().isSum() ? perSecond(sum, from, point.time()) : sum / count;
    }

    private static void note(SpanSink sink, MetricPoint point, String code, String message) {
        sink.context().note(code, message, sink.at(point.place()));
    }

    private static boolean isRestart(MetricPoint before, MetricPoint point) {
        boolean told = before.start() != Moment.UNKNOWN && point.start() > before.start();
        return told || (point.shape().isSum() ? point.sum() < before.sum() : point.count() < before.count());
    }
}

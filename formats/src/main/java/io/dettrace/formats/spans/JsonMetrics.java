package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Metrics in JSON, as {@link ProtoMetrics}. */
final class JsonMetrics {
    private static final List<String> DISTRIBUTIONS = List.of("histogram", "exponentialHistogram", "summary");
    private static final int NO_RECORDED_VALUE = 1;

    private JsonMetrics() {}

    /** Adds the points of a metric. */
    static void read(JsonObject metric, int origin, SpanSink sink) throws IOException {
        for (String data : List.of("gauge", "sum")) {
            JsonObject of = metric.object(data);
            if (of != null) {
                MetricPoint.Shape shape = data.equals("gauge")
                        ? MetricPoint.Shape.VALUE
                        : MetricPoint.ofSum(isDelta(of), of.text("isMonotonic").equals("true"));
                points(metric, of, shape, origin, sink);
            }
        }
        for (String data : DISTRIBUTIONS) {
            JsonObject of = metric.object(data);
            if (of != null) {
                boolean delta = !data.equals("summary") && isDelta(of);
                points(metric, of, MetricPoint.ofDistribution(delta), origin, sink);
            }
        }
    }

    private static boolean isDelta(JsonObject data) {
        String text = data.text("aggregationTemporality").toUpperCase(Locale.ROOT);
        return text.equals("1") || text.endsWith("DELTA");
    }

    private static void points(JsonObject metric, JsonObject data, MetricPoint.Shape shape, int origin, SpanSink sink)
            throws IOException {
        for (Object element : data.list("dataPoints")) {
            if (element instanceof JsonObject point && !isUnrecorded(point)) {
                List<Field> attributes = OtlpJsonReader.attributes(point);
                boolean distribution = !shape.isSum() && shape != MetricPoint.Shape.VALUE;
                double value = distribution
                        ? number(point.text("sum"))
                        : number(point.has("asDouble") ? point.text("asDouble") : point.text("asInt"));
                sink.add(new MetricPoint(
                        point.place,
                        origin,
                        shape,
                        metric.text("name"),
                        metric.text("unit"),
                        attributes,
                        JsonTimes.of(point.text("startTimeUnixNano"), 1),
                        JsonTimes.of(point.text("timeUnixNano"), 1),
                        distribution ? number(point.text("count")) : 0,
                        value));
            }
        }
    }

    private static boolean isUnrecorded(JsonObject point) {
        double flags = number(point.text("flags"));
        return !Double.isNaN(flags) && ((long) flags & NO_RECORDED_VALUE) != 0;
    }

    /** A number by its text, also one of {@code NaN}, {@code Infinity} and {@code -Infinity}; NaN for anything else. */
    private static double number(String text) {
        try {
            return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException noNumber) {
            return Double.NaN;
        }
    }
}

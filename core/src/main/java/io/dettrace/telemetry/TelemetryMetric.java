package io.dettrace.telemetry;

import io.dettrace.event.Field;
import java.util.List;

/**
 * One value of a metric at a time.
 *
 * @param resource what it is measured of
 * @param name such as {@code k8s.pod.cpu.utilization}
 * @param unit UCUM unit as written, empty if not told
 * @param time nanoseconds since the epoch, the end of the interval
 * @param value a gauge's value, a counter's rate over the interval, or a histogram's mean
 * @param attributes of the point
 */
public record TelemetryMetric(
        TelemetryResource resource, String name, String unit, long time, double value, List<Field> attributes) {}

package io.dettrace.telemetry;

import io.dettrace.event.Field;
import java.util.List;

/**
 * Something that happened in a span.
 *
 * @param time nanoseconds since the epoch
 * @param name such as {@code exception}
 * @param attributes as written
 */
public record TelemetryEvent(long time, String name, List<Field> attributes) {}

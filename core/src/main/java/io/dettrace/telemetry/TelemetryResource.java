package io.dettrace.telemetry;

import io.dettrace.event.Field;
import java.util.List;
import java.util.Objects;

/**
 * What sent telemetry: OpenTelemetry's resource. Readers share one object among all that it sent.
 *
 * @param service name of the service, {@code unknown_service} if it has none
 * @param instance what tells it from others of the same service, empty if nothing does
 * @param version {@code service.version}, empty if not told
 * @param attributes all attributes as written
 */
public record TelemetryResource(String service, String instance, String version, List<Field> attributes) {
    /** A resource; attributes are copied. */
    public TelemetryResource {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(version, "version");
        attributes = List.copyOf(attributes);
    }
}

package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import io.dettrace.telemetry.TelemetryResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The resources of an input, equal ones as one object. */
final class KnownResources {
    /** What stands for a resource that is not known yet. */
    static final TelemetryResource UNKNOWN = new TelemetryResource(Origins.UNKNOWN_SERVICE, "", "", List.of());

    /** Different ones that are remembered; beyond it equal ones may become several objects. */
    private static final int MAX = 20_000;

    private record Key(List<Field> attributes, String service) {}

    private final Map<Key, TelemetryResource> known = new HashMap<>();
    private TelemetryResource last = UNKNOWN;
    private String lastService = "";

    /**
     * The resource of these attributes.
     *
     * @param service name of the service, empty if an attribute tells it
     */
    TelemetryResource of(List<Field> attributes, String service) {
        if (last.attributes().equals(attributes) && lastService.equals(service)) {
            return last;
        }
        List<Field> copy = List.copyOf(attributes);
        if (known.size() == MAX) {
            known.clear();
        }
        last = known.computeIfAbsent(new Key(copy, service), KnownResources::make);
        lastService = service;
        return last;
    }

    private static TelemetryResource make(Key key) {
        Origins.Origin origin = Origins.of(key.attributes, key.service, "");
        String version = key.attributes.stream()
                .filter(f -> f.path().equals("service.version"))
                .map(Field::text)
                .findFirst()
                .orElse("");
        return new TelemetryResource(origin.service(), origin.instance(), version, key.attributes);
    }
}

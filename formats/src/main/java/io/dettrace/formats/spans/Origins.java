package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where spans come from: service and instance, and the instrumentation scope. Files name these before or after the spans
 * themselves, so a span holds a number that is given a meaning later. Equal origins are kept once; a number costs four bytes.
 */
final class Origins {
    /** Service of a span that names none; the name that OpenTelemetry gives then. */
    static final String UNKNOWN_SERVICE = "unknown_service";

    private static final List<List<String>> INSTANCE = List.of(
            List.of("service.instance.id"),
            List.of("k8s.pod.uid"),
            List.of("k8s.pod.name"),
            List.of("container.id"),
            List.of("client-uuid"),
            List.of("host.name", "process.pid"),
            List.of("hostname", "pid"),
            List.of("host.name"),
            List.of("hostname"),
            List.of("ip"));

    private final Map<Origin, Integer> numbers = new HashMap<>();
    private final List<Origin> distinct = new ArrayList<>();
    private int[] meaning = new int[16];
    private int size;

    /**
     * A service's instance, and the scope that recorded.
     *
     * @param service its name
     * @param instance what tells it from others of the same name, empty if nothing does
     * @param scope instrumentation scope or logger, empty if not told
     * @param version version of the service, empty if not told
     */
    record Origin(String service, String instance, String scope, String version) {
        boolean sameProcess(Origin other) {
            return service.equals(other.service) && instance.equals(other.instance);
        }
    }

    Origins() {
        number(new Origin(UNKNOWN_SERVICE, "", "", ""));
    }

    /** A number without a meaning yet; until it has one it means an unknown service. */
    int open() {
        if (size == meaning.length) {
            meaning = java.util.Arrays.copyOf(meaning, 2 * size);
        }
        meaning[size] = 0;
        return size++;
    }

    /** Gives a number its meaning. */
    void define(int number, Origin origin) {
        meaning[number] = number(origin);
    }

    /** A number of an origin that is known at once. */
    int of(Origin origin) {
        return -1 - number(origin);
    }

    private int number(Origin origin) {
        Integer known = numbers.get(origin);
        if (known == null) {
            known = distinct.size();
            numbers.put(origin, known);
            distinct.add(origin);
        }
        return known;
    }

    Origin get(int number) {
        return distinct.get(number < 0 ? -1 - number : meaning[number]);
    }

    /** The origin that a resource's attributes describe. */
    static Origin of(List<Field> resource, String service, String scope) {
        Map<String, String> values = new HashMap<>();
        resource.forEach(f -> values.putIfAbsent(f.path(), f.text()));
        String name = service.isEmpty() ? values.getOrDefault("service.name", "") : service;
        String instance = "";
        for (List<String> keys : INSTANCE) {
            if (values.keySet().containsAll(keys)) {
                instance = String.join(":", keys.stream().map(values::get).toList());
                break;
            }
        }
        String version = values.getOrDefault("service.version", "");
        return new Origin(name.isEmpty() ? UNKNOWN_SERVICE : name, instance, scope, version);
    }
}

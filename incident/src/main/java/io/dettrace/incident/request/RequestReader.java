package io.dettrace.incident.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes requests of events, be they an event log's or those of spans; what they are is told by their fields. */
public final class RequestReader {
    private RequestReader() {}

    /**
     * The events by request, in order of appearance. Events that name no request, such as one that tells of a deploy, belong
     * to each.
     */
    public static Map<String, List<RequestEvent>> byRequest(List<RequestEvent> events) {
        List<String> ids = events.stream().map(e -> new HopFields(e).request()).toList();
        Map<String, List<RequestEvent>> all = new LinkedHashMap<>();
        ids.stream().filter(id -> !id.isEmpty()).forEach(id -> all.putIfAbsent(id, new ArrayList<>()));
        if (all.isEmpty()) {
            all.put("", new ArrayList<>());
        }
        for (int i = 0; i < events.size(); i++) {
            for (Map.Entry<String, List<RequestEvent>> request : all.entrySet()) {
                if (ids.get(i).isEmpty() || ids.get(i).equals(request.getKey())) {
                    request.getValue().add(events.get(i));
                }
            }
        }
        return all;
    }

    /** One request of its events in recorded order. */
    public static Request read(String name, String id, List<RequestEvent> events) {
        boolean spans = events.stream().anyMatch(SpanHops::isOfSpan);
        List<Hop> hops = spans ? new SpanHops(events).hops() : LogHops.of(events);
        return new Request(name, id, events.size(), hops);
    }
}

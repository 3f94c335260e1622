package io.dettrace.incident.request;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes requests of events, be they an event log's or those of spans; what they are is told by their fields. */
public final class RequestReader {
    private RequestReader() {}

    /** The identifiers of the requests that the events name, in order of appearance; one empty one if they name none. */
    public static List<String> ids(List<RequestEvent> events) {
        Set<String> ids = new LinkedHashSet<>();
        events.forEach(e -> ids.add(new HopFields(e).request()));
        ids.remove("");
        return ids.isEmpty() ? List.of("") : List.copyOf(ids);
    }

    /**
     * One request. Events that name no request, such as one that tells of a deploy, belong to each.
     *
     * @param name what people call the recording
     * @param id the request's identifier
     * @param events those of the recording in recorded order
     */
    public static Request read(String name, String id, List<RequestEvent> events) {
        List<RequestEvent> own = events.stream()
                .filter(e -> {
                    String of = new HopFields(e).request();
                    return of.isEmpty() || of.equals(id);
                })
                .toList();
        boolean spans = own.stream().anyMatch(SpanHops::isOfSpan);
        List<Hop> hops = spans ? new SpanHops(own).hops() : LogHops.of(own);
        return new Request(name, id, own.size(), hops);
    }
}

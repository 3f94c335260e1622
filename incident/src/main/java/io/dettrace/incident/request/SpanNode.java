package io.dettrace.incident.request;

import io.dettrace.event.EventBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A span of the request while its hops are made. */
final class SpanNode {
    private static final List<String> ASKED = List.of(
            "http.request.method",
            "url.path",
            "http.route",
            "rpc.service",
            "rpc.method",
            "db.query.text",
            "db.query.summary",
            "messaging.destination.name");

    final int startIndex;
    final RequestEvent start;
    final String service;
    final String kind;
    final List<SpanNode> children = new ArrayList<>();

    @Nullable
    SpanNode parent;

    int endIndex = -1;

    @Nullable
    RequestEvent end;

    boolean error;
    String exception = "";

    SpanNode(int startIndex, RequestEvent start) {
        this.startIndex = startIndex;
        this.start = start;
        service = start.text("service");
        kind = start.text("span.kind");
    }

    String id() {
        return start.text("span_id");
    }

    String name() {
        return start.text("name");
    }

    boolean isCall() {
        return Set.of("client", "producer").contains(kind);
    }

    boolean isServed() {
        return Set.of("server", "consumer").contains(kind);
    }

    /** When it ended; far in the future if it did not. */
    long endTime() {
        return end == null || end.time() == EventBlock.NO_TIME ? Long.MAX_VALUE : end.time();
    }

    /** Nanoseconds it took, or -1. */
    long latency() {
        return endTime() == Long.MAX_VALUE || start.time() == EventBlock.NO_TIME ? -1 : endTime() - start.time();
    }

    /** An attribute of start or end by its name of today or an older one, empty if there is none. */
    String attribute(String... names) {
        for (String name : names) {
            for (RequestEvent e : end == null ? List.of(start) : List.of(end, start)) {
                for (String path : List.of(name, "attributes." + name)) {
                    if (!e.text(path).isEmpty()) {
                        return e.text(path);
                    }
                }
            }
        }
        return "";
    }

    /** What is asked for, beside the name: HTTP clients call all their spans by the method. */
    String asked() {
        return ASKED.stream().map(this::attribute).filter(a -> !a.isEmpty()).collect(Collectors.joining(" "));
    }

    /** True if name or attributes tell more than that it is an HTTP call. */
    boolean tellsWhatIsAsked() {
        return !name().matches("(HTTP )?[A-Z]+")
                || !attribute("url.path", "http.route").isEmpty();
    }

    /** The service that it calls: the one that answered, else the one that the call names. */
    String callee() {
        if (!isCall()) {
            return "";
        }
        return children.stream()
                .map(c -> c.service)
                .filter(s -> !s.equals(service))
                .findFirst()
                .orElseGet(() -> attribute(
                        "service.peer.name",
                        "peer.service",
                        "server.address",
                        "net.peer.name",
                        "db.namespace",
                        "db.name",
                        "db.system.name",
                        "db.system",
                        "messaging.destination.name",
                        "messaging.system"));
    }

    /** True if it fails only because a span of the same service inside it did. */
    boolean onlyPassesOn() {
        return children.stream().anyMatch(c -> c.error && c.service.equals(service));
    }

    /**
     * How it ended, by the status codes and error types of OpenTelemetry's semantic conventions (1.37); and where a caller
     * ends with an error while its callee goes on, it gave up waiting.
     */
    Outcome outcome() {
        if (!error || onlyPassesOn()) {
            return Outcome.OK;
        }
        Outcome byType = HopWords.error(attribute("error.type"));
        Outcome said = byType == Outcome.ERROR ? HopWords.error(exception) : byType;
        Outcome told = said == Outcome.ERROR ? byCode() : said;
        boolean gaveUp = isCall() && children.stream().anyMatch(c -> c.endTime() > endTime());
        return told == Outcome.ERROR && gaveUp ? Outcome.TIMEOUT : told;
    }

    private Outcome byCode() {
        String http = attribute("http.response.status_code", "http.status_code");
        Outcome byHttp = http.matches("\\d{3}") ? HopWords.ofHttp(Integer.parseInt(http)) : Outcome.ERROR;
        return switch (attribute("rpc.response.status_code", "rpc.grpc.status_code", "grpc.status_code")) {
            case "DEADLINE_EXCEEDED", "4" -> Outcome.TIMEOUT;
            case "CANCELLED", "1" -> Outcome.CANCELLED;
            case "UNAVAILABLE", "14" -> children.isEmpty() ? Outcome.NETWORK_ERROR : Outcome.ERROR;
            default -> byHttp == Outcome.OK ? Outcome.ERROR : byHttp;
        };
    }

    /** Why it failed, in the words of whoever recorded it. */
    String reason() {
        if (outcome() == Outcome.OK) {
            return "";
        }
        String type = attribute("error.type");
        if (!type.isEmpty() && !type.equals("_OTHER")) {
            return type;
        }
        String code = attribute(
                "rpc.response.status_code", "rpc.grpc.status_code", "http.response.status_code", "http.status_code");
        return !exception.isEmpty() ? exception : !code.isEmpty() ? code : attribute("status_text", "status.message");
    }
}

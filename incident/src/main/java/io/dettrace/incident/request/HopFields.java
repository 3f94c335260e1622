package io.dettrace.incident.request;

import io.dettrace.event.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which fields of an event say what, by the names in common use; the best known name of several wins. */
final class HopFields {
    static final List<String> REQUEST = List.of(
            "requestid", "reqid", "traceid", "correlationid", "transactionid", "txid", "request", "trace", "sessionid");
    private static final List<String> SERVICE =
            List.of("service", "servicename", "resourceservicename", "svc", "component", "app", "application", "node");
    private static final List<String> DOWNSTREAM = List.of(
            "downstreamservice",
            "downstream",
            "peerservice",
            "servicepeername",
            "calleeservice",
            "callee",
            "targetservice",
            "target",
            "destinationservice",
            "destination",
            "remoteservice",
            "remote",
            "dependency",
            "peer",
            "serveraddress");
    private static final List<String> UPSTREAM = List.of("upstreamservice", "upstream");
    private static final List<String> TYPE = List.of(
            "type",
            "eventtype",
            "event",
            "eventname",
            "action",
            "kind",
            "spankind",
            "operation",
            "op",
            "activity",
            "name");
    private static final List<String> STATUS = List.of(
            "status", "statuscode", "httpstatus", "httpresponsestatuscode", "outcome", "result", "state", "code");
    private static final List<String> REASON = List.of(
            "failurereason",
            "reason",
            "errortype",
            "errorcode",
            "errorkind",
            "exceptiontype",
            "exception",
            "error",
            "failure",
            "cause");
    private static final List<String> ATTEMPT = List.of(
            "retryattempt", "attempt", "retrycount", "httprequestresendcount", "resendcount", "retries", "retry");
    private static final List<String> SPAN = List.of("spanid", "span");
    private static final List<String> PARENT = List.of("parentspanid", "parentspan", "parentid", "parent");
    private static final List<String> CANCELLED = List.of("cancelled", "canceled", "iscancelled", "iscanceled");
    private static final List<String> VERSION = List.of("serviceversion", "appversion", "buildversion", "version");
    private static final List<String> ANNOTATIONS = List.of("annotations", "annotation", "markers", "marker");

    private static final List<String> DURATION =
            List.of("latency", "duration", "elapsed", "took", "responsetime", "rtt");
    /** Unit in a name, and its nanoseconds. */
    private record Unit(String name, long nanos) {}

    private static final List<Unit> UNITS = List.of(
            new Unit("ms", 1_000_000L),
            new Unit("millis", 1_000_000L),
            new Unit("milliseconds", 1_000_000L),
            new Unit("us", 1_000L),
            new Unit("micros", 1_000L),
            new Unit("microseconds", 1_000L),
            new Unit("ns", 1L),
            new Unit("nanos", 1L),
            new Unit("nanoseconds", 1L),
            new Unit("s", 1_000_000_000L),
            new Unit("sec", 1_000_000_000L),
            new Unit("seconds", 1_000_000_000L),
            new Unit("", 1_000_000L));

    /** All names that a whole path may have; a field that has one is not taken for another by its last part. */
    private static final Set<String> KNOWN = Stream.of(
                    REQUEST,
                    SERVICE,
                    DOWNSTREAM,
                    UPSTREAM,
                    TYPE,
                    STATUS,
                    REASON,
                    ATTEMPT,
                    SPAN,
                    PARENT,
                    CANCELLED,
                    VERSION,
                    ANNOTATIONS)
            .flatMap(List::stream)
            .collect(Collectors.toSet());

    private final Map<String, Field> byPath = new HashMap<>();
    private final Map<String, Field> byLastPart = new HashMap<>();

    HopFields(RequestEvent event) {
        for (Field f : event.fields()) {
            String whole = simple(f.path());
            if (f.type() != Field.Type.NULL) {
                byPath.putIfAbsent(whole, f);
                if (!KNOWN.contains(whole)) {
                    byLastPart.putIfAbsent(simple(f.path().substring(f.path().lastIndexOf('.') + 1)), f);
                }
            }
        }
    }

    /** A name in lower case without separators. */
    private static String simple(String path) {
        StringBuilder out = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c < 0x80 && Character.isLetterOrDigit(c)) {
                out.append(Character.toLowerCase(c));
            }
        }
        return out.toString();
    }

    String request() {
        return text(REQUEST);
    }

    String service() {
        return text(SERVICE);
    }

    String downstream() {
        return text(DOWNSTREAM);
    }

    /** The service called "upstream": in proxies the one that is called, elsewhere the one that calls. */
    String upstream() {
        return text(UPSTREAM);
    }

    String type() {
        return text(TYPE);
    }

    String status() {
        return text(STATUS);
    }

    String reason() {
        return find(REASON)
                .filter(f -> f.type() == Field.Type.STRING)
                .map(Field::text)
                .orElse("");
    }

    int attempt() {
        return find(ATTEMPT)
                .map(Field::text)
                .filter(t -> t.matches("\\d{1,6}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    String span() {
        return text(SPAN);
    }

    String parent() {
        return text(PARENT);
    }

    boolean cancelled() {
        return text(CANCELLED).equals("true");
    }

    String version() {
        return text(VERSION);
    }

    /** The remarks on the event; the texts of a list, or one text. */
    List<String> annotations() {
        Optional<Field> field = find(ANNOTATIONS);
        if (field.isEmpty()) {
            return List.of();
        }
        String text = field.get().text();
        if (field.get().type() != Field.Type.COMPOSITE) {
            return text.isEmpty() ? List.of() : List.of(text);
        }
        List<String> all = new ArrayList<>();
        for (String part : text.replaceAll("[\\[\\]{}]", "").split(",")) {
            String plain = part.strip().replaceAll("^\"|\"$", "");
            if (!plain.isEmpty()) {
                all.add(plain);
            }
        }
        return all;
    }

    /** Nanoseconds; a number without a unit in its name is taken as milliseconds. -1 if there is none. */
    long latency() {
        for (String word : DURATION) {
            for (Unit unit : UNITS) {
                Field f = byPath.getOrDefault(word + unit.name(), byLastPart.get(word + unit.name()));
                if (f != null && f.type() == Field.Type.NUMBER) {
                    BigDecimal nanos = new BigDecimal(f.text()).multiply(BigDecimal.valueOf(unit.nanos()));
                    return nanos.signum() < 0
                            ? -1
                            : nanos.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
                }
            }
        }
        return -1;
    }

    private String text(List<String> names) {
        return find(names).map(Field::text).orElse("");
    }

    private Optional<Field> find(List<String> names) {
        for (Map<String, Field> fields : List.of(byPath, byLastPart)) {
            for (String name : names) {
                if (fields.containsKey(name)) {
                    return Optional.of(fields.get(name));
                }
            }
        }
        return Optional.empty();
    }
}

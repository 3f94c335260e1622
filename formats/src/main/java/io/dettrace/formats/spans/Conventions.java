package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The attributes that are compared, from OpenTelemetry's semantic conventions (1.37): what identifies a request, a
 * statement, a call or an error. Older names, and those of OpenTracing and Zipkin, stand for the new ones, so that a new
 * version of an instrumentation is no difference. All other attributes stay in the event but are not compared.
 */
final class Conventions {
    /** Prefix of the attributes as the producer wrote them. */
    static final String RAW = "attributes.";

    /** How a value is made comparable. */
    private enum Shape {
        AS_IS,
        NUMBER,
        NAME,
        PATH,
        MESSAGE,
        STATEMENT
    }

    private record Rule(String path, Shape shape, List<String> sources) {}

    private static Rule rule(String path, Shape shape, String... older) {
        List<String> sources = new ArrayList<>(List.of(path));
        sources.addAll(List.of(older));
        return new Rule(path, shape, List.copyOf(sources));
    }

    private static final Rule ROUTE = rule("http.route", Shape.AS_IS);

    /** What is known when a span starts. */
    private static final List<Rule> START = List.of(
            rule("http.request.method", Shape.AS_IS, "http.method"),
            ROUTE,
            rule("url.path", Shape.PATH, "http.path", "http.target", "url.full", "http.url"),
            rule("rpc.system.name", Shape.AS_IS, "rpc.system"),
            rule("rpc.service", Shape.AS_IS),
            rule("rpc.method", Shape.AS_IS),
            rule("db.system.name", Shape.AS_IS, "db.system", "db.type"),
            rule("db.namespace", Shape.AS_IS, "db.name", "db.instance"),
            rule(
                    "db.collection.name",
                    Shape.AS_IS,
                    "db.sql.table",
                    "db.mongodb.collection",
                    "db.cassandra.table",
                    "db.cosmosdb.container"),
            rule("db.operation.name", Shape.AS_IS, "db.operation"),
            rule("db.stored_procedure.name", Shape.AS_IS),
            rule("db.query.summary", Shape.AS_IS),
            rule("db.query.text", Shape.STATEMENT, "db.statement", "sql.query"),
            rule("messaging.system", Shape.AS_IS),
            rule("messaging.operation.type", Shape.AS_IS, "messaging.operation"),
            rule("messaging.operation.name", Shape.AS_IS),
            rule("messaging.destination.name", Shape.NAME, "messaging.destination", "message_bus.destination"),
            rule(
                    "messaging.consumer.group.name",
                    Shape.AS_IS,
                    "messaging.consumer.group",
                    "messaging.kafka.consumer.group"),
            rule("graphql.operation.type", Shape.AS_IS),
            rule("graphql.operation.name", Shape.AS_IS),
            rule("peer.service", Shape.AS_IS, "service.peer.name"));

    /** What is known when it ends, and what an event or a log record tells. */
    private static final List<Rule> END = List.of(
            rule("http.response.status_code", Shape.NUMBER, "http.status_code"),
            rule("rpc.response.status_code", Shape.AS_IS, "rpc.grpc.status_code", "grpc.status_code"),
            rule("db.response.status_code", Shape.AS_IS),
            rule("error.type", Shape.AS_IS),
            rule("exception.type", Shape.AS_IS, "error.kind"),
            rule("exception.message", Shape.MESSAGE, "error.object", "error.message"),
            rule("feature_flag.key", Shape.AS_IS),
            rule("feature_flag.result.variant", Shape.AS_IS, "feature_flag.variant"));

    /** Attributes that say a span's kind or status, which stand in fields of their own. */
    private static final Set<String> TOLD_OTHERWISE =
            Set.of("span.kind", "otel.status_code", "otel.status_description", "error");

    private Conventions() {}

    /** The paths that are compared by value, by their first part: nothing else of an event has these names. */
    static List<String> compared() {
        return Stream.concat(START.stream(), END.stream())
                .map(r -> r.path().substring(0, r.path().indexOf('.')))
                .distinct()
                .toList();
    }

    /** What a span's start says, in fixed order. */
    static List<Field> start(List<Field> attributes) {
        List<Field> fields = apply(START, attributes);
        boolean routed = fields.stream().anyMatch(f -> f.path().equals(ROUTE.path()));
        return routed
                ? fields.stream().filter(f -> !f.path().equals("url.path")).toList()
                : fields;
    }

    /** What a span's end, an event or a log record says, in fixed order. */
    static List<Field> end(List<Field> attributes) {
        return apply(END, attributes);
    }

    /** The attributes as written, each once. */
    static List<Field> raw(List<Field> attributes) {
        Map<String, Field> once = new LinkedHashMap<>();
        for (Field f : attributes) {
            once.putIfAbsent(RAW + f.path(), new Field(RAW + f.path(), f.type(), f.text()));
        }
        return List.copyOf(once.values());
    }

    private static List<Field> apply(List<Rule> rules, List<Field> attributes) {
        if (attributes.isEmpty()) {
            return List.of();
        }
        Map<String, Field> byKey = new HashMap<>();
        attributes.forEach(f -> byKey.putIfAbsent(f.path(), f));
        List<Field> fields = new ArrayList<>();
        for (Rule rule : rules) {
            for (String source : rule.sources()) {
                Field value = byKey.get(source);
                if (value != null
                        && value.type() != Field.Type.NULL
                        && !value.text().isEmpty()) {
                    fields.add(shaped(rule, value));
                    break;
                }
            }
        }
        return fields;
    }

    private static Field shaped(Rule rule, Field value) {
        String text = value.text();
        return switch (rule.shape()) {
            case AS_IS -> new Field(rule.path(), Field.Type.STRING, text);
            case NUMBER -> new Field(rule.path(), isWhole(text) ? Field.Type.NUMBER : Field.Type.STRING, text);
            case NAME -> new Field(rule.path(), Field.Type.STRING, StableText.name(text));
            case PATH -> new Field(rule.path(), Field.Type.STRING, StableText.path(text));
            case MESSAGE -> new Field(rule.path(), Field.Type.STRING, StableText.message(text));
            case STATEMENT -> new Field(rule.path(), Field.Type.STRING, StableText.statement(text));
        };
    }

    private static boolean isWhole(String text) {
        return text.length() <= 9 && text.charAt(0) != '0' && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /**
     * Takes kind and status from tags where the format has no fields for them (OpenTelemetry's specification, "Trace:
     * non-OTLP exporters", and OpenTracing's {@code error}).
     */
    static void kindAndStatusFromTags(Span span) {
        String code = "";
        String error = "";
        for (Field f : span.attributes) {
            switch (f.path()) {
                case "span.kind" -> span.kind = SpanKinds.of(f.text());
                case "otel.status_code" -> code = f.text();
                case "otel.status_description" -> span.statusMessage = f.text();
                case "error" -> error = f.text();
                default -> {}
            }
        }
        boolean tagged = !error.isEmpty() && !error.equals("false");
        span.error = code.equals("ERROR") || code.isEmpty() && tagged;
        if (span.error && tagged && !error.equals("true") && span.statusMessage.isEmpty()) {
            span.statusMessage = error;
        }
        span.attributes.removeIf(f -> TOLD_OTHERWISE.contains(f.path()));
    }
}

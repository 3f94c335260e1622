package io.dettrace.formats.temporal;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** Writes one history in the ways in which programs do, from one of them. */
final class Encodings {
    private Encodings() {}

    /** Applies a change to every member of every object, innermost first. */
    static Object map(Object value, BiFunction<String, Object, Map.Entry<String, Object>> change) {
        if (value instanceof Map<?, ?> m) {
            Map<String, Object> out = new LinkedHashMap<>();
            m.forEach((k, v) -> {
                Map.Entry<String, Object> e = change.apply((String) k, map(v, change));
                out.put(e.getKey(), e.getValue());
            });
            return out;
        }
        return value instanceof List<?> l
                ? new ArrayList<>(l.stream().map(v -> map(v, change)).toList())
                : value;
    }

    private static Map.Entry<String, Object> entry(String key, Object value) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put(key, value);
        return one.entrySet().iterator().next();
    }

    private static String screaming(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    /** {@code EVENT_TYPE_WORKFLOW_TASK_STARTED} for {@code WorkflowTaskStarted}, and so on. */
    static Object newEnumerations(Object history) {
        Map<String, String> prefixes = Map.of(
                "eventType", "EVENT_TYPE_",
                "kind", "TASK_QUEUE_KIND_",
                "parentClosePolicy", "PARENT_CLOSE_POLICY_",
                "retryState", "RETRY_STATE_",
                "initiator", "CONTINUE_AS_NEW_INITIATOR_");
        return map(
                history,
                (k, v) -> entry(
                        k,
                        prefixes.containsKey(k) && v instanceof String s && !s.contains("_")
                                ? prefixes.get(k) + screaming(s)
                                : v));
    }

    /** Numbers for types of events, ids as numbers. */
    static Object numbers(Object history) {
        return map(history, (k, v) -> {
            if (k.equals("eventType")) {
                for (int i = 1; i < 60; i++) {
                    if (Names.eventType(new JsonNumber("" + i)).equals(Names.eventType(v))) {
                        return entry(k, new JsonNumber("" + i));
                    }
                }
            }
            return entry(k, k.endsWith("ventId") && v instanceof String s ? new JsonNumber(s) : v);
        });
    }

    /** The names of the Protocol Buffers definition. */
    static Object snakeCase(Object history) {
        return map(
                history,
                (k, v) -> entry(
                        k.contains("-") || Character.isUpperCase(k.charAt(0)) || k.contains("_")
                                ? k
                                : k.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT),
                        v));
    }

    /** {@code attributes: {type: ...}} instead of one member for each type, as the web UI has it. */
    static Object attributesWithType(Object history) {
        return map(history, (k, v) -> {
            if (!k.endsWith("EventAttributes") || !(v instanceof Map<?, ?> m)) {
                return entry(k, v);
            }
            Map<String, Object> typed = new LinkedHashMap<>();
            typed.put("type", k);
            m.forEach((name, value) -> typed.put((String) name, value));
            return entry("attributes", typed);
        });
    }

    /** Payloads as nothing but their values, as the HTTP API has them. */
    static Object shorthand(Object history) {
        return map(history, (k, v) -> entry(k, shorten(v)));
    }

    private static Object shorten(Object value) {
        if (value instanceof Map<?, ?> m && m.size() == 1 && m.get("payloads") instanceof List<?> list) {
            return list.stream().map(Encodings::shorten).toList();
        }
        if (Payloads.isPayload(value) && value instanceof Map<?, ?> m) {
            String encoding = decoded(((Map<?, ?>) m.get("metadata")).get("encoding"));
            if (encoding.equals("json/plain")) {
                return JsonTree.parse(decoded(m.get("data"))).value();
            }
        }
        return value;
    }

    /** Metadata as plain text and data as JSON text. */
    static Object plainPayloads(Object history) {
        return map(history, (k, v) -> {
            if (!Payloads.isPayload(v) || !(v instanceof Map<?, ?> m)) {
                return entry(k, v);
            }
            return entry(
                    k,
                    Map.of(
                            "metadata", Map.of("encoding", decoded(((Map<?, ?>) m.get("metadata")).get("encoding"))),
                            "data", decoded(m.get("data"))));
        });
    }

    private static String decoded(Object base64) {
        return new String(Base64.getDecoder().decode((String) base64), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Times and durations as seconds and nanoseconds, 64-bit numbers as halves, as protobufjs has them. */
    static Object objectTimes(Object history) {
        return map(history, (k, v) -> {
            if (k.equals("eventTime")) {
                java.time.Instant t = java.time.Instant.parse((String) v);
                return entry(k, pair(t.getEpochSecond(), t.getNano()));
            }
            if (k.equals("eventId")) {
                return entry(
                        k, Map.of("low", new JsonNumber((String) v), "high", new JsonNumber("0"), "unsigned", false));
            }
            boolean duration = Attributes.isDuration(k) && v instanceof String s && s.matches("\\d+s");
            return entry(k, duration ? pair(Long.parseLong(((String) v).replace("s", "")), 0) : v);
        });
    }

    private static Map<String, Object> pair(long seconds, int nanos) {
        Map<String, Object> pair = new LinkedHashMap<>();
        pair.put("seconds", Long.toString(seconds));
        pair.put("nanos", new JsonNumber("" + nanos));
        return pair;
    }

    /** Durations as nanoseconds, as Go's own JSON has them. */
    static Object goDurations(Object history) {
        return map(history, (k, v) -> {
            boolean duration = Attributes.isDuration(k) && v instanceof String s && s.matches("\\d+s");
            return entry(
                    k,
                    duration
                            ? new JsonNumber(
                                    Long.toString(Long.parseLong(((String) v).replace("s", "")) * 1_000_000_000L))
                            : v);
        });
    }

    /** Fields that Protocol Buffers may leave out, written. */
    static Object defaults(Object history) {
        return map(history, (k, v) -> {
            if (k.endsWith("EventAttributes") && v instanceof Map<?, ?> m) {
                Map<String, Object> more = new LinkedHashMap<>();
                m.forEach((name, value) -> more.put((String) name, value));
                more.putIfAbsent("retryPolicy", null);
                more.putIfAbsent("cronSchedule", "");
                more.putIfAbsent("lastCompletionResult", null);
                more.putIfAbsent("retryState", "RETRY_STATE_UNSPECIFIED");
                more.putIfAbsent("header", Map.of("fields", Map.of()));
                more.putIfAbsent("scheduleToStartTimeout", "0s");
                more.putIfAbsent("parentInitiatedEventId", "0");
                return entry(k, more);
            }
            return entry(k, v);
        });
    }

    /** The JSON text of a tree. */
    static String json(Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value);
        return out.toString();
    }

    private static void write(StringBuilder out, Object value) {
        if (value instanceof Map<?, ?> m) {
            out.append('{');
            m.forEach((k, v) -> {
                text(out.append(out.charAt(out.length() - 1) == '{' ? "" : ","), (String) k);
                write(out.append(':'), v);
            });
            out.append('}');
        } else if (value instanceof List<?> l) {
            out.append('[');
            for (int i = 0; i < l.size(); i++) {
                write(out.append(i == 0 ? "" : ","), l.get(i));
            }
            out.append(']');
        } else if (value instanceof JsonNumber n) {
            out.append(n.text());
        } else if (value instanceof String s) {
            text(out, s);
        } else {
            out.append(value);
        }
    }

    private static void text(StringBuilder out, String text) {
        out.append('"');
        for (char c : text.toCharArray()) {
            out.append(
                    c == '"' || c == '\\'
                            ? "\\" + c
                            : c < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : "" + c);
        }
        out.append('"');
    }
}

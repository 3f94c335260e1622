package io.dettrace.formats.spans;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An object of a JSON text with its place. Values are {@code String}, {@link Literal}, {@code Boolean}, null, {@code List}
 * and {@code JsonObject}.
 */
final class JsonObject {
    private static final Map<String, String> SNAKE = new HashMap<>();

    final Map<String, Object> values = new LinkedHashMap<>();
    Place place;

    /** A number by its text. */
    record Literal(String text) {}

    /** The member, which may go by its snake_case name as well. */
    Object get(String camelCase) {
        Object value = values.get(camelCase);
        return value != null ? value : values.get(snake(camelCase));
    }

    private static synchronized String snake(String camelCase) {
        return SNAKE.computeIfAbsent(camelCase, name -> {
            StringBuilder out = new StringBuilder();
            for (char c : name.toCharArray()) {
                if (c >= 'A' && c <= 'Z') {
                    out.append('_').append((char) (c + 32));
                } else {
                    out.append(c);
                }
            }
            return out.toString();
        });
    }

    boolean has(String camelCase) {
        return get(camelCase) != null;
    }

    /** Text of a member that is a string, a number or a truth value; empty if it is missing or anything else. */
    String text(String camelCase) {
        return scalar(get(camelCase));
    }

    static String scalar(Object value) {
        return value instanceof String s
                ? s
                : value instanceof Literal n ? n.text() : value instanceof Boolean b ? b.toString() : "";
    }

    List<?> list(String camelCase) {
        return get(camelCase) instanceof List<?> list ? list : List.of();
    }

    JsonObject object(String camelCase) {
        return get(camelCase) instanceof JsonObject object ? object : null;
    }
}

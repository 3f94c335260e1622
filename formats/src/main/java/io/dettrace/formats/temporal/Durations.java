package io.dettrace.formats.temporal;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as seconds. Protocol Buffers write {@code "10s"}, Go's own JSON nanoseconds, Node.js {@code
 * {"seconds":"10","nanos":0}}, and old tools {@code "1m30s"}.
 */
final class Durations {
    private static final Pattern GO =
            Pattern.compile("(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,18}(?:\\.\\d{1,9})?)s)?");

    private Durations() {}

    /** The duration such as {@code 1.5s}; empty for none; null if the value is no duration. */
    static String of(Object value) {
        BigDecimal seconds = seconds(value);
        if (seconds == null) {
            return null;
        }
        return seconds.signum() == 0 ? "" : seconds.stripTrailingZeros().toPlainString() + "s";
    }

    private static BigDecimal seconds(Object value) {
        if (value == null) {
            return BigDecimal.ZERO;
        }
        if (value instanceof JsonNumber n && n.isLong()) {
            return BigDecimal.valueOf(n.asLong(), 9);
        }
        if (value instanceof Map<?, ?> m && m.containsKey("seconds")) {
            return BigDecimal.valueOf(whole(m.get("seconds"))).add(BigDecimal.valueOf(whole(m.get("nanos")), 9));
        }
        if (!(value instanceof String text)) {
            return null;
        }
        Matcher go = GO.matcher(text);
        if (text.isEmpty() || !go.matches()) {
            return text.isEmpty() ? BigDecimal.ZERO : null;
        }
        return part(go.group(1), 3600).add(part(go.group(2), 60)).add(part(go.group(3), 1));
    }

    private static BigDecimal part(String digits, int unit) {
        return digits == null ? BigDecimal.ZERO : new BigDecimal(digits).multiply(BigDecimal.valueOf(unit));
    }

    /** A whole number, also as text and as JavaScript's pair of halves; 0 if it is none. */
    static long whole(Object value) {
        if (value instanceof JsonNumber n) {
            return n.isLong() ? n.asLong() : 0;
        }
        if (value instanceof String s) {
            JsonNumber n = new JsonNumber(s);
            return n.isLong() ? n.asLong() : 0;
        }
        if (value instanceof Map<?, ?> m && m.containsKey("low") && m.containsKey("high")) {
            return whole(m.get("high")) << 32 | whole(m.get("low")) & 0xFFFF_FFFFL;
        }
        return 0;
    }
}

package io.dettrace.formats.spans;

import io.dettrace.normalize.ValueDigest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Identifiers as producers write them: hexadecimal with or without leading zeros, or base64, which the JSON mapping of
 * Protocol Buffers makes of bytes where a producer overlooks that OTLP asks for hexadecimal.
 */
final class Ids {
    private static final HexFormat HEX = HexFormat.of();
    private static final int SPAN_BYTES = 8;
    private static final int TRACE_BYTES = 16;

    private Ids() {}

    static String hex(long id) {
        return HEX.toHexDigits(id);
    }

    /** The span identifier, or empty if the text is none. No text at all stands for zero. */
    static OptionalLong span(String text) {
        if (isHex(text, 2 * SPAN_BYTES)) {
            return OptionalLong.of(text.isEmpty() ? 0 : Long.parseUnsignedLong(text, 16));
        }
        byte[] bytes = base64(text, SPAN_BYTES);
        return bytes == null ? OptionalLong.empty() : OptionalLong.of(at(bytes, 0));
    }

    /** A number for a text that is no identifier. */
    static long digest(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return ValueDigest.of(utf8, 0, utf8.length);
    }

    /** The trace identifier, or empty if the text is none. No text at all stands for zero. */
    static Optional<TraceId> trace(String text) {
        if (isHex(text, 2 * TRACE_BYTES)) {
            int low = Math.max(0, text.length() - 2 * SPAN_BYTES);
            String left = text.substring(0, low);
            String right = text.substring(low);
            return Optional.of(new TraceId(
                    left.isEmpty() ? 0 : Long.parseUnsignedLong(left, 16),
                    right.isEmpty() ? 0 : Long.parseUnsignedLong(right, 16)));
        }
        byte[] bytes = base64(text, TRACE_BYTES);
        if (bytes != null) {
            return Optional.of(new TraceId(at(bytes, 0), at(bytes, SPAN_BYTES)));
        }
        byte[] half = base64(text, SPAN_BYTES);
        return half == null ? Optional.empty() : Optional.of(new TraceId(0, at(half, 0)));
    }

    /** The identifier in bytes of a protobuf field: 8 or 16 of them, or none for zero. */
    static Optional<TraceId> trace(byte[] bytes, int from, int length) {
        return switch (length) {
            case 0 -> Optional.of(TraceId.NONE);
            case SPAN_BYTES -> Optional.of(new TraceId(0, at(bytes, from)));
            case TRACE_BYTES -> Optional.of(new TraceId(at(bytes, from), at(bytes, from + SPAN_BYTES)));
            default -> Optional.empty();
        };
    }

    /** The identifier in bytes of a protobuf field: 8 of them, or none for zero. */
    static OptionalLong span(byte[] bytes, int from, int length) {
        return length == 0
                ? OptionalLong.of(0)
                : length == SPAN_BYTES ? OptionalLong.of(at(bytes, from)) : OptionalLong.empty();
    }

    private static long at(byte[] bytes, int from) {
        long value = 0;
        for (int i = from; i < from + SPAN_BYTES; i++) {
            value = value << 8 | bytes[i] & 0xFF;
        }
        return value;
    }

    private static boolean isHex(String text, int most) {
        if (text.length() > most) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static byte[] base64(String text, int size) {
        if (text.length() > 4 * (size + 2) / 3 + 2) {
            return null;
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
            return bytes.length == size ? bytes : null;
        } catch (IllegalArgumentException neither) {
            return null;
        }
    }
}

package io.dettrace.formats.temporal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decodes payloads ({@code temporal.api.common.v1.Payload}): data as bytes in base64, beside metadata that tells how it is
 * encoded. Programs write them also with the metadata as plain text, with the data as JSON already, or, in the shorthand of
 * the HTTP API, as nothing but the value.
 */
final class Payloads {
    private static final Pattern ENCODING = Pattern.compile("[a-z]+/[a-z0-9.+_-]+");
    private static final Set<String> PAYLOAD_KEYS = Set.of("metadata", "data", "externalPayloads", "external_payloads");

    private Payloads() {}

    /** Data that cannot be shown: a digest of it, which is compared unless it is encrypted. */
    record Opaque(String encoding, int length, String sha256) {
        /** True if equal values give different bytes each time. */
        boolean isEncrypted() {
            return encoding.contains("encrypt") || encoding.contains("cipher");
        }
    }

    /** True if the value is a payload with metadata. */
    static boolean isPayload(Object value) {
        return value instanceof Map<?, ?> m
                && m.get("metadata") instanceof Map<?, ?> meta
                && meta.containsKey("encoding")
                && PAYLOAD_KEYS.containsAll(m.keySet());
    }

    /** The value of a payload: JSON, or {@link Opaque}. */
    static Object decode(Map<?, ?> payload) {
        String encoding = encoding(((Map<?, ?>) payload.get("metadata")).get("encoding"));
        Object data = payload.get("data");
        if (encoding.equals("binary/null")) {
            return null;
        }
        if (data instanceof Map<?, ?> buffer && bytesOf(buffer) != null) {
            return ofBytes(encoding, bytesOf(buffer));
        }
        if (!(data instanceof String text)) {
            return data;
        }
        byte[] bytes = base64(text);
        if (encoding.startsWith("json/")) {
            JsonTree.Parsed json = bytes == null ? null : JsonTree.parse(utf8(bytes));
            json = json == null ? JsonTree.parse(text) : json;
            return json == null ? text : json.value();
        }
        return ofBytes(encoding, bytes == null ? text.getBytes(StandardCharsets.UTF_8) : bytes);
    }

    private static Object ofBytes(String encoding, byte[] bytes) {
        String text = utf8(bytes);
        if (encoding.startsWith("json/") && JsonTree.parse(text) != null) {
            return JsonTree.parse(text).value();
        }
        boolean plain = encoding.equals("binary/plain") && text.indexOf(0) < 0 && text.indexOf('\uFFFD') < 0;
        return plain ? text : new Opaque(encoding, bytes.length, sha256(bytes));
    }

    private static String encoding(Object value) {
        if (!(value instanceof String text)) {
            return value instanceof Map<?, ?> buffer && bytesOf(buffer) != null ? utf8(bytesOf(buffer)) : "unknown";
        }
        byte[] bytes = base64(text);
        String decoded = bytes == null ? "" : utf8(bytes);
        return ENCODING.matcher(decoded).matches() ? decoded : text;
    }

    /** Bytes as Node.js writes a buffer: {@code {"type":"Buffer","data":[1,2]}}; null if it is something else. */
    private static byte[] bytesOf(Map<?, ?> buffer) {
        if (!"Buffer".equals(buffer.get("type")) || !(buffer.get("data") instanceof List<?> list)) {
            return null;
        }
        byte[] bytes = new byte[list.size()];
        for (int i = 0; i < bytes.length; i++) {
            if (!(list.get(i) instanceof JsonNumber n) || !n.isLong()) {
                return null;
            }
            bytes[i] = (byte) n.asLong();
        }
        return bytes;
    }

    /** The bytes of a text in base64 (RFC 4648, either alphabet, with or without padding), or null if it is none. */
    static byte[] base64(String text) {
        try {
            return text.indexOf('-') >= 0 || text.indexOf('_') >= 0
                    ? Base64.getUrlDecoder().decode(text)
                    : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }

    /** A text that is JSON in base64, as SDKs nest one payload in another; null if it is none. */
    static JsonTree.Parsed nested(String text) {
        boolean likely =
                text.length() >= 8 && (text.startsWith("eyJ") || text.startsWith("W3") || text.startsWith("Wy"));
        byte[] bytes = likely ? base64(text) : null;
        return bytes == null ? null : JsonTree.parse(utf8(bytes));
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException noText) {
            return "\uFFFD";
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes))
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}

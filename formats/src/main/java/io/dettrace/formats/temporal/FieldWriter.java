package io.dettrace.formats.temporal;

import io.dettrace.formats.record.EventRecord;
import io.dettrace.normalize.ValueDigest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the values of an event as fields by path, with what differs from run to run beside and not in them. */
final class FieldWriter {
    /** Fields of one event that are told apart; the digest of what goes beyond is one field. */
    static final int MAX_FIELDS = 1_000;

    /** Paths that a history may have before further ones go to that digest too. */
    static final int MAX_PATHS = 50_000;

    /** Payloads and JSON texts inside each other that are decoded. */
    static final int MAX_DECODED = 8;

    /** Characters of a path; a longer one is cut and ends with a digest. */
    static final int MAX_PATH = 1_000;

    /** Path of the UUIDs that stand in texts. */
    static final String UUIDS = "uuid";

    /** Path of values that are not compared: times, and digests of what is encrypted. */
    static final String VALUES = "value";

    private static final int MAX_IDENTIFIERS = 8;
    private static final String REST = "<rest>";

    private final EventRecord record;
    private final Masks masks;
    private final Map<String, Integer> paths = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private long rest;
    private int restCount;
    private int encrypted;

    FieldWriter(EventRecord record, Masks masks) {
        this.record = record;
        this.masks = masks;
    }

    void begin() {
        record.clear();
        used.clear();
        rest = 0;
        restCount = 0;
        encrypted = 0;
    }

    /** Ends the event; returns how many of its payloads are encrypted. */
    int end() {
        if (restCount > 0) {
            record.text(REST, restCount + " fields with the digest " + Long.toHexString(rest));
        }
        return encrypted;
    }

    // ---- payloads --------------------------------------------------------------------------------------------------

    /** Writes what an attribute for payloads holds: one, a list, or several by key. */
    void payloads(String path, Object value, int depth) {
        if (value instanceof Map<?, ?> m && m.get("payloads") instanceof List<?> list && m.size() == 1) {
            list(path, list, depth);
        } else if (value instanceof List<?> list) {
            list(path, list, depth);
        } else if (value instanceof Map<?, ?> m && !Payloads.isPayload(value)) {
            keyed(path, m, depth);
        } else if (value != null && !"".equals(value)) {
            value(path, value, depth);
        }
    }

    private void keyed(String path, Map<?, ?> map, int depth) {
        for (Map.Entry<?, ?> e : map.entrySet()) {
            String key = (String) e.getKey();
            if (!key.equals("_protoMessageType")) {
                payloads(child(path, key), e.getValue(), depth + 1);
            }
        }
    }

    private void list(String path, List<?> list, int depth) {
        for (int i = 0; i < list.size(); i++) {
            value(path + "[" + i + "]", list.get(i), depth);
        }
    }

    /** Writes one value, of which payloads and JSON texts are decoded. */
    void value(String path, Object value, int decoded) {
        if (Payloads.isPayload(value) && decoded < MAX_DECODED) {
            value(path, Payloads.decode((Map<?, ?>) value), decoded + 1);
        } else if (value instanceof Payloads.Opaque opaque) {
            opaque(path, opaque);
        } else if (value instanceof Map<?, ?> m) {
            object(path, m, decoded);
        } else if (value instanceof List<?> list) {
            array(path, list, decoded);
        } else if (value instanceof String s) {
            text(path, s, decoded);
        } else if (value instanceof JsonNumber n && masks.isNow(n)) {
            masked(path, Masks.TIME, n.text());
        } else {
            leaf(path, value);
        }
    }

    private void object(String path, Map<?, ?> map, int decoded) {
        if (isTimestamp(map)) {
            masked(path, Masks.TIME, map.get("seconds").toString());
            return;
        }
        boolean empty = true;
        for (Map.Entry<?, ?> e : map.entrySet()) {
            String key = (String) e.getKey();
            if (!key.equals("_protoMessageType")) {
                value(child(path, key), e.getValue(), decoded);
                empty = false;
            }
        }
        if (empty) {
            put(path, number -> record.json(number, "{}"), "{}");
        }
    }

    private void array(String path, List<?> list, int decoded) {
        if (list.isEmpty()) {
            put(path, number -> record.json(number, "[]"), "[]");
        }
        list(path, list, decoded);
    }

    private boolean isTimestamp(Map<?, ?> map) {
        boolean shape = map.containsKey("seconds") && (map.size() == 1 || map.size() == 2 && map.containsKey("nanos"));
        return shape && masks.isNowInSeconds(Durations.whole(map.get("seconds")));
    }

    private void opaque(String path, Payloads.Opaque opaque) {
        if (opaque.isEncrypted()) {
            encrypted++;
            masked(path, "<encrypted>", opaque.sha256());
        } else {
            leaf(path, opaque.encoding() + ", " + opaque.length() + " bytes, SHA-256 " + opaque.sha256());
        }
    }

    private void text(String path, String text, int decoded) {
        if (decoded < MAX_DECODED) {
            boolean looksJson = text.length() > 2 && (text.startsWith("{") || text.startsWith("["));
            JsonTree.Parsed json = looksJson ? JsonTree.parse(text) : Payloads.nested(text);
            if (json != null && (json.value() instanceof Map || json.value() instanceof List)) {
                leaf(path + ".<encoding>", looksJson ? "json" : "base64 json");
                value(path, json.value(), decoded + 1);
                return;
            }
        }
        leaf(path, text);
    }

    /** The path of a member, without what differs from run to run. */
    private String child(String path, String key) {
        return join(path, masks.mask(key).text());
    }

    /** The path of a member, cut if it is long. */
    static String join(String path, String name) {
        String child = path + "." + name;
        return child.length() <= MAX_PATH
                ? child
                : child.substring(0, 100) + "~" + Payloads.sha256(child.getBytes(StandardCharsets.UTF_8));
    }

    // ---- fields ----------------------------------------------------------------------------------------------------

    /** Writes a value that is no object and no array. */
    void leaf(String path, Object value) {
        if (value == null) {
            put(path, record::nothing, "null");
        } else if (value instanceof Boolean b) {
            put(path, number -> record.flag(number, b), value.toString());
        } else if (value instanceof JsonNumber n) {
            put(path, number -> record.decimal(number, n.text()), n.text());
        } else {
            Masks.Masked masked = masks.mask(value.toString());
            put(path, number -> record.text(number, masked.text()), masked.text());
            int i = 0;
            for (String id :
                    masked.identifiers().stream().limit(MAX_IDENTIFIERS).toList()) {
                String suffix = i++ == 0 ? "" : "#" + i;
                put(UUIDS + "." + path + suffix, number -> record.text(number, id), "");
            }
        }
    }

    /** Writes what stands for a value, and the value where it is not compared. */
    private void masked(String path, String mask, String value) {
        put(path, number -> record.text(number, mask), mask);
        put(VALUES + "." + path, number -> record.text(number, value), "");
    }

    private interface Put {
        void to(int number);
    }

    private void put(String path, Put put, String text) {
        Integer number = paths.get(path);
        boolean room = used.size() < MAX_FIELDS && (number != null || paths.size() < MAX_PATHS);
        if (!room || !used.add(path)) {
            if (!room || !text.isEmpty()) {
                byte[] bytes = (path + '\0' + text).getBytes(StandardCharsets.UTF_8);
                rest += text.isEmpty() ? 0 : ValueDigest.of(bytes, 0, bytes.length);
                restCount += text.isEmpty() ? 0 : 1;
            }
            return;
        }
        if (number == null) {
            number = record.path(path);
            paths.put(path, number);
        }
        put.to(number);
    }
}

package io.dettrace.formats.kernel;

import io.dettrace.formats.record.EventRecord;
import java.util.Arrays;

/**
 * The text behind an event's name, taken apart into fields under {@code args}. Four shapes are known, as the kernel's event
 * formats write them: {@code key=value key=value} (a value ends where the next key begins, so that it may hold spaces),
 * {@code key value key value} with numbers as values, {@code key: value, key: value}, and anything else, which is one field {@code text}.
 *
 * <p>A value that is a kernel or user address stands under {@code addr} in place of {@code args}, as it is another one in every
 * run; addresses inside a text are replaced by {@value #ADDRESS}.
 */
public final class Payload {
    /** Stands for an address inside a text. */
    public static final String ADDRESS = "0x*";

    /** Fields taken from one payload; what follows stays part of the last one's value. */
    public static final int MAX_FIELDS = 256;

    /** Different keys that all events together may have; the payload of an event with further ones stays one text. */
    public static final int MAX_KEYS = 20_000;

    private static final int ADDRESS_DIGITS = 8;

    private final EventRecord record;
    private final int text;
    private int[] seen = new int[256];
    private int stamp;
    private int keys;
    private final java.util.HashMap<String, int[]> paths = new java.util.HashMap<>();

    /** Adds fields to {@code record}. */
    public Payload(EventRecord record) {
        this.record = record;
        text = record.path("text");
    }

    /** Adds the fields of one payload. */
    public void add(String payload) {
        stamp++;
        String p = payload.strip();
        if (p.isEmpty()) {
            return;
        }
        int first = nextKey(p, 0);
        if (first < 0) {
            if (!pairs(p) && !listed(p)) {
                record.text(text, p.startsWith("NR ") ? withoutPointers(p) : withoutAddresses(p));
            }
            return;
        }
        if (first > 0) {
            String before = strip(p.substring(0, first));
            if (!before.isEmpty()) {
                record.text(text, withoutAddresses(before));
            }
        }
        keyValues(p, first);
    }

    private void keyValues(String p, int from) {
        int key = from;
        for (int fields = 0; key >= 0; fields++) {
            int equals = p.indexOf('=', key);
            int next = fields + 1 < MAX_FIELDS ? nextKey(p, equals + 1) : -1;
            String value = strip(p.substring(equals + 1, next < 0 ? p.length() : next));
            add(p.substring(key, equals), value);
            key = next;
        }
    }

    /** Where the next key begins, at or behind {@code from}: at the start or behind a space or comma, up to {@code =}. */
    private static int nextKey(String p, int from) {
        for (int equals = p.indexOf('=', from); equals >= 0; equals = p.indexOf('=', equals + 1)) {
            int at = equals;
            while (at > from && isKey(p.charAt(at - 1))) {
                at--;
            }
            while (at < equals && p.charAt(at) == '[') {
                at++;
            }
            boolean begins = at == 0 || at > from && isGap(p.charAt(at - 1)) || at == from && isGapBefore(p, at);
            if (at < equals && begins && !isDigit(p.charAt(at))) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isGapBefore(String p, int at) {
        return at > 0 && isGap(p.charAt(at - 1));
    }

    private static boolean isGap(char c) {
        return c == ' ' || c == ',' || c == '\t' || c == '(' || c == '{' || c == '[';
    }

    private static boolean isKey(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || isDigit(c)
                || c == '_'
                || c == '.'
                || c == '-'
                || c == ']'
                || c == '['
                || c == ':';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A value without the marks around it: {@code ==>}, commas, and the unit that follows in brackets. */
    private static String strip(String value) {
        String v = value.strip();
        if (v.endsWith("==>")) {
            v = v.substring(0, v.length() - 3).strip();
        }
        if (v.endsWith(",")) {
            v = v.substring(0, v.length() - 1).strip();
        }
        if (v.endsWith(" [ns]")) {
            v = v.substring(0, v.length() - 5);
        }
        if (v.endsWith(" [")) {
            v = v.substring(0, v.length() - 2).strip();
        }
        return v.endsWith("]") && v.indexOf('[') < 0 ? v.substring(0, v.length() - 1) : v;
    }

    /** {@code dev 8,13 ino 42 pos 0}; false if the payload is not of that shape. */
    private boolean pairs(String p) {
        String[] words = p.split(" +", 2 * MAX_FIELDS + 1);
        if (words.length % 2 != 0 || words.length > 2 * MAX_FIELDS) {
            return false;
        }
        for (int i = 0; i < words.length; i += 2) {
            if (!isWord(words[i])
                    || !isDigit(words[i + 1].charAt(words[i + 1].startsWith("-") ? words[i + 1].length() - 1 : 0))) {
                return false;
            }
        }
        for (int i = 0; i < words.length; i += 2) {
            add(words[i], words[i + 1]);
        }
        return true;
    }

    /** A system call's {@code dfd: 0xffffff9c, filename: 0x7f0f32c3b5e2, flags: 0x0}, perhaps in brackets; else false. */
    private boolean listed(String p) {
        String list = p.startsWith("(") && p.endsWith(")") ? p.substring(1, p.length() - 1) : p;
        String[] parts = list.split(", ", MAX_FIELDS + 1);
        for (String part : parts) {
            int colon = part.indexOf(": ");
            if (colon < 1 || !isWord(part.substring(0, colon)) || part.indexOf(": ", colon + 1) > 0) {
                return false;
            }
        }
        if (parts.length > MAX_FIELDS) {
            return false;
        }
        for (String part : parts) {
            int colon = part.indexOf(": ");
            String value = part.substring(colon + 2).strip();
            add(part.substring(0, colon), value, isPointer(value, 0, value.length()));
        }
        return true;
    }

    private static boolean isWord(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || i > 0 && isDigit(c))) {
                return false;
            }
        }
        return true;
    }

    /** Adds one field, once an event. */
    public void add(String key, String value) {
        add(key, value, isAddress(value, 0, value.length()));
    }

    private void add(String key, String value, boolean address) {
        int[] known = paths.get(key);
        if (known == null) {
            if (keys == MAX_KEYS) {
                return;
            }
            keys++;
            String safe = key.replace('.', '_');
            known = new int[] {record.path("args." + safe), record.path("addr." + safe)};
            paths.put(key, known);
        }
        int path = known[address ? 1 : 0];
        int slot = known[0];
        if (slot >= seen.length) {
            seen = Arrays.copyOf(seen, Math.max(slot + 1, 2 * seen.length));
        }
        if (seen[slot] == stamp) {
            return;
        }
        seen[slot] = stamp;
        if (isNumber(value)) {
            record.decimal(path, value);
        } else {
            record.text(path, address ? value : withoutAddresses(value));
        }
    }

    /** True for a whole number as JSON writes it, of at most 18 digits. */
    public static boolean isNumber(String v) {
        int from = v.startsWith("-") ? 1 : 0;
        int digits = v.length() - from;
        if (digits == 0 || digits > 18 || digits > 1 && v.charAt(from) == '0') {
            return false;
        }
        for (int i = from; i < v.length(); i++) {
            if (!isDigit(v.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** {@code 0x} and eight hexadecimal digits or more, or sixteen without {@code 0x}. */
    private static boolean isAddress(String v, int from, int to) {
        boolean prefixed = to - from > 2 && v.charAt(from) == '0' && v.charAt(from + 1) == 'x';
        int digits = from + (prefixed ? 2 : 0);
        int least = prefixed ? ADDRESS_DIGITS : 2 * ADDRESS_DIGITS;
        if (to - digits < least || to - digits > 2 * ADDRESS_DIGITS) {
            return false;
        }
        return isHex(v, digits, to) && !isSmall(v, digits, to);
    }

    private static boolean isHex(String v, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.digit(v.charAt(i), 16) < 0 || v.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /**
     * A number that is filled up to the width of a pointer but cannot be one: flags ({@code 00080000}) and what is a small
     * negative number, such as {@code AT_FDCWD} ({@code ffffff9c}).
     */
    private static boolean isSmall(String v, int from, int to) {
        boolean flags = to - from == ADDRESS_DIGITS && v.startsWith("00", from);
        boolean whole = to - from == ADDRESS_DIGITS || to - from == 2 * ADDRESS_DIGITS;
        int i = from;
        while (i < to && v.charAt(i) == 'f') {
            i++;
        }
        return flags || whole && to - i <= 3;
    }

    /** As an address, but of nine digits or more without {@code 0x} too, as the arguments of system calls are printed. */
    private static boolean isPointer(String v, int from, int to) {
        boolean plain = to - from > ADDRESS_DIGITS && to - from <= 2 * ADDRESS_DIGITS && isHex(v, from, to);
        return plain && !isSmall(v, from, to) || isAddress(v, from, to);
    }

    /** The text with each address in it replaced. */
    public static String withoutAddresses(String v) {
        return without(v, false);
    }

    private static String withoutPointers(String v) {
        return without(v, true);
    }

    private static String without(String v, boolean pointers) {
        StringBuilder out = null;
        int copied = 0;
        int i = 0;
        while (i < v.length()) {
            if (!Character.isLetterOrDigit(v.charAt(i))) {
                i++;
                continue;
            }
            int end = i + 1;
            while (end < v.length() && Character.isLetterOrDigit(v.charAt(end))) {
                end++;
            }
            if (end - i >= ADDRESS_DIGITS && (pointers ? isPointer(v, i, end) : isAddress(v, i, end))) {
                out = out == null ? new StringBuilder() : out;
                out.append(v, copied, i).append(ADDRESS);
                copied = end;
            }
            i = end;
        }
        return out == null ? v : out.append(v, copied, v.length()).toString();
    }
}

package io.dettrace.formats.jsonl;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random JSON objects as text, good ones and, by mutation, broken ones. */
final class JsonTexts {
    static final List<String> KEYS = List.of(
            "a",
            "b",
            "lane",
            "kind",
            "ts",
            "id",
            "parent",
            "meta",
            "a.b",
            "",
            "schlüssel",
            "鍵",
            "🔑",
            "long_key_of_many_bytes",
            "sevenby",
            "eightbyt",
            "x y");
    private static final List<String> TEXTS = List.of(
            "",
            "x",
            "worker-1",
            "worker-2",
            "1",
            "null",
            "{\\\"}",
            "äöü",
            "漢字",
            "😀",
            "\\u0041",
            "\\ud83d\\ude00",
            "\\ud800",
            "\\n",
            "\\/",
            "a\\\\",
            "\\u0000",
            "0123456",
            "01234567",
            "012345678",
            "{[,:]}",
            "2024-01-01T00:00:00Z",
            "\u007F");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "1",
            "-1",
            "10",
            "1.0",
            "1e3",
            "1E+3",
            "1.50e-7",
            "123456789012345678",
            "1234567890123456789",
            "12345678901234567890",
            "9223372036854775808",
            "-9223372036854775809",
            "1e400",
            "1e-400",
            "0.1",
            "0e0",
            "-0.0",
            "1700000000000",
            "1700000000.123456",
            "9".repeat(40),
            "1." + "0".repeat(60));
    private static final List<String> SPACES = List.of("", "", "", "", " ", "  ", "\t", "\r", " \t ");
    private static final byte[] INTERESTING = bytes("{}[]:,\"\\ \t\r0123456789-+.eE/ntfu'#NaI");

    private final Random random;
    private final boolean plain;

    /**
     * @param plain true for objects that the fast path is meant to read: no escapes, no arrays in arrays
     */
    JsonTexts(Random random, boolean plain) {
        this.random = random;
        this.plain = plain;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    String object() {
        StringBuilder out = new StringBuilder();
        space(out);
        object(out, 1 + random.nextInt(4));
        space(out);
        return out.toString();
    }

    private void object(StringBuilder out, int depth) {
        out.append('{');
        int members = random.nextInt(6);
        int first = random.nextInt(KEYS.size());
        for (int i = 0; i < members; i++) {
            out.append(i == 0 ? "" : ",");
            space(out);
            boolean twice = !plain && random.nextInt(200) == 0;
            String key = KEYS.get((first + (twice ? 0 : i)) % KEYS.size());
            out.append('"').append(key).append('"');
            space(out);
            out.append(':');
            space(out);
            value(out, depth);
            space(out);
        }
        if (members == 0) {
            space(out);
        }
        out.append('}');
    }

    private void value(StringBuilder out, int depth) {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> string(out);
            case 4, 5, 6 -> out.append(pick(NUMBERS));
            case 7 -> out.append(pick(List.of("true", "false", "null")));
            case 8 -> array(out, plain ? 0 : depth);
            default -> {
                if (depth > 0) {
                    object(out, depth - 1);
                } else {
                    string(out);
                }
            }
        }
    }

    private void array(StringBuilder out, int depth) {
        out.append('[');
        int n = random.nextInt(4);
        for (int i = 0; i < n; i++) {
            out.append(i == 0 ? "" : ",");
            if (plain) {
                string(out);
            } else {
                space(out);
                value(out, depth - 1);
                space(out);
            }
        }
        out.append(']');
    }

    private void string(StringBuilder out) {
        String text = pick(TEXTS);
        while (plain && text.indexOf('\\') >= 0) {
            text = pick(TEXTS);
        }
        out.append('"').append(text).append('"');
    }

    private void space(StringBuilder out) {
        out.append(pick(SPACES));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** The text with some bytes changed; there is no line feed in it. */
    byte[] mutate(byte[] text) {
        byte[] out = text;
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(out.length + 1);
            int to = Math.min(out.length, at + random.nextInt(4));
            out = switch (random.nextInt(5)) {
                case 0 -> splice(out, at, at, new byte[] {INTERESTING[random.nextInt(INTERESTING.length)]});
                case 1 -> splice(out, at, to, new byte[] {INTERESTING[random.nextInt(INTERESTING.length)]});
                case 2 -> splice(out, at, to, new byte[0]);
                case 3 -> splice(out, at, at, new byte[] {(byte) random.nextInt(256)});
                default -> splice(out, at, at, Arrays.copyOfRange(out, at, to));
            };
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = out[i] == '\n' ? (byte) ' ' : out[i];
        }
        return out;
    }

    private static byte[] splice(byte[] text, int from, int to, byte[] with) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(text, 0, from);
        out.writeBytes(with);
        out.write(text, to, text.length - to);
        return out.toByteArray();
    }
}

package io.dettrace.formats.jepsen;

import java.util.ArrayList;
import java.util.List;

/**
 * A value of the extensible data notation (EDN), which Clojure programs print; values of JSON are a part of it. Keywords
 * and symbols lose their colon, so that a history is the same whether written as EDN or as JSON.
 */
sealed interface Edn {
    /** The value as canonical JSON: no white space, the entries of maps and the elements of sets in the order of their text. */
    default String json() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }

    /** Appends the value as canonical JSON. */
    void write(StringBuilder out);

    /** {@code nil}, a truth value or a number, by its JSON text. */
    record Literal(String text) implements Edn {
        static final Literal NIL = new Literal("null");

        @Override
        public void write(StringBuilder out) {
            out.append(text);
        }
    }

    /** A string, keyword, symbol or character. */
    record Text(String text) implements Edn {
        @Override
        public void write(StringBuilder out) {
            quote(text, out);
        }
    }

    /** A vector or list, or a set. */
    record Seq(List<Edn> items, boolean isSet) implements Edn {
        @Override
        public void write(StringBuilder out) {
            if (isSet) {
                join(items.stream().map(Edn::json).sorted().toList(), '[', ']', out);
                return;
            }
            out.append('[');
            for (int i = 0; i < items.size(); i++) {
                if (i > 0) {
                    out.append(',');
                }
                items.get(i).write(out);
            }
            out.append(']');
        }
    }

    /** A map; keys and values in turn. */
    record Dict(List<Edn> entries) implements Edn {
        @Override
        public void write(StringBuilder out) {
            List<String> written = new ArrayList<>();
            for (int i = 0; i < entries.size(); i += 2) {
                StringBuilder entry = new StringBuilder();
                quote(name(entries.get(i)), entry);
                entry.append(':');
                entries.get(i + 1).write(entry);
                written.add(entry.toString());
            }
            written.sort(null);
            join(written, '{', '}', out);
        }

        /** Number of entries. */
        int size() {
            return entries.size() / 2;
        }

        /** The key of entry {@code i} as a name. */
        String key(int i) {
            return name(entries.get(2 * i));
        }

        /** The value of entry {@code i}. */
        Edn value(int i) {
            return entries.get(2 * i + 1);
        }

        private static String name(Edn key) {
            return key instanceof Text t ? t.text() : key.json();
        }
    }

    private static void join(List<String> parts, char open, char close, StringBuilder out) {
        out.append(open).append(String.join(",", parts)).append(close);
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || Character.isSurrogate(c) && !isPair(text, i)) {
                        out.append("\\u")
                                .append(Character.forDigit(c >> 12, 16))
                                .append(Character.forDigit(c >> 8 & 15, 16))
                                .append(Character.forDigit(c >> 4 & 15, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean isPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}

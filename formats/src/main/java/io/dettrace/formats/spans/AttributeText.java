package io.dettrace.formats.spans;

import io.dettrace.event.Field;

/** Values of attributes as fields, and arrays and objects of them as JSON texts without white space. */
final class AttributeText {
    private AttributeText() {}

    static Field string(String key, String value) {
        return new Field(key, Field.Type.STRING, value);
    }

    /** A number by its text; what is no JSON number becomes a string. */
    static Field number(String key, String text) {
        return new Field(key, isNumber(text) ? Field.Type.NUMBER : Field.Type.STRING, text);
    }

    static Field flag(String key, boolean value) {
        return new Field(key, Field.Type.BOOLEAN, value ? "true" : "false");
    }

    static Field json(String key, String text) {
        return new Field(key, Field.Type.COMPOSITE, text);
    }

    /** True for the JSON grammar of numbers (RFC 8259, section 6). */
    static boolean isNumber(String text) {
        int n = text.length();
        int i = n > 0 && text.charAt(0) == '-' ? 1 : 0;
        int digits = digits(text, i);
        if (digits == 0 || digits > 1 && text.charAt(i) == '0') {
            return false;
        }
        i += digits;
        if (i < n && text.charAt(i) == '.') {
            digits = digits(text, i + 1);
            if (digits == 0) {
                return false;
            }
            i += 1 + digits;
        }
        if (i < n && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            i++;
            i += i < n && (text.charAt(i) == '+' || text.charAt(i) == '-') ? 1 : 0;
            digits = digits(text, i);
            return digits > 0 && digits < 4 && i + digits == n;
        }
        return i == n;
    }

    private static int digits(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i - from;
    }

    /** Appends a string as JSON. */
    static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else if (Character.isSurrogate(c) && !isPaired(text, i)) {
                out.append('\uFFFD');
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean isPaired(String text, int i) {
        char c = text.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    /** Appends a value of any type, as it was read from JSON. */
    static void append(StringBuilder out, Object value) {
        if (value instanceof String s) {
            quote(out, s);
        } else if (value instanceof JsonObject.Literal n) {
            if (isNumber(n.text())) {
                out.append(n.text());
            } else {
                quote(out, n.text());
            }
        } else if (value instanceof Iterable<?> list) {
            char before = '[';
            for (Object element : list) {
                out.append(before);
                append(out, element);
                before = ',';
            }
            out.append(before == '[' ? "[]" : "]");
        } else if (value instanceof JsonObject object) {
            char before = '{';
            for (var member : object.values.entrySet()) {
                out.append(before);
                quote(out, member.getKey());
                out.append(':');
                append(out, member.getValue());
                before = ',';
            }
            out.append(before == '{' ? "{}" : "}");
        } else {
            out.append(value);
        }
    }

    /** A field of a value as it was read from JSON. */
    static Field of(String key, Object value) {
        if (value instanceof String s) {
            return string(key, s);
        }
        if (value instanceof JsonObject.Literal n) {
            return number(key, n.text());
        }
        if (value instanceof Boolean b) {
            return flag(key, b);
        }
        if (value == null) {
            return new Field(key, Field.Type.NULL, "null");
        }
        StringBuilder out = new StringBuilder();
        append(out, value);
        return json(key, out.toString());
    }
}

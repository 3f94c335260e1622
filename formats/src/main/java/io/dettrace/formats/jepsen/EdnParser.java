package io.dettrace.formats.jepsen;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads EDN (github.com/edn-format/edn) as Clojure's printer writes it: tagged literals, discards, comments, sets, ratios,
 * characters, namespaced maps, metadata, {@code ##NaN}.
 *
 * <p>A tag becomes a map of one entry, {@code {"#tag": value}}; {@code #inst} and {@code #uuid} become their string, records
 * ({@code #my.Record{...}}) and MapEntries their map or vector, {@code #object[class "0x1f" "text"]} loses its address.
 */
final class EdnParser {
    /** Collections inside each other. */
    static final int MAX_DEPTH = 200;

    /** Bytes that one operation may take. */
    static final int MAX_FORM = 16 << 20;

    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?+([eE][+-]?[0-9]++)?+");
    private static final String TERMINATORS = " ,\t\r\n\f\"()[]{};";

    private static final boolean[] ENDS_TOKEN = new boolean[256];

    static {
        TERMINATORS.chars().forEach(c -> ENDS_TOKEN[c] = true);
    }

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private long base;
    private long line = 1;
    private long formStart;
    private int depth;
    private boolean inForm;

    /** What stands where no EDN can stand; the reader adds the file. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;

        SyntaxException(String message) {
            super(message);
        }
    }

    EdnParser(InputStream in) {
        this.in = in;
    }

    /** Line of the next byte, from 1. */
    long line() {
        return line;
    }

    /** Byte offset of the next byte. */
    long offset() {
        return base + at;
    }

    /** The next byte that is neither white space nor comment, not taken; -1 at the end. */
    int peekForm() throws IOException, SyntaxException {
        while (true) {
            int c = peek();
            if (c == ';') {
                while (peek() >= 0 && peek() != '\n') {
                    read();
                }
            } else if (c == ' ' || c == ',' || c == '\t' || c == '\r' || c == '\n' || c == '\f') {
                read();
            } else if (c == '#' && peekSecond() == '_') {
                formStart = inForm ? formStart : offset();
                read();
                read();
                nested();
            } else {
                formStart = inForm ? formStart : offset();
                return c;
            }
        }
    }

    /** Takes the byte that {@link #peekForm} showed. */
    void skip() throws IOException {
        read();
    }

    /** Reads one form, which must be there. */
    Edn form() throws IOException, SyntaxException {
        int c = peekForm();
        boolean top = !inForm;
        inForm = true;
        try {
            return form(c);
        } finally {
            inForm &= !top;
        }
    }

    private Edn form(int c) throws IOException, SyntaxException {
        switch (c) {
            case -1 -> throw new SyntaxException("expected a value, found the end of the text");
            case '{' -> {
                read();
                return new Edn.Dict(entries(null));
            }
            case '[' -> {
                read();
                return new Edn.Seq(items(']'), false);
            }
            case '(' -> {
                read();
                return new Edn.Seq(items(')'), false);
            }
            case '"' -> {
                read();
                return new Edn.Text(string());
            }
            case '\\' -> {
                read();
                return new Edn.Text(character());
            }
            case '#' -> {
                read();
                return dispatch();
            }
            case '^' -> {
                read();
                nested();
                return nested();
            }
            case '\'' -> {
                read();
                return nested();
            }
            case '}', ']', ')' -> throw new SyntaxException("expected a value, found \"" + (char) c + "\"");
            default -> {
                return atom(token());
            }
        }
    }

    private Edn nested() throws IOException, SyntaxException {
        if (depth == MAX_DEPTH) {
            throw new SyntaxException("values are nested deeper than " + MAX_DEPTH);
        }
        depth++;
        try {
            return form();
        } finally {
            depth--;
        }
    }

    private List<Edn> items(char close) throws IOException, SyntaxException {
        List<Edn> items = new ArrayList<>();
        while (true) {
            int c = peekForm();
            if (c == close) {
                read();
                return items;
            }
            if (c < 0) {
                throw new SyntaxException("expected \"" + close + "\", found the end of the text");
            }
            items.add(nested());
        }
    }

    private List<Edn> entries(String namespace) throws IOException, SyntaxException {
        List<Edn> items = items('}');
        if (items.size() % 2 != 0) {
            throw new SyntaxException("a map has a key without a value");
        }
        for (int i = 0; namespace != null && i < items.size(); i += 2) {
            if (items.get(i) instanceof Edn.Text key && key.text().indexOf('/') < 0) {
                items.set(i, new Edn.Text(namespace + "/" + key.text()));
            }
        }
        return items;
    }

    private Edn dispatch() throws IOException, SyntaxException {
        int c = peek();
        switch (c) {
            case '{' -> {
                read();
                return new Edn.Seq(items('}'), true);
            }
            case '#' -> {
                read();
                String name = token();
                return new Edn.Text(name.equals("Inf") ? "Infinity" : name.equals("-Inf") ? "-Infinity" : name);
            }
            case '"' -> {
                read();
                return new Edn.Text(string());
            }
            case ':' -> {
                read();
                String namespace = token();
                if (peekForm() != '{') {
                    throw new SyntaxException("expected a map behind #:" + namespace);
                }
                read();
                return new Edn.Dict(entries(namespace));
            }
            default -> {
                return tagged(token());
            }
        }
    }

    private Edn tagged(String tag) throws IOException, SyntaxException {
        if (tag.isEmpty()) {
            throw new SyntaxException("expected a tag behind \"#\"");
        }
        int open = peekForm();
        Edn value = nested();
        boolean plain = tag.equals("inst") || tag.equals("uuid");
        if (plain || open == '{' && tag.indexOf('.') > 0 || tag.endsWith("MapEntry") || tag.endsWith("uple")) {
            return value;
        }
        if (tag.equals("object") && value instanceof Edn.Seq s && s.items().size() == 3) {
            String printed = s.items().get(2) instanceof Edn.Text t ? t.text() : "";
            int hash = printed.lastIndexOf('@');
            value = new Edn.Seq(
                    List.of(s.items().get(0), new Edn.Text(hash < 0 ? printed : printed.substring(0, hash))), false);
        }
        return new Edn.Dict(List.of(new Edn.Text("#" + tag), value));
    }

    private static Edn atom(String token) throws SyntaxException {
        switch (token) {
            case "nil" -> {
                return Edn.Literal.NIL;
            }
            case "true", "false" -> {
                return new Edn.Literal(token);
            }
            default -> {}
        }
        char first = token.charAt(0);
        if (first == ':') {
            if (token.length() == 1) {
                throw new SyntaxException("expected a name behind \":\"");
            }
            return new Edn.Text(token.substring(1));
        }
        boolean sign = (first == '-' || first == '+') && token.length() > 1;
        char digit = token.charAt(sign ? 1 : 0);
        return digit >= '0' && digit <= '9' ? number(token) : new Edn.Text(token);
    }

    private static Edn number(String token) {
        String text = token.startsWith("+") ? token.substring(1) : token;
        char last = text.charAt(text.length() - 1);
        if (last == 'N' || last == 'M') {
            text = text.substring(0, text.length() - 1);
        }
        return isWhole(text) || JSON_NUMBER.matcher(text).matches() ? new Edn.Literal(text) : new Edn.Text(token);
    }

    /** True for a plain whole number, as most are. */
    private static boolean isWhole(String text) {
        int i = text.startsWith("-") ? 1 : 0;
        int n = text.length();
        if (i == n || text.charAt(i) == '0') {
            return i + 1 == n;
        }
        for (; i < n; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private String token() throws IOException, SyntaxException {
        int end = at;
        while (end < filled && !ENDS_TOKEN[buffer[end] & 0xFF]) {
            end++;
        }
        return end > at && end < filled ? taken(end) : longToken();
    }

    /** The bytes up to {@code end}, which have no line end, as text. */
    private String taken(int end) throws TooLong {
        String text = new String(buffer, at, end - at, StandardCharsets.UTF_8);
        at = end;
        limit();
        return text;
    }

    /** A token that may go on beyond the buffer. */
    private String longToken() throws IOException, SyntaxException {
        StringBuilder out = new StringBuilder();
        ByteArrayOutputStream wide = null;
        while (true) {
            int c = peek();
            if (c < 0 || TERMINATORS.indexOf(c) >= 0) {
                break;
            }
            read();
            if (c >= 0x80 && wide == null) {
                wide = new ByteArrayOutputStream();
                wide.write(out.toString().getBytes(StandardCharsets.UTF_8));
            }
            if (wide != null) {
                wide.write(c);
            } else {
                out.append((char) c);
            }
        }
        String token = wide == null ? out.toString() : wide.toString(StandardCharsets.UTF_8);
        if (token.isEmpty() && peek() < 0) {
            throw new SyntaxException("expected a value, found the end of the text");
        }
        return token;
    }

    private String string() throws IOException, SyntaxException {
        int end = at;
        while (end < filled && buffer[end] != '"' && buffer[end] != '\\' && buffer[end] != '\n') {
            end++;
        }
        if (end < filled && buffer[end] == '"') {
            String text = taken(end);
            read();
            return text;
        }
        return escaped();
    }

    /** A string with escapes or line ends, or that goes on beyond the buffer. */
    private String escaped() throws IOException, SyntaxException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (true) {
            int c = read();
            if (c < 0) {
                throw new SyntaxException("expected the end of a string, found the end of the text");
            }
            if (c == '"') {
                return out.toString(StandardCharsets.UTF_8);
            }
            if (c != '\\') {
                out.write(c);
                continue;
            }
            int e = read();
            switch (e) {
                case 'n' -> out.write('\n');
                case 't' -> out.write('\t');
                case 'r' -> out.write('\r');
                case 'b' -> out.write('\b');
                case 'f' -> out.write('\f');
                case 'u' -> out.write(String.valueOf((char) hex(4)).getBytes(StandardCharsets.UTF_8));
                case -1 -> throw new SyntaxException("expected the end of a string, found the end of the text");
                default -> out.write(e);
            }
        }
    }

    private int hex(int digits) throws IOException, SyntaxException {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int c = read();
            int d = c < 0 ? -1 : Character.digit(c, 16);
            if (d < 0) {
                throw new SyntaxException("expected four hexadecimal digits behind \\u");
            }
            value = value * 16 + d;
        }
        return value;
    }

    private String character() throws IOException, SyntaxException {
        int c = read();
        if (c < 0) {
            throw new SyntaxException("expected a character, found the end of the text");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(c);
        while (peek() >= 0 && TERMINATORS.indexOf(peek()) < 0) {
            bytes.write(read());
        }
        String name = bytes.toString(StandardCharsets.UTF_8);
        if (name.length() == 5 && name.charAt(0) == 'u') {
            try {
                return String.valueOf((char) Integer.parseInt(name.substring(1), 16));
            } catch (NumberFormatException aName) {
                return name;
            }
        }
        return switch (name) {
            case "newline" -> "\n";
            case "space" -> " ";
            case "tab" -> "\t";
            case "return" -> "\r";
            case "backspace" -> "\b";
            case "formfeed" -> "\f";
            default -> name;
        };
    }

    private int peek() throws IOException {
        return at < filled || fill() ? buffer[at] & 0xFF : -1;
    }

    private int peekSecond() throws IOException {
        if (at + 1 >= filled && at < filled) {
            byte first = buffer[at];
            base += at;
            buffer[0] = first;
            int n = Math.max(0, in.read(buffer, 1, buffer.length - 1));
            at = 0;
            filled = 1 + n;
        }
        return at + 1 < filled ? buffer[at + 1] & 0xFF : -1;
    }

    private int read() throws IOException {
        int c = peek();
        if (c >= 0) {
            at++;
            line += c == '\n' ? 1 : 0;
            limit();
        }
        return c;
    }

    private void limit() throws TooLong {
        if (inForm && offset() - formStart > MAX_FORM) {
            throw new TooLong();
        }
    }

    private boolean fill() throws IOException {
        base += filled;
        at = 0;
        filled = Math.max(0, in.read(buffer, 0, buffer.length));
        return filled > 0;
    }

    /** An operation longer than {@value #MAX_FORM} bytes. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super("an operation is longer than " + MAX_FORM + " bytes");
        }
    }
}

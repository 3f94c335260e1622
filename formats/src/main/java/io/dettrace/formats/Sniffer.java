package io.dettrace.formats;

import io.dettrace.formats.input.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.BitSet;

/**
 * Tells what kind of log a file is.
 *
 * <p>A text that begins with a brace is JSON either way. It is followed, without strict checks, as one JSON value: if it
 * stops being one where another object begins, it is JSON lines (but a document that lacks a comma, if that is in its array
 * of events). One object on one line and nothing else is a document if
 * it holds an array of objects near its top, else a log of one line. Looked at is the first line, however long, or
 * {@value #LOOK} bytes if that is more.
 */
final class Sniffer {
    private static final int LOOK = 1 << 16;

    /** Objects around an array of events, as in {@code {"run": {"events": [...]}}}. */
    private static final int LEVELS = 2;

    /** Nesting that is followed. */
    private static final int MAX_DEPTH = 10_000;

    enum Kind {
        JSON_LINES,
        JSON_DOCUMENT,
        TEXT,
        EMPTY
    }

    private final InputStream in;
    private final byte[] chunk = new byte[LOOK];
    private int at;
    private int limit;
    private long read;

    private final BitSet arrays = new BitSet();
    private int depth;
    private boolean severalLines;
    private boolean holdsEvents;

    /** The last byte that is neither white space nor inside a string; a string is its closing quote. */
    private int last;

    private Sniffer(InputStream in) {
        this.in = in;
    }

    static Kind sniff(InputFile file) throws IOException {
        try (InputStream in = file.open()) {
            return new Sniffer(in).kind();
        }
    }

    private Kind kind() throws IOException {
        fill();
        at = InputFile.bomLength(chunk, limit);
        int b = nextNonBlank();
        if (b < 0) {
            return Kind.EMPTY;
        }
        if (b == '[') {
            int second = nextNonBlank();
            return second == '{' || second == ']' ? Kind.JSON_DOCUMENT : Kind.TEXT;
        }
        return b == '{' ? object() : Kind.TEXT;
    }

    /** Follows a text that begins with an object, whose brace has been read. */
    private Kind object() throws IOException {
        severalLines = false;
        open('{');
        while (depth > 0) {
            int b = next();
            if (b < 0 || severalLines && read - limit + at > LOOK) {
                return severalLines || holdsEvents ? Kind.JSON_DOCUMENT : Kind.JSON_LINES;
            }
            boolean innerArray = arrays.get(depth);
            if (b == '"' ? !string() : !token(b)) {
                return severalLines && holdsEvents && innerArray ? Kind.JSON_DOCUMENT : Kind.JSON_LINES;
            }
        }
        boolean oneLine = !severalLines;
        if (nextNonBlank() < 0) {
            return oneLine && !holdsEvents ? Kind.JSON_LINES : Kind.JSON_DOCUMENT;
        }
        return oneLine ? Kind.JSON_LINES : Kind.JSON_DOCUMENT;
    }

    /** Takes what is no string; false if no JSON value can go on so. */
    private boolean token(int b) {
        switch (b) {
            case ' ', '\t', '\r' -> {
                return true;
            }
            case '\n' -> {
                severalLines = true;
                return true;
            }
            case '{', '[' -> {
                boolean value = last == ':' || arrays.get(depth) && (last == '[' || last == ',');
                boolean events = b == '{' && last == '[' && isNearTop();
                holdsEvents |= events;
                return value && depth < MAX_DEPTH && open(b);
            }
            case '}', ']' -> {
                depth--;
                last = b;
                return true;
            }
            default -> {
                last = b;
                return true;
            }
        }
    }

    private boolean open(int b) {
        arrays.set(++depth, b == '[');
        last = b;
        return true;
    }

    /** True if the innermost array is a member of the top-level object or of an object in that. */
    private boolean isNearTop() {
        return depth - 1 <= LEVELS && arrays.nextSetBit(1) == depth;
    }

    /** Goes behind the string's closing quote or to the end of the text; false if a line ends in it, as none may in JSON. */
    private boolean string() throws IOException {
        for (int b = next(); b != '"'; b = next()) {
            if (b == '\\') {
                b = next();
            }
            if (b < 0 || b == '\n') {
                return b < 0;
            }
        }
        last = '"';
        return true;
    }

    private int nextNonBlank() throws IOException {
        int b = next();
        while (b == ' ' || b == '\t' || b == '\r' || b == '\n') {
            severalLines |= b == '\n';
            b = next();
        }
        return b;
    }

    private int next() throws IOException {
        return at < limit || fill() ? chunk[at++] & 0xFF : -1;
    }

    private boolean fill() throws IOException {
        at = 0;
        limit = in.readNBytes(chunk, 0, chunk.length);
        read += limit;
        return limit > 0;
    }
}

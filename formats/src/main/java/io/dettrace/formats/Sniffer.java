package io.dettrace.formats;

import io.dettrace.formats.input.InputFile;
import java.io.IOException;
import java.io.InputStream;

/** Tells by its first bytes what kind of log a file is. */
final class Sniffer {
    private static final int LOOK = 1 << 16;

    enum Kind {
        JSON_LINES,
        JSON_DOCUMENT,
        TEXT,
        EMPTY
    }

    private Sniffer() {}

    static Kind sniff(InputFile file) throws IOException {
        byte[] head;
        try (InputStream in = file.open()) {
            head = in.readNBytes(LOOK);
        }
        return kind(head, head.length < LOOK);
    }

    private static Kind kind(byte[] head, boolean whole) {
        int at = head.length >= 3 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB && head[2] == (byte) 0xBF ? 3 : 0;
        at = skipBlank(head, at);
        if (at == head.length) {
            return Kind.EMPTY;
        }
        if (head[at] == '[') {
            return bracketIsJson(head, at) ? Kind.JSON_DOCUMENT : Kind.TEXT;
        }
        if (head[at] != '{') {
            return Kind.TEXT;
        }
        int end = lineEnd(head, at);
        int next = skipBlank(head, end);
        boolean oneLine = next == head.length && whole;
        if (oneLine) {
            return holdsArrayOfObjects(head, at, end) ? Kind.JSON_DOCUMENT : Kind.JSON_LINES;
        }
        if (end == head.length) {
            return Kind.JSON_LINES;
        }
        boolean closed = head[lastNonBlank(head, at, end)] == '}' && balanced(head, at, end);
        return closed || next < head.length && head[next] == '{' && startsMember(head, at) ? Kind.JSON_LINES : Kind.JSON_DOCUMENT;
    }

    /** True if the text behind a bracket can be JSON; text logs start with {@code [INFO]} or {@code [10/13/2014]}. */
    private static boolean bracketIsJson(byte[] head, int at) {
        int next = skipBlank(head, at + 1);
        return next < head.length && (head[next] == '{' || head[next] == ']');
    }

    /** True if the line goes on with a key behind its opening brace, as a line of JSON lines does. */
    private static boolean startsMember(byte[] head, int at) {
        int next = at + 1;
        while (next < head.length && (head[next] == ' ' || head[next] == '\t')) {
            next++;
        }
        return next < head.length && head[next] != '\n' && head[next] != '\r';
    }

    private static boolean balanced(byte[] head, int from, int to) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            byte b = head[i];
            if (quoted) {
                if (b == '\\') {
                    i++;
                } else if (b == '"') {
                    quoted = false;
                }
            } else if (b == '"') {
                quoted = true;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            }
        }
        return depth == 0 && !quoted;
    }

    /** True if a member of the object is an array whose first element is an object. */
    private static boolean holdsArrayOfObjects(byte[] head, int from, int to) {
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            byte b = head[i];
            if (quoted) {
                if (b == '\\') {
                    i++;
                } else if (b == '"') {
                    quoted = false;
                }
            } else if (b == '"') {
                quoted = true;
            } else if (b == '[') {
                int next = skipBlank(head, i + 1);
                if (next < to && head[next] == '{') {
                    return true;
                }
            }
        }
        return false;
    }

    private static int skipBlank(byte[] head, int at) {
        int i = at;
        while (i < head.length && (head[i] == ' ' || head[i] == '\t' || head[i] == '\r' || head[i] == '\n')) {
            i++;
        }
        return i;
    }

    private static int lineEnd(byte[] head, int at) {
        int i = at;
        while (i < head.length && head[i] != '\n') {
            i++;
        }
        return i;
    }

    private static int lastNonBlank(byte[] head, int from, int to) {
        int i = to - 1;
        while (i > from && (head[i] == ' ' || head[i] == '\t' || head[i] == '\r')) {
            i--;
        }
        return i;
    }
}

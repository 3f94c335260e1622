package io.dettrace.formats.ctf;

import io.dettrace.event.InputException;
import java.nio.charset.StandardCharsets;

/** Takes TSDL apart into tokens: those of C, with {@code :=}, {@code ...} and {@code ->} (CTF 1.8.3, appendix C). */
final class Lexer {
    /** Tokens longer than this are refused. */
    static final int MAX_TOKEN = 1 << 16;

    private final String file;
    private final byte[] text;
    private int at;
    private int line = 1;
    private int lineStart;

    /** A lexer of {@code text}, which is called {@code file} in messages. */
    Lexer(String file, byte[] text) {
        this.file = file;
        this.text = text;
    }

    InputException error(int line, int column, int offset, String what) {
        return InputException.at(file, line, column, offset, what);
    }

    private InputException error(int offset, String what) {
        return error(line, offset - lineStart + 1, offset, what);
    }

    Token next() throws InputException {
        skipBlank();
        int start = at;
        int b = peek(0);
        if (b < 0) {
            return token(Token.Kind.END, "", 0, start);
        }
        if (b == 'L' && (peek(1) == '"' || peek(1) == '\'')) {
            at++;
            b = peek(0);
        }
        if (isLetter(b)) {
            while (isLetter(peek(0)) || isDigit(peek(0))) {
                at++;
            }
            checkLength(start);
            return token(Token.Kind.WORD, slice(start, at), 0, start);
        }
        if (isDigit(b)) {
            return number(start);
        }
        return b == '"' || b == '\'' ? quoted(start, b) : mark(start, b);
    }

    private Token mark(int start, int b) throws InputException {
        String mark;
        if (b == ':' && peek(1) == '=') {
            mark = ":=";
        } else if (b == '-' && peek(1) == '>') {
            mark = "->";
        } else if (b == '.' && peek(1) == '.' && peek(2) == '.') {
            mark = "...";
        } else if ("{}[]()<>;:,=.*+-".indexOf(b) >= 0) {
            mark = String.valueOf((char) b);
        } else {
            throw error(start, "expected TSDL, found the byte 0x" + Integer.toHexString(b));
        }
        at += mark.length();
        return token(Token.Kind.MARK, mark, 0, start);
    }

    private void skipBlank() throws InputException {
        while (true) {
            int b = peek(0);
            if (b == '\n') {
                newLine();
            } else if (b == ' ' || b == '\t' || b == '\r' || b == '\f' || b == 0x0B) {
                at++;
            } else if (b == '/' && peek(1) == '*') {
                comment();
            } else if (b == '/' && peek(1) == '/') {
                while (peek(0) >= 0 && peek(0) != '\n') {
                    at++;
                }
            } else {
                return;
            }
        }
    }

    private void comment() throws InputException {
        int start = at;
        int startLine = line;
        int column = at - lineStart + 1;
        at += 2;
        while (!(peek(0) == '*' && peek(1) == '/')) {
            if (peek(0) < 0) {
                throw error(startLine, column, start, "expected */ at the end of this comment, found the end");
            }
            if (peek(0) == '\n') {
                newLine();
            } else {
                at++;
            }
        }
        at += 2;
    }

    private void newLine() {
        at++;
        line++;
        lineStart = at;
    }

    private Token number(int start) throws InputException {
        int radix = 10;
        if (peek(0) == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
            radix = 16;
            at += 2;
        } else if (peek(0) == '0' && (peek(1) == 'b' || peek(1) == 'B')) {
            radix = 2;
            at += 2;
        } else if (peek(0) == '0') {
            radix = 8;
        }
        int from = at;
        while (Character.digit(peek(0), radix) >= 0) {
            at++;
        }
        int end = at;
        while (at - end < 3 && "uUlL".indexOf(peek(0)) >= 0) {
            at++;
        }
        if (isLetter(peek(0)) || isDigit(peek(0)) || from == end) {
            throw error(
                    start, "expected a whole number, found \"" + slice(start, Math.min(at + 1, text.length)) + "\"");
        }
        try {
            long value = Long.parseUnsignedLong(slice(from, end), radix);
            return token(Token.Kind.NUMBER, slice(start, at), value, start);
        } catch (NumberFormatException tooLarge) {
            throw error(start, "expected a whole number of 64 bits at most, found a larger one");
        }
    }

    /** A string, or a character, which is a number. */
    private Token quoted(int start, int quote) throws InputException {
        at++;
        StringBuilder value = new StringBuilder();
        int plain = at;
        while (peek(0) != quote) {
            int b = peek(0);
            if (b < 0 || b == '\n') {
                throw error(
                        start, "expected " + (char) quote + " at the end of this string, found the end of the line");
            }
            if (b == '\\') {
                value.append(slice(plain, at));
                at++;
                value.append(escape());
                plain = at;
            } else {
                at++;
            }
            checkLength(start);
        }
        value.append(slice(plain, at));
        at++;
        if (quote == '"') {
            return token(Token.Kind.STRING, value.toString(), 0, start);
        }
        if (value.codePointCount(0, value.length()) != 1) {
            throw error(start, "expected one character between the quotes, found " + value.length());
        }
        return token(Token.Kind.NUMBER, slice(start, at), value.codePointAt(0), start);
    }

    private char escape() throws InputException {
        int b = peek(0);
        at++;
        switch (b) {
            case 'a':
                return 7;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return 11;
            case '\\', '\'', '"', '?':
                return (char) b;
            case 'x':
                return (char) digits(16, 2);
            case 'u':
                return (char) digits(16, 4);
            default:
                if (Character.digit(b, 8) < 0) {
                    throw error(at - 2, "expected a character that may follow \\ in a string");
                }
                at--;
                return (char) digits(8, 3);
        }
    }

    private int digits(int radix, int most) throws InputException {
        int value = 0;
        int n = 0;
        for (; n < most && Character.digit(peek(0), radix) >= 0; n++) {
            value = value * radix + Character.digit(peek(0), radix);
            at++;
        }
        if (n == 0) {
            throw error(at, "expected a digit after \\x in a string");
        }
        return value;
    }

    private void checkLength(int start) throws InputException {
        if (at - start > MAX_TOKEN) {
            throw error(start, "expected a word or string of at most " + MAX_TOKEN + " bytes, found a longer one");
        }
    }

    private Token token(Token.Kind kind, String word, long value, int start) {
        return new Token(kind, word, value, line, start - lineStart + 1, start);
    }

    private String slice(int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    private int peek(int ahead) {
        return at + ahead < text.length ? text[at + ahead] & 0xFF : -1;
    }

    private static boolean isLetter(int b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_' || b == '$' || b >= 0x80;
    }

    private static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }
}

package io.dettrace.formats.ctf;

/**
 * A token of TSDL.
 *
 * @param text an identifier, a punctuation mark, or the value of a string
 * @param value value of a number
 * @param line line from 1
 * @param column column from 1
 * @param offset byte offset in the metadata's text
 */
record Token(Kind kind, String text, long value, int line, int column, int offset) {
    enum Kind {
        WORD,
        NUMBER,
        STRING,
        MARK,
        END
    }

    boolean is(String mark) {
        return (kind == Kind.MARK || kind == Kind.WORD) && text.equals(mark);
    }

    /** As messages show it. */
    String shown() {
        return switch (kind) {
            case END -> "the end of the metadata";
            case STRING -> "the string \"" + cut() + "\"";
            default -> "\"" + cut() + "\"";
        };
    }

    private String cut() {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }
}

package io.dettrace.formats.pattern;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;

/**
 * Keeps the books of the lines of a text: their numbers, and which of them no match touches.
 *
 * <p>Real logs hold foreign lines, so they are noted only; if there are more than
 * {@value #MOST_FOREIGN} for each line that is matched, the pattern is wrong.
 */
final class LineAccount {
    /** Lines without a match for each line with one, beyond which a pattern is taken to be wrong. */
    static final int MOST_FOREIGN = 20;

    /** The pattern may be the user's, or the layout that was told from the other run. */
    private static final String OTHER_LAYOUT =
            "; correct the pattern, or, if the other run has another layout, dettrace convert one of them first";

    private static final int SHOWN = 200;

    private final InputFile file;
    private final TextWindow window;
    private final ReadContext context;

    private long number = 1;
    private long lineOffset = -1;
    private boolean blank = true;
    private boolean touched;
    private boolean counts;
    private final StringBuilder text = new StringBuilder();

    private long eventLine;
    private long events;
    private long matched;
    private long foreign;
    private long firstForeign;
    private long firstForeignOffset;
    private String firstForeignText = "";

    LineAccount(InputFile file, TextWindow window, ReadContext context) {
        this.file = file;
        this.window = window;
        this.context = context;
    }

    /**
     * Goes over a part of the window, which begins where the last one ended.
     *
     * @param active true if the part belongs to what is read
     * @param covered true if it belongs to a match
     */
    void pass(int from, int to, boolean active, boolean covered) throws InputException {
        if (lineOffset < 0) {
            lineOffset = window.offset(from);
        }
        for (int i = from; i < to; i++) {
            char c = window.at(i);
            if (c == '\n') {
                endLine();
                number++;
                lineOffset = window.offset(i + 1);
                continue;
            }
            blank &= Character.isWhitespace(c);
            touched |= covered;
            counts |= active;
            if (foreign == 0 && !covered && text.length() < SHOWN) {
                text.append(c);
            }
            if (active && window.isInvalid(i)) {
                invalid(i);
            }
        }
    }

    private void invalid(int position) throws InputException {
        if (!context.lenient()) {
            throw error(
                    position,
                    "the byte is not UTF-8; convert the file to UTF-8, or --lenient reads such bytes as U+FFFD and"
                            + " counts them");
        }
        context.note("invalid_utf8", "bytes that are not UTF-8 were read as U+FFFD", file.name() + ":" + number);
    }

    private void endLine() {
        if (!blank && touched) {
            matched++;
        } else if (!blank && counts) {
            if (foreign++ == 0) {
                firstForeign = number;
                firstForeignOffset = lineOffset;
                firstForeignText = text.toString().strip();
            }
            context.note("unmatched_lines", "lines that the pattern does not match were left out", place(number));
        }
        blank = true;
        touched = false;
        counts = false;
        text.setLength(0);
    }

    /** Notes that an event starts at the current place. */
    void markEvent(boolean active) {
        eventLine = number;
        events += active ? 1 : 0;
    }

    /** Line of the last event. */
    long eventLine() {
        return eventLine;
    }

    /** Lines that a match touches. */
    long matched() {
        return matched;
    }

    /** Lines that are not blank and that no match touches. */
    long foreign() {
        return foreign;
    }

    /** Takes foreign lines out of the account; they stay noted. */
    void forget() {
        foreign = 0;
    }

    /** Ends the last line. */
    void end() {
        endLine();
    }

    /**
     * Judges the pattern at the end of the text.
     *
     * @throws InputException if it matches nothing, or, not lenient, hardly any line
     */
    void judge(String pattern) throws InputException {
        if (events == 0 && foreign == 0) {
            context.note("empty_file", "a file or execution holds no events", place(1));
        } else if (events == 0) {
            throw InputException.at(
                    file.name(),
                    firstForeign,
                    0,
                    firstForeignOffset,
                    "the pattern matches nothing from here on; the first line is \"" + firstForeignText
                            + "\", the pattern is " + pattern + OTHER_LAYOUT);
        } else if (foreign > MOST_FOREIGN * matched && !context.lenient()) {
            throw InputException.at(
                    file.name(),
                    firstForeign,
                    0,
                    firstForeignOffset,
                    "the pattern matches only " + matched + " of " + (matched + foreign) + " lines; the first other is"
                            + " \"" + firstForeignText + "\", the pattern is " + pattern
                            + OTHER_LAYOUT + "; --lenient leaves such lines out");
        }
    }

    /** An error at {@code position} of the line that has been reached. */
    InputException error(int position, String what) {
        long offset = window.offset(position);
        long column = lineOffset < 0 ? 1 : offset - lineOffset + 1;
        return InputException.at(file.name(), number, column, offset, what);
    }

    private String place(long line) {
        return file.name() + ":" + line;
    }
}

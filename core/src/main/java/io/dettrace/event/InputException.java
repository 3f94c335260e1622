package io.dettrace.event;

import java.io.IOException;

/**
 * An input that cannot be read as what it claims to be. The message names file, line, column or byte, what was expected
 * and found, and what to do next; it is meant to be shown to the user as it is.
 */
public class InputException extends IOException {
    private static final long serialVersionUID = 1L;

    /** An error without a place inside the file, such as a missing file. */
    public InputException(String message) {
        super(message);
    }

    /** An error without a place inside the file, with its cause. */
    public InputException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * An error at a place.
     *
     * @param file file name as the user wrote it
     * @param line line from 1
     * @param column column in bytes from 1, or 0 if the whole line is meant
     * @param offset byte offset from 0
     */
    public static InputException at(String file, long line, long column, long offset, String what) {
        String place = column > 0 ? file + ":" + line + ":" + column : file + ":" + line;
        return new InputException(place + ": " + what + " (byte " + offset + ")");
    }
}

package io.dettrace.oracle.history;

/**
 * Where an event of a history stands.
 *
 * @param file the file as the user knows it
 * @param line line from 1, or the event's number where there are no lines
 */
public record Place(String file, long line) {
    @Override
    public String toString() {
        return file + ":" + line;
    }
}

package io.dettrace.formats.spans;

/**
 * Where something stands in the input.
 *
 * @param file number of the file, from 0
 * @param line line from 1; in a binary file the number of the item from 1
 * @param offset first byte, from 0
 * @param length bytes
 * @param lastLine line of the last byte
 */
record Place(int file, long line, long offset, int length, long lastLine) {
    /** Its last byte, which stands for the end of a span. */
    Place last() {
        return new Place(file, lastLine, offset + Math.max(0, length - 1), Math.min(1, length), lastLine);
    }
}

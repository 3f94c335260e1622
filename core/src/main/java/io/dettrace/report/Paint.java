package io.dettrace.report;

/**
 * Marks text with ANSI escape sequences (ECMA-48, SGR), or leaves it as it is.
 *
 * @param colour true to mark
 */
record Paint(boolean colour) {
    /** The text in the look of an SGR code such as {@code 1;31}; as it is if the code is empty. */
    String text(String code, String text) {
        return colour && !code.isEmpty() ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }
}

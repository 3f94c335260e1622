package io.dettrace.formats.log;

/** Classes of bytes in a log. */
final class Ascii {
    private Ascii() {}

    /** True for a letter, a digit, an underscore and any byte beyond ASCII. */
    static boolean isWord(int c) {
        return isLetter(c) || isDigit(c) || c == '_' || c < 0;
    }

    /** True for a letter. */
    static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** True for 0 to 9. */
    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** True for 0 to 9. */
    static boolean isHex(int c) {
        return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }
}

package io.dettrace.formats.log;

/** A set of ASCII characters, asked for each byte of a log. */
final class ByteSet {
    private final boolean[] in = new boolean[128];

    ByteSet(String characters) {
        for (int i = 0; i < characters.length(); i++) {
            in[characters.charAt(i)] = true;
        }
    }

    /** True if the byte is one of the characters. */
    boolean has(int b) {
        return b >= 0 && in[b];
    }
}

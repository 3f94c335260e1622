package io.dettrace.formats.input;

/** Tells text in UTF-8 from everything else by its first bytes. */
final class Encoding {
    private Encoding() {}

    /** Why the bytes that a file begins with are no text in UTF-8, with what to do; null if they may be. */
    static String complaint(byte[] head) {
        if (begins(head, 0xFF, 0xFE, 0, 0) || begins(head, 0, 0, 0xFE, 0xFF)) {
            return utf("32");
        }
        if (begins(head, 0xFF, 0xFE) || begins(head, 0xFE, 0xFF)) {
            return utf("16");
        }
        String known = KnownBinary.complaint(head);
        if (known != null) {
            return known;
        }
        String packed = packed(head);
        if (packed != null) {
            return "is " + packed + ", which is not read; unpack it first (gzip and zstd are read as they are)";
        }
        for (int i = 0; i < head.length; i++) {
            if (head[i] == 0) {
                return "is no text, as byte " + i
                        + " is NUL, and no binary format that is known (dettrace inspect --formats"
                        + " lists them); if it is UTF-16, convert it to UTF-8";
            }
        }
        return null;
    }

    private static String utf(String bits) {
        return "is UTF-" + bits + " text, expected UTF-8; convert it with \"iconv -f UTF-" + bits + " -t UTF-8\"";
    }

    private static String packed(byte[] head) {
        if (begins(head, 0xFD, '7', 'z', 'X', 'Z', 0)) {
            return "xz data";
        }
        if (begins(head, 'B', 'Z', 'h') && head.length > 4 && begins(head, 'B', 'Z', 'h', head[3], 0x31, 0x41)) {
            return "bzip2 data";
        }
        if (begins(head, 'P', 'K', 3, 4)) {
            return "a zip archive";
        }
        if (begins(head, 0x04, 0x22, 0x4D, 0x18)) {
            return "lz4 data";
        }
        return begins(head, 0x1F, 0x8B) || begins(head, 0x28, 0xB5, 0x2F, 0xFD) ? "compressed twice" : null;
    }

    private static boolean begins(byte[] head, int... start) {
        if (head.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (head[i] != (byte) start[i]) {
                return false;
            }
        }
        return true;
    }
}

package io.dettrace.recorder;

import java.util.UUID;

/** The name of one recording among all: 128 bits, drawn at random unless the program gives them. */
public record RecordingId(long high, long low) {
    /** A new one. */
    public static RecordingId random() {
        UUID uuid = UUID.randomUUID();
        return new RecordingId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }

    /**
     * Reads 32 hexadecimal digits.
     *
     * @throws IllegalArgumentException if {@code text} is anything else
     */
    public static RecordingId parse(String text) {
        if (text.length() != 32) {
            throw new IllegalArgumentException(
                    "recording id: expected 32 hexadecimal digits, found " + text.length() + " characters");
        }
        return new RecordingId(hex(text, 0), hex(text, 16));
    }

    static long hex(String text, int from) {
        long value = 0;
        for (int i = from; i < from + 16; i++) {
            char c = text.charAt(i);
            int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
            if (digit < 0) {
                throw new IllegalArgumentException(
                        "expected a digit 0-9 or a-f at position " + i + ", found '" + c + "'");
            }
            value = value << 4 | digit;
        }
        return value;
    }

    static String hex(long value) {
        String digits = Long.toHexString(value);
        return "0".repeat(16 - digits.length()) + digits;
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return hex(high) + hex(low);
    }
}

package io.dettrace.formats.sigrok;

import java.util.Locale;

/**
 * The frame of a UART.
 *
 * @param bit samples a bit takes, at least 2
 * @param dataBits 5 to 9
 * @param stopBits 1, 1.5 or 2
 * @param msbFirst true if the highest bit comes first
 * @param inverted true if the line idles low
 */
record UartSettings(double bit, int dataBits, Parity parity, double stopBits, boolean msbFirst, boolean inverted) {
    /** Samples of a bit at least; with fewer its middle cannot be told. */
    static final double MIN_BIT = 2;

    /** What the parity bit makes of the number of ones. */
    enum Parity {
        NONE,
        ODD,
        EVEN,
        /** Always 0, which is also called space. */
        ZERO,
        /** Always 1, which is also called mark. */
        ONE;

        boolean holds(int bit, int ones) {
            return switch (this) {
                case NONE -> true;
                case ODD -> (ones + bit) % 2 == 1;
                case EVEN -> (ones + bit) % 2 == 0;
                case ZERO -> bit == 0;
                case ONE -> bit == 1;
            };
        }

        private String letter() {
            return this == NONE ? "N" : this == ZERO ? "S" : this == ONE ? "M" : name().substring(0, 1);
        }
    }

    UartSettings withBit(double samples) {
        return new UartSettings(samples, dataBits, parity, stopBits, msbFirst, inverted);
    }

    /** As people write it, such as {@code 8N1}. */
    String frame() {
        String stop = stopBits == Math.rint(stopBits) ? Long.toString((long) stopBits) : Double.toString(stopBits);
        return String.format(
                Locale.ROOT,
                "%d%s%s%s%s",
                dataBits,
                parity.letter(),
                stop,
                msbFirst ? " msb first" : "",
                inverted ? " inverted" : "");
    }
}

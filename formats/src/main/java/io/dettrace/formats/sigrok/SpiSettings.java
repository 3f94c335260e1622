package io.dettrace.formats.sigrok;

/**
 * The mode of an SPI bus.
 *
 * @param cpol level of the idle clock
 * @param cpha 0 if data are valid at the clock's first edge, 1 if at its second
 * @param msbFirst true if the highest bit of a word comes first
 * @param wordSize bits of a word, 1 to 64
 * @param active level of CS during a transfer
 */
record SpiSettings(int cpol, int cpha, boolean msbFirst, int wordSize, int active) {
    /** Bits of a word at most. */
    static final int MAX_WORD_SIZE = 64;

    /** Level of the clock behind the edge at which data are valid. */
    int samplingLevel() {
        return cpol == cpha ? 1 : 0;
    }

    /** As people write it, such as {@code mode 0}. */
    String mode() {
        return "mode " + (2 * cpol + cpha) + (msbFirst ? "" : ", lsb first")
                + (wordSize == 8 ? "" : ", " + wordSize + " bits");
    }
}

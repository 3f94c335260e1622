package io.dettrace.formats.sigrok;

/**
 * A logic channel.
 *
 * @param name what the capture calls it
 * @param index its bit in a sample, from 0; bit 0 is the lowest bit of the first byte
 */
record Channel(String name, int index) {
    /** The byte of a sample that holds the channel. */
    int byteIndex() {
        return index >>> 3;
    }

    /** Its level, 0 or 1, in the sample that begins at {@code at}. */
    int level(byte[] samples, int at) {
        return samples[at + (index >>> 3)] >>> (index & 7) & 1;
    }
}

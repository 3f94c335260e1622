package io.dettrace.formats.ctf;

import io.dettrace.event.InputException;
import java.util.Arrays;

/** Where the reading of one data stream stands: the bits, the clock, and the values that later fields depend on. */
final class Decoding {
    /** Elements of arrays in one event, those of inner arrays counted each. */
    static final int MAX_ELEMENTS = 1 << 20;

    /** Characters of one array's text. */
    static final int MAX_JSON = 16 << 20;

    /** Bytes of one string. */
    static final int MAX_STRING = 16 << 20;

    final BitReader in;

    /** Numbers that lengths, tags and the reader itself refer to. */
    final long[] slots;

    /** Texts by the number of their meaning. */
    final byte[][] texts = new byte[Meaning.COUNT][];

    /** The bits of the meanings that were read since they were last forgotten. */
    long seen;

    /** The stream's clock in cycles, unsigned. */
    long clock;

    /** True once a field told the clock. */
    boolean clockKnown;

    /** The UUID of the packet's header. */
    final byte[] uuid = new byte[16];

    boolean uuidSeen;

    /** Where strings are put together. */
    byte[] scratch = new byte[256];

    private int elements;

    /** An event had more fields than a record takes. */
    boolean fieldsLeftOut;

    Decoding(BitReader in, int slots) {
        this.in = in;
        this.slots = new long[slots];
    }

    void keep(Meaning meaning, long value) {
        slots[meaning.ordinal()] = value;
        seen |= meaning.bit();
    }

    /** Keeps the first {@code length} bytes of {@link #scratch} as the text of a meaning. */
    void keepText(Meaning meaning, int length) {
        texts[meaning.ordinal()] = Arrays.copyOf(scratch, length);
        seen |= meaning.bit();
    }

    boolean has(Meaning meaning) {
        return (seen & meaning.bit()) != 0;
    }

    long get(Meaning meaning) {
        return slots[meaning.ordinal()];
    }

    /** Begins an event, or a packet's header. */
    void begin(long meanings) {
        seen &= ~meanings;
        elements = 0;
    }

    /** Counts elements that are about to be read. */
    void count(long more) throws InputException {
        if (more > MAX_ELEMENTS - elements) {
            throw in.broken("an event has more than " + MAX_ELEMENTS + " elements in its arrays");
        }
        elements += (int) more;
    }

    /** Makes room for a string of {@code length} bytes. */
    void room(int length) throws InputException {
        if (length > MAX_STRING) {
            throw in.broken("a string is longer than " + MAX_STRING + " bytes");
        }
        if (length > scratch.length) {
            scratch = Arrays.copyOf(scratch, Math.max(length, Math.min(scratch.length * 2, MAX_STRING)));
        }
    }
}

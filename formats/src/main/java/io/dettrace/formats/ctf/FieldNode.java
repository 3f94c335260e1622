package io.dettrace.formats.ctf;

import io.dettrace.formats.record.EventRecord;
import java.io.IOException;

/**
 * A field at its place in a structure, with what is needed to read it. Two ways to read: into an event as a field of its
 * own, or, inside arrays, as JSON text.
 */
abstract class FieldNode {
    /** Number of the field's path in the event, or -1 if it is read but not shown. */
    int path = -1;

    /** Alignment in bits. */
    final int align;

    FieldNode(int align) {
        this.align = align;
    }

    /** Bits that it takes at least, without padding. */
    abstract long minBits();

    /** Reads it and adds it to the event. */
    abstract void read(Decoding d, EventRecord out) throws IOException;

    /** Reads it and adds it to the text of an array. */
    abstract void json(Decoding d, StringBuilder out) throws IOException;

    /** The field inside this one by its name in the metadata, or null. */
    FieldNode child(String name) {
        return null;
    }

    /** True if the event can take this field. */
    final boolean shown(Decoding d, EventRecord out) {
        if (path < 0) {
            return false;
        }
        if (out.size() >= EventRecord.MAX_FIELDS - Layouts.OWN_FIELDS) {
            d.fieldsLeftOut = true;
            return false;
        }
        return true;
    }

    /** Saturating product of sizes. */
    static long times(long a, long b) {
        return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
    }

    /** Saturating sum of sizes. */
    static long plus(long a, long b) {
        return a + b < 0 ? Long.MAX_VALUE : a + b;
    }
}

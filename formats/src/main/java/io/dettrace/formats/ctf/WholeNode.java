package io.dettrace.formats.ctf;

import io.dettrace.formats.ctf.FieldType.Whole;
import io.dettrace.formats.record.EventRecord;
import java.io.IOException;

/** A whole number. */
class WholeNode extends FieldNode {
    final Whole type;
    final boolean big;

    /** Where its value is kept for others, or -1. */
    int slot = -1;

    /** What the reader takes it for, or null. */
    Meaning meaning;

    /** True if it sets the stream's clock. */
    boolean ticks;

    WholeNode(Whole type, boolean big) {
        super(type.align());
        this.type = type;
        this.big = big;
    }

    @Override
    long minBits() {
        return type.size();
    }

    /** The value, sign-extended if it is signed; at most 64 bits. */
    final long value(Decoding d) throws IOException {
        int size = type.size();
        d.in.align(align);
        long value = d.in.unsigned(size, big);
        if (ticks) {
            d.clock = ClockClass.update(d.clock, value, size);
            d.clockKnown = true;
        }
        if (type.signed() && size < 64) {
            value = value << 64 - size >> 64 - size;
        }
        if (slot >= 0) {
            d.slots[slot] = value;
        }
        if (meaning != null) {
            d.keep(meaning, value);
        }
        return value;
    }

    @Override
    void read(Decoding d, EventRecord out) throws IOException {
        if (type.size() > 64) {
            d.in.align(align);
            String decimal = d.in.wide(type.size(), type.signed(), big).toString();
            if (shown(d, out)) {
                out.decimal(path, decimal);
            }
            return;
        }
        long value = value(d);
        if (shown(d, out)) {
            if (value < 0 && !type.signed()) {
                out.decimal(path, Long.toUnsignedString(value));
            } else {
                out.number(path, value);
            }
        }
    }

    @Override
    void json(Decoding d, StringBuilder out) throws IOException {
        if (type.size() > 64) {
            d.in.align(align);
            out.append(d.in.wide(type.size(), type.signed(), big));
            return;
        }
        long value = value(d);
        if (value < 0 && !type.signed()) {
            out.append(Long.toUnsignedString(value));
        } else {
            out.append(value);
        }
    }
}

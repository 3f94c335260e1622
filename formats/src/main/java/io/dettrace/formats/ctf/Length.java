package io.dettrace.formats.ctf;

import io.dettrace.event.InputException;

/**
 * How many elements there are: a fixed number, or what another field says.
 *
 * @param fixed the number, if {@code field} is null
 * @param field the field, whose value is in its slot
 */
record Length(long fixed, WholeNode field) {
    /** The number at least. */
    long least() {
        return field == null ? fixed : 0;
    }

    /** The number now, for elements of {@code bits} each, which the packet must have room for. */
    long of(Decoding d, long bits) throws InputException {
        long count = field == null ? fixed : d.slots[field.slot];
        if (count < 0) {
            String shown = field.type.signed() ? Long.toString(count) : Long.toUnsignedString(count);
            throw d.in.broken("expected a number of elements that the packet has room for, found " + shown);
        }
        if (FieldNode.times(count, bits) > d.in.left()) {
            throw d.in.broken("expected a number of elements that the " + d.in.left()
                    + " bits left in the packet have room for, found " + count + " of " + bits + " bits");
        }
        return count;
    }
}

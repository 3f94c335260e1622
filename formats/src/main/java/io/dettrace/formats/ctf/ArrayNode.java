package io.dettrace.formats.ctf;

import io.dettrace.formats.record.EventRecord;
import java.io.IOException;

/** Elements one after the other, shown as a JSON array. */
final class ArrayNode extends FieldNode {
    private final FieldNode element;
    private final Length length;
    private final StringBuilder text = new StringBuilder();

    ArrayNode(FieldNode element, Length length) {
        super(element.align);
        this.element = element;
        this.length = length;
    }

    @Override
    long minBits() {
        return times(length.least(), element.minBits());
    }

    @Override
    void read(Decoding d, EventRecord out) throws IOException {
        text.setLength(0);
        json(d, text);
        if (shown(d, out)) {
            out.json(path, text);
        }
        if (text.capacity() > Decoding.MAX_JSON >> 4) {
            text.setLength(0);
            text.trimToSize();
        }
    }

    @Override
    void json(Decoding d, StringBuilder out) throws IOException {
        d.in.align(align);
        long count = length.of(d, element.minBits());
        d.count(count);
        out.append('[');
        for (long i = 0; i < count; i++) {
            if (i > 0) {
                out.append(',');
            }
            element.json(d, out);
            if (out.length() > Decoding.MAX_JSON) {
                throw d.in.broken("an array takes more than " + Decoding.MAX_JSON + " characters");
            }
        }
        out.append(']');
    }
}

package io.dettrace.formats.ctf;

import io.dettrace.formats.record.EventRecord;
import java.io.IOException;

/** The UUID in a packet's header. */
final class UuidNode extends FieldNode {
    UuidNode() {
        super(8);
    }

    @Override
    long minBits() {
        return 128;
    }

    @Override
    void read(Decoding d, EventRecord out) throws IOException {
        d.in.align(8);
        for (int i = 0; i < d.uuid.length; i++) {
            d.uuid[i] = (byte) d.in.octet();
        }
        d.uuidSeen = true;
    }

    @Override
    void json(Decoding d, StringBuilder out) throws IOException {
        read(d, null);
        out.append("[]");
    }
}

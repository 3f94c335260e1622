package io.dettrace.formats.ctf;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.dettrace.formats.record.EventRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A text: a string that ends with a zero byte, or an array or sequence of characters, which ends with the first zero byte
 * or with its last element. What is no UTF-8 becomes U+FFFD.
 */
final class TextNode extends FieldNode {
    private final Length length;

    /** What the reader takes it for, or null. */
    Meaning meaning;

    /** Number of elements, or null for a string. */
    TextNode(int align, Length length) {
        super(align);
        this.length = length;
    }

    @Override
    long minBits() {
        return length == null ? 8 : times(8, length.least());
    }

    /** Reads the bytes into the scratch; gives their number. */
    private int bytes(Decoding d) throws IOException {
        d.in.align(align);
        return length == null ? zeroEnded(d) : counted(d, length.of(d, 8));
    }

    private static int zeroEnded(Decoding d) throws IOException {
        int n = 0;
        while (true) {
            int chunk = d.in.chunk();
            int zero = d.in.indexOfZero(chunk);
            int more = zero >= 0 ? zero : chunk;
            d.room(n + more);
            d.in.take(d.scratch, n, more);
            n += more;
            if (zero >= 0) {
                d.in.octet();
                return n;
            }
        }
    }

    private static int counted(Decoding d, long count) throws IOException {
        if (count > Decoding.MAX_STRING) {
            throw d.in.broken("a string is longer than " + Decoding.MAX_STRING + " bytes");
        }
        int n = (int) count;
        int at = 0;
        while (at < n) {
            int more = Math.min(n - at, d.in.chunk());
            d.room(at + more);
            d.in.take(d.scratch, at, more);
            at += more;
        }
        for (int i = 0; i < n; i++) {
            if (d.scratch[i] == 0) {
                return i;
            }
        }
        return n;
    }

    @Override
    void read(Decoding d, EventRecord out) throws IOException {
        int n = bytes(d);
        if (meaning != null) {
            d.keepText(meaning, n);
        }
        if (!shown(d, out)) {
            return;
        }
        for (int i = 0; i < n; i++) {
            if (d.scratch[i] < 0) {
                out.text(path, new String(d.scratch, 0, n, StandardCharsets.UTF_8));
                return;
            }
        }
        out.text(path, d.scratch, 0, n);
    }

    @Override
    void json(Decoding d, StringBuilder out) throws IOException {
        int n = bytes(d);
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(new String(d.scratch, 0, n, StandardCharsets.UTF_8), out);
        out.append('"');
    }
}

package io.dettrace.formats.jfr;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Numbers of a recording read from a stream whose position is known. */
final class ByteStream implements Closeable {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int limit;
    private long position;

    ByteStream(InputStream in) {
        this.in = in;
    }

    /** Bytes read or skipped so far. */
    long position() {
        return position;
    }

    boolean atEnd() throws IOException {
        return at == limit && !fill();
    }

    private boolean fill() throws IOException {
        at = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    int next() throws IOException {
        if (atEnd()) {
            throw new EOFException();
        }
        position++;
        return buffer[at++] & 0xFF;
    }

    /** A number of {@code bytes} bytes, the most significant first. */
    long number(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | next();
        }
        return value;
    }

    /** A number in LEB128 of at most nine bytes, whose ninth holds eight bits. */
    long compressed() throws IOException {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            long b = next();
            value |= (b & 0x7F) << 7 * i;
            if (b < 0x80) {
                return value;
            }
        }
        return value | (long) next() << 56;
    }

    void skipTo(long target) throws IOException {
        while (position < target) {
            if (atEnd()) {
                throw new EOFException();
            }
            int n = (int) Math.min(limit - at, target - position);
            at += n;
            position += n;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

package io.dettrace.formats.spans;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The outer fields of protobuf messages that are too large to hold: goes down into a message with {@link #enter} and gives
 * the small ones inside in its buffer. Counts bytes.
 */
final class ProtoStream implements Closeable {
    /** Bytes that one span, log record or resource may have. */
    static final int MAX_MESSAGE = 32 << 20;

    private static final long MAX_LENGTH = Long.MAX_VALUE / 4;
    private static final int CHUNK = 1 << 16;

    private final InputStream in;
    private final boolean whole;
    private byte[] buffer;
    private int next;
    private int limit;
    /** Bytes before the buffer. */
    private long before;

    private int tag;
    private long size;

    /** Bytes that are no protobuf message. */
    static final class Malformed extends IOException {
        private static final long serialVersionUID = 1L;

        Malformed(String what) {
            super(what);
        }
    }

    ProtoStream(InputStream in) {
        this.in = in;
        whole = false;
        buffer = new byte[CHUNK];
    }

    /** The fields of a message in an array, which is left as it is. */
    ProtoStream(byte[] message) {
        in = InputStream.nullInputStream();
        whole = true;
        buffer = message;
        limit = message.length;
    }

    /** Bytes read so far. */
    long at() {
        return before + next;
    }

    /** Length of the message that follows in four bytes, most significant first; -1 at the end. */
    long frame() throws IOException {
        int first = read();
        if (first < 0) {
            return -1;
        }
        long length = first;
        for (int i = 0; i < 3; i++) {
            length = length << 8 | needed();
        }
        return length;
    }

    /** Reads the next field's tag, and the length if it has one; false at {@code end} or at the end of the input. */
    boolean next(long end) throws IOException {
        if (at() >= end) {
            return false;
        }
        int first = read();
        if (first < 0) {
            if (end == Long.MAX_VALUE) {
                return false;
            }
            throw new Malformed("the file ends inside a message");
        }
        long key = varint(first);
        if (key >>> 3 == 0 || key >>> 32 != 0) {
            throw new Malformed("a field number of 0 or above 2^29");
        }
        tag = (int) key;
        size = 0;
        if ((tag & 7) == ProtoReader.LENGTH) {
            size = varint(needed());
            if (size < 0 || size > MAX_LENGTH || end != Long.MAX_VALUE && size > end - at()) {
                throw new Malformed("a length of " + Long.toUnsignedString(size) + " where "
                        + (end == Long.MAX_VALUE ? "less is possible" : (end - at()) + " bytes are left"));
            }
        }
        return true;
    }

    /** True if the field has this number and holds bytes. */
    boolean isMessage(int field) {
        return tag == (field << 3 | ProtoReader.LENGTH);
    }

    /** Where the message that the field holds ends. */
    long enter() {
        return at() + size;
    }

    /** Steps over the content of the field; it is in {@code message} until the next call. */
    void content(ProtoReader message) throws IOException {
        if (size > MAX_MESSAGE) {
            throw new Malformed(
                    "a span, log record or resource of " + size + " bytes; at most " + MAX_MESSAGE + " are read");
        }
        int length = (int) size;
        if (limit - next < length && !fill(length)) {
            throw new Malformed("the file ends inside a message");
        }
        message.reset(buffer, next, next + length);
        next += length;
    }

    /** Steps over the field's content. */
    void skip() throws IOException {
        switch (tag & 7) {
            case ProtoReader.VARINT -> varint(needed());
            case ProtoReader.FIXED64 -> skip(8);
            case ProtoReader.FIXED32 -> skip(4);
            case ProtoReader.LENGTH -> skip(size);
            default -> throw new Malformed("a wire type of " + (tag & 7));
        }
    }

    private void skip(long count) throws IOException {
        long left = count;
        while (left > limit - next) {
            left -= limit - next;
            next = limit;
            if (!fill(1)) {
                throw new Malformed("the file ends inside a message");
            }
        }
        next += (int) left;
    }

    private long varint(int first) throws IOException {
        long value = first & 0x7F;
        int b = first;
        for (int shift = 7; b >= 0x80; shift += 7) {
            if (shift > 63) {
                throw new Malformed("a number of more than 10 bytes");
            }
            b = needed();
            value |= (long) (b & 0x7F) << shift;
        }
        return value;
    }

    private int needed() throws IOException {
        int b = read();
        if (b < 0) {
            throw new Malformed("the file ends inside a message");
        }
        return b;
    }

    private int read() throws IOException {
        return next < limit || fill(1) ? buffer[next++] & 0xFF : -1;
    }

    /** Reads on until this many bytes are in the buffer behind {@link #next}; false if there are less. */
    private boolean fill(int wanted) throws IOException {
        if (whole) {
            return false;
        }
        while (limit - next < wanted) {
            if (next > 0) {
                System.arraycopy(buffer, next, buffer, 0, limit - next);
                before += next;
                limit -= next;
                next = 0;
            }
            if (limit == buffer.length) {
                // Grown by what is there, not by what a length claims.
                buffer = Arrays.copyOf(buffer, Math.max(CHUNK, 2 * buffer.length));
            }
            int got = in.read(buffer, limit, buffer.length - limit);
            if (got < 0) {
                return false;
            }
            limit += got;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

package io.dettrace.formats.spans;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Fields of a protobuf message in an array (Protocol Buffers, "Encoding"). Groups are stepped over. What does not follow
 * the encoding ends in {@link Malformed}.
 */
final class ProtoReader {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    static final int START_GROUP = 3;
    static final int END_GROUP = 4;
    static final int FIXED32 = 5;

    private static final int MAX_GROUPS = 100;

    private byte[] bytes;
    private int end;
    private int at;
    private int tag;
    private int from;
    private int length;
    private long number;

    /** Bytes that are no protobuf message; says where. */
    static final class Malformed extends IOException {
        private static final long serialVersionUID = 1L;

        private final int at;

        Malformed(String what, int at) {
            super(what);
            this.at = at;
        }

        /** Index of the byte in the array. */
        int at() {
            return at;
        }
    }

    ProtoReader(byte[] bytes, int from, int end) {
        reset(bytes, from, end);
    }

    /** Begins another message. */
    void reset(byte[] message, int first, int behind) {
        bytes = message;
        at = first;
        end = behind;
    }

    /** Goes to the next field; false behind the last. */
    boolean next() throws Malformed {
        if (at >= end) {
            return false;
        }
        field();
        while (type() == START_GROUP) {
            skipGroup(0);
            if (at >= end) {
                return false;
            }
            field();
        }
        return true;
    }

    private void field() throws Malformed {
        int start = at;
        long key = varint();
        if (key >>> 3 == 0 || key >>> 32 != 0) {
            throw new Malformed("a field number of 0 or above 2^29", start);
        }
        tag = (int) key;
        from = at;
        switch (type()) {
            case VARINT -> number = varint();
            case FIXED64 -> number = fixed(8);
            case FIXED32 -> number = fixed(4);
            case LENGTH -> {
                long size = varint();
                if (size < 0 || size > end - at) {
                    throw new Malformed(
                            "a length of " + Long.toUnsignedString(size) + " where " + (end - at) + " bytes are left",
                            start);
                }
                from = at;
                length = (int) size;
                at += length;
            }
            case START_GROUP, END_GROUP -> {}
            default -> throw new Malformed("a wire type of " + type(), start);
        }
    }

    private void skipGroup(int depth) throws Malformed {
        int group = field(tag);
        if (depth > MAX_GROUPS) {
            throw new Malformed("groups nested deeper than " + MAX_GROUPS, at);
        }
        while (true) {
            if (at >= end) {
                throw new Malformed("a group without an end", at);
            }
            field();
            if (type() == START_GROUP) {
                skipGroup(depth + 1);
            } else if (type() == END_GROUP) {
                if (field(tag) != group) {
                    throw new Malformed("the end of another group", at);
                }
                return;
            }
        }
    }

    private static int field(int tag) {
        return tag >>> 3;
    }

    private long varint() throws Malformed {
        long value = 0;
        int start = at;
        for (int shift = 0; shift < 70; shift += 7) {
            if (at >= end) {
                throw new Malformed("a number that is cut off", start);
            }
            byte b = bytes[at++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new Malformed("a number of more than 10 bytes", start);
    }

    private long fixed(int size) throws Malformed {
        if (end - at < size) {
            throw new Malformed("a number that is cut off", at);
        }
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xFF;
        }
        at += size;
        return value;
    }

    private int type() {
        return tag & 7;
    }

    /** The field's number times 8 and its wire type. */
    int tag() {
        return tag;
    }

    /** True if the field has this number and wire type. */
    boolean is(int field, int type) {
        return tag == (field << 3 | type);
    }

    /** Index of the content's first byte, behind a length. */
    int from() {
        return from;
    }

    /** Bytes of the content. */
    int length() {
        return length;
    }

    /** The number, of a varint or a fixed one. */
    long number() {
        return number;
    }

    /** The content as text; what is no UTF-8 becomes U+FFFD. */
    String text() {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    /**
     * Goes down into the message that the field holds; what {@link #next} gives are its fields until {@link #leave}.
     *
     * @return what {@link #leave} takes
     */
    int enter() {
        int outer = end;
        end = at;
        at = from;
        return outer;
    }

    /** Goes on behind the message that was entered. */
    void leave(int outer) {
        at = end;
        end = outer;
    }

    /** Index of the next byte. */
    int at() {
        return at;
    }

    /** Index behind the last byte. */
    int end() {
        return end;
    }

    /** The array. */
    byte[] bytes() {
        return bytes;
    }
}

package io.dettrace.formats.record;

import io.dettrace.event.Field;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Events in their packed form, one behind the other in chunks: the length (4 bytes), the key (8), the place, the number of
 * fields; of each field its path and type in one number and its length; the values. Numbers but the first two take 7 bits a
 * byte. An event lies in one chunk.
 */
final class PackedEvents {
    /** Bytes of an event that tell its length and key. */
    static final int HEAD = 12;

    private static final int CHUNK = 1 << 22;

    /** Bytes of a number, of 5 numbers before the fields, and of those of a field, at most. */
    private static final int NUMBER = 10;

    private static final int PLACE = HEAD + 5 * NUMBER;
    private static final int FIELD = 2 * NUMBER;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final Field.Type[] TYPES = Field.Type.values();

    private final List<byte[]> chunks = new ArrayList<>();
    private int filling = -1;
    private int used;
    private long bytes;

    /** Bytes of all events. */
    long bytes() {
        return bytes;
    }

    /** Forgets the events, but keeps the memory for the next ones. */
    void clear() {
        chunks.removeIf(c -> c.length > CHUNK);
        filling = chunks.isEmpty() ? -1 : 0;
        used = 0;
        bytes = 0;
    }

    /** Forgets the events. */
    void release() {
        chunks.clear();
        clear();
    }

    /** The chunk in which a place lies; its low 32 bits are where it begins there. */
    byte[] chunk(long place) {
        return chunks.get((int) (place >>> 32));
    }

    /** Adds an event, with the numbers that {@code numbers} gives its paths; returns its place. */
    long add(EventRecord event, PathNumbers numbers, long key) {
        int n = event.size();
        int values = n == 0 ? 0 : event.end(n - 1);
        byte[] out = room(PLACE + n * FIELD + values);
        int start = used;
        int at = number(out, start + HEAD, event.file());
        at = number(out, at, event.line());
        at = number(out, at, event.offset());
        at = number(out, at, event.length());
        at = number(out, at, n);
        for (int i = 0; i < n; i++) {
            at = number(
                    out,
                    at,
                    (long) numbers.of(event, event.path(i)) * TYPES.length
                            + event.type(i).ordinal());
            at = number(out, at, event.end(i) - event.start(i));
        }
        System.arraycopy(event.bytes(), 0, out, at, values);
        used = at + values;
        INTS.set(out, start, used - start);
        LONGS.set(out, start + 4, key);
        bytes += used - start;
        return (long) filling << 32 | start;
    }

    private byte[] room(int most) {
        if (filling < 0 || chunks.get(filling).length - used < most) {
            filling++;
            used = 0;
            if (filling == chunks.size() || chunks.get(filling).length < most) {
                chunks.add(filling, new byte[Math.max(CHUNK, most)]);
            }
        }
        return chunks.get(filling);
    }

    private static int number(byte[] out, int from, long value) {
        int at = from;
        long left = value;
        while ((left & ~0x7FL) != 0) {
            out[at++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        out[at] = (byte) left;
        return at + 1;
    }

    /** Bytes of the event that begins here. */
    static int length(byte[] in, int at) {
        return (int) INTS.get(in, at);
    }

    /** Key of the event that begins here. */
    static long key(byte[] in, int at) {
        return (long) LONGS.get(in, at + 4);
    }

    /** Fills {@code record} with the event that begins here. */
    static void unpack(byte[] in, int start, EventRecord record, EventRecord names, PathNumbers own) {
        Unpacking u = new Unpacking(in, start + HEAD);
        record.clear();
        record.at((int) u.number(), u.number(), u.number(), (int) u.number());
        int n = (int) u.number();
        Unpacking lengths = new Unpacking(in, u.at);
        for (int i = 0; i < 2 * n; i++) {
            u.number();
        }
        int from = u.at;
        for (int i = 0; i < n; i++) {
            int field = (int) lengths.number();
            int length = (int) lengths.number();
            record.value(own.of(names, field / TYPES.length), TYPES[field % TYPES.length], in, from, length);
            from += length;
        }
    }

    /** Numbers of 7 bits a byte, one behind the other. */
    private static final class Unpacking {
        private final byte[] in;
        private int at;

        Unpacking(byte[] in, int at) {
            this.in = in;
            this.at = at;
        }

        long number() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte b = in[at++];
                value |= (long) (b & 0x7F) << shift;
                if (b >= 0) {
                    return value;
                }
            }
        }
    }
}

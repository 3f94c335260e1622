package io.dettrace.formats.ctf;

import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * Reads bits of a packet through a window on the file, so that memory does not depend on the packet's size. Bits of a
 * big-endian field fill bytes from the highest bit on, those of a little-endian one from the lowest (CTF 1.8.3, section
 * 4.1.5). Positions are bits from the start of the packet. Not thread-safe.
 */
final class BitReader implements Closeable {
    /** Bits that a packet without sizes may have; nothing is ever that long. */
    static final long UNKNOWN = Long.MAX_VALUE - 64;

    private static final VarHandle LE64 = view(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BE64 = view(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LE32 = view(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BE32 = view(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LE16 = view(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BE16 = view(short[].class, ByteOrder.BIG_ENDIAN);

    /** Bytes behind the window's end that may be read as part of a wider number, and are then masked out. */
    private static final int SLACK = 8;

    private final String name;
    private final InputStream in;
    private final byte[] window;

    /** Byte of the file that the window begins with. */
    private long windowStart;

    private int limit;
    private boolean atEof;

    /** Byte of the file that the packet begins with. */
    private long packetStart;

    private long position;

    /** Where the packet's content ends. */
    private long end;

    /** Position up to which the window holds the bits, and not beyond the content. */
    private long ready;

    private boolean lastBig;

    /** Number of the event that is being read, for messages. */
    long event = 1;

    BitReader(InputFile file, int windowBytes) throws IOException {
        name = file.name();
        window = new byte[windowBytes + SLACK];
        in = file.openBinary();
    }

    private static VarHandle view(Class<?> array, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(array, order);
    }

    // ---- packets ---------------------------------------------------------------------------------------------------

    /** Begins a packet of unknown size here, on a byte's start; false if the file ends here. */
    boolean beginPacket() throws IOException {
        packetStart += position >>> 3;
        position = 0;
        end = UNKNOWN;
        ready = 0;
        return !atEnd();
    }

    /** Says where the packet's content ends, which is not before the position. */
    void setEnd(long bits) {
        end = bits;
        ready = Math.min(ready, bits);
    }

    /** True if there are no more bits in the content. */
    boolean atEnd() throws IOException {
        if (position < ready) {
            return false;
        }
        return position >= end || !fill(1);
    }

    /**
     * Goes to a later byte of the packet, which is the next packet's start.
     *
     * @return bits that the file lacks up to there
     */
    long skipTo(long bits) throws IOException {
        end = UNKNOWN;
        ready = 0;
        long target = packetStart + (bits >>> 3);
        while (windowStart + limit < target && !atEof) {
            windowStart += limit;
            limit = 0;
            read();
        }
        long reached = Math.min(target, windowStart + limit);
        position = reached - packetStart << 3;
        return target - reached << 3;
    }

    private void read() throws IOException {
        int n = in.read(window, limit, window.length - SLACK - limit);
        if (n < 0) {
            atEof = true;
        } else {
            limit += n;
        }
    }

    /** Position in bits. */
    long position() {
        return position;
    }

    /** Bits of content left; meaningless if the packet's size is unknown. */
    long left() {
        return end - position;
    }

    /** Byte of the file at the position. */
    long fileByte() {
        return packetStart + (position >>> 3);
    }

    /** An error at the position. */
    InputException broken(String what) {
        return InputException.at(name, event, 0, fileByte(), what);
    }

    // ---- bits ------------------------------------------------------------------------------------------------------

    /** Goes to the next multiple of {@code bits}, a power of two. */
    void align(int bits) throws IOException {
        long mask = bits - 1;
        long target = position + mask & ~mask;
        if (target != position) {
            need(target - position);
            position = target;
        }
    }

    /** Makes sure that so many bits, at most a window of them, are there. */
    private void need(long bits) throws IOException {
        if (bits > ready - position) {
            if (bits > end - position) {
                throw broken("expected " + bits + " more bits in the packet's content, found " + left());
            }
            if (bits > (long) (window.length - SLACK - 8) * 8) {
                skip(bits);
            } else if (!fill(bits)) {
                throw broken("expected " + bits + " more bits, found the end of the file");
            }
        }
    }

    /** Looks whether bits further away than the window are there; only padding is so long. */
    private void skip(long bits) throws IOException {
        long from = position;
        long oldEnd = end;
        long lacking = skipTo(from + bits);
        end = oldEnd;
        if (lacking > 0) {
            throw broken("expected " + bits + " more bits, found the end of the file");
        }
        position = from;
        ready = from;
    }

    /** Moves the window so that it holds so many bits from the position on; false if the file has not so many. */
    private boolean fill(long bits) throws IOException {
        int from = (int) Math.max(0, fileByte() - windowStart);
        if (from > limit) {
            return false;
        }
        int bytes = (int) ((position & 7) + bits + 7 >>> 3);
        if (from + bytes > window.length - SLACK) {
            System.arraycopy(window, from, window, 0, limit - from);
            limit -= from;
            windowStart += from;
            from = 0;
        }
        while (limit - from < bytes && !atEof) {
            read();
        }
        ready = Math.min(end, (windowStart + limit - packetStart) * 8);
        return limit - from >= bytes;
    }

    private int index() {
        return (int) (packetStart - windowStart + (position >>> 3));
    }

    /** The next {@code size} bits, 1 to 64, as an unsigned number. */
    long unsigned(int size, boolean big) throws IOException {
        need(size);
        int shift = (int) position & 7;
        int i = index();
        position += size;
        if (shift == 0) {
            switch (size) {
                case 8:
                    return window[i] & 0xFF;
                case 16:
                    return (short) (big ? BE16 : LE16).get(window, i) & 0xFFFF;
                case 32:
                    return (int) (big ? BE32 : LE32).get(window, i) & 0xFFFFFFFFL;
                case 64:
                    return (long) (big ? BE64 : LE64).get(window, i);
                default:
                    break;
            }
        } else if (big != lastBig) {
            position -= size;
            throw broken("the byte order changes within a byte");
        }
        lastBig = big;
        return big ? big(i, shift, size) : little(i, shift, size);
    }

    private long little(int i, int shift, int size) {
        long value = (long) LE64.get(window, i) >>> shift;
        if (shift + size > 64) {
            value |= (window[i + 8] & 0xFFL) << 64 - shift;
        }
        return size == 64 ? value : value & (1L << size) - 1;
    }

    private long big(int i, int shift, int size) {
        long value = (long) BE64.get(window, i) << shift;
        if (shift + size > 64) {
            value |= (window[i + 8] & 0xFFL) >>> 8 - shift;
        }
        return value >>> 64 - size;
    }

    /** The next {@code size} bits, any number of them. */
    BigInteger wide(int size, boolean signed, boolean big) throws IOException {
        BigInteger value = BigInteger.ZERO;
        for (int done = 0; done < size; ) {
            int bits = Math.min(32, size - done);
            BigInteger part = BigInteger.valueOf(unsigned(bits, big));
            value = big ? value.shiftLeft(bits).or(part) : value.or(part.shiftLeft(done));
            done += bits;
        }
        return signed && value.testBit(size - 1) ? value.subtract(BigInteger.ONE.shiftLeft(size)) : value;
    }

    /** The next byte, from a byte's start on. */
    int octet() throws IOException {
        need(8);
        int b = window[index()] & 0xFF;
        position += 8;
        return b;
    }

    /** Bytes that can be taken from the window at once; at least 1. */
    int chunk() throws IOException {
        need(8);
        return (int) Math.min(Integer.MAX_VALUE, ready - position >>> 3);
    }

    /** Position of the first zero byte among the next {@code n} of the window, or -1. */
    int indexOfZero(int n) {
        int i = index();
        for (int k = 0; k < n; k++) {
            if (window[i + k] == 0) {
                return k;
            }
        }
        return -1;
    }

    /** Takes {@code n} bytes, which {@link #chunk} said are there. */
    void take(byte[] into, int at, int n) {
        System.arraycopy(window, index(), into, at, n);
        position += (long) n << 3;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

package io.dettrace.formats.sigrok;

import io.dettrace.formats.ReadContext;
import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the samples at which one of some channels changes. Most of a capture is silence, so samples are compared eight bytes
 * at a time where the sample's size divides eight, and otherwise with the vector instructions behind {@link Arrays#mismatch}.
 */
final class ChangeScanner implements Closeable {
    private static final int BLOCK = 1 << 18;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final SampleStream stream;
    private final ReadContext context;
    private final String place;
    private final int unit;
    private final byte[] mask;
    private final long mask8;
    private final byte[] last;
    private long last8;

    /** Samples; those of the block lie behind one unit that holds the sample before. */
    private final byte[] block;

    private int at;
    private int end;
    private long blockSample;
    private boolean started;

    ChangeScanner(SampleStream stream, int unit, List<Channel> channels, ReadContext context, String place) {
        this.stream = stream;
        this.unit = unit;
        this.context = context;
        this.place = place;
        mask = new byte[unit];
        for (Channel c : channels) {
            mask[c.byteIndex()] |= (byte) (1 << (c.index() & 7));
        }
        last = new byte[unit];
        mask8 = 8 % unit == 0 ? repeat(mask) : 0;
        block = new byte[unit + Math.max(1, BLOCK / unit) * unit];
        at = unit;
        end = unit;
    }

    /** Goes to the next sample with a change; the first sample counts as one. False at the end of the capture. */
    boolean next() throws IOException {
        while (true) {
            int found = started ? find(at) : at;
            if (found < end) {
                at = found;
                started = true;
                remember();
                return true;
            }
            at = end;
            if (!fill()) {
                return false;
            }
        }
    }

    /** Number of the sample, from 0; at the end of the capture the number of samples. */
    long sample() {
        return blockSample + (at - unit) / unit;
    }

    /** The samples; that of the change begins at {@link #at}. */
    byte[] samples() {
        return block;
    }

    int at() {
        return at;
    }

    private void remember() {
        System.arraycopy(block, at, last, 0, unit);
        last8 = mask8 == 0 ? 0 : repeat(last) & mask8;
        // The scan goes on at the next sample; at itself does not differ from last.
    }

    private boolean fill() throws IOException {
        blockSample += (end - unit) / unit;
        System.arraycopy(block, end - unit, block, 0, unit);
        int n = stream.read(block, unit, block.length - unit);
        int whole = n / unit * unit;
        if (whole < n) {
            context.note(
                    "cut_sample",
                    "the last sample has " + (n - whole) + " of " + unit + " bytes and is left out",
                    place + ":" + (blockSample + whole / unit));
        }
        at = unit;
        end = unit + whole;
        return whole > 0;
    }

    private int find(int from) {
        if (mask8 != 0) {
            return findByWords(from);
        }
        int i = from;
        while (i < end) {
            int differs = Arrays.mismatch(block, i, end, block, i - unit, end - unit);
            if (differs < 0) {
                return end;
            }
            i += differs / unit * unit;
            if (isChange(i)) {
                return i;
            }
            i += unit;
        }
        return end;
    }

    private int findByWords(int from) {
        int i = from;
        for (; i + 8 <= end; i += 8) {
            long differs = ((long) LONGS.get(block, i) & mask8) ^ last8;
            if (differs != 0) {
                return i + (Long.numberOfTrailingZeros(differs) >>> 3) / unit * unit;
            }
        }
        while (i < end && !isChange(i)) {
            i += unit;
        }
        return i;
    }

    private boolean isChange(int i) {
        for (int k = 0; k < unit; k++) {
            if (((block[i + k] ^ last[k]) & mask[k]) != 0) {
                return true;
            }
        }
        return false;
    }

    private long repeat(byte[] sample) {
        long word = 0;
        for (int i = 0; i < 8; i++) {
            word |= (sample[i % unit] & 0xFFL) << (8 * i);
        }
        return word;
    }

    /** Bytes of samples read so far. */
    long bytesRead() {
        return stream.total();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}

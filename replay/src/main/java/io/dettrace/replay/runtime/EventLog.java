package io.dettrace.replay.runtime;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Writes events as JSON lines and, on replay, holds each against the line that was recorded.
 *
 * <p>Only the holder of the token calls it. The bytes leave in blocks, which a {@link LogWriter} writes meanwhile; {@link
 * #close} waits until the rest is written, too.
 */
final class EventLog {
    private static final int BLOCK = 1 << 17;

    private static final byte[] INDEX = Text.bytes(",\"index\":");

    private static final byte[] NOTHING = {};

    /** How many texts that are no site's own, such as the classes of monitors, are kept as bytes; a power of two. */
    private static final int TEXTS = 256;

    /** The two digits of each number below 100. */
    private static final byte[] DIGITS = digits();

    /** Bytes that an event takes at most beside its texts: for three numbers and the marks around them. */
    private static final int ROOM = 128;

    private final boolean written;
    private final LogWriter writer;
    private final InputStream expected;

    private byte[] bytes = new byte[LogWriter.BYTES];
    private int end;
    private int start;

    private byte[] wanted = new byte[BLOCK];
    private int wantedFrom;
    private int wantedTo;

    private final String[] texts = new String[TEXTS];
    private final byte[][] textBytes = new byte[TEXTS][];

    private String failure;

    /**
     * Opens the log.
     *
     * @param log where events go, or null
     * @param check the recording to hold them against, or null
     */
    EventLog(String log, String check) throws IOException {
        expected = check == null ? null : new FileInputStream(check);
        written = log != null;
        writer = new LogWriter(written ? new FileOutputStream(log) : null);
        writer.start();
    }

    boolean on() {
        return written || expected != null;
    }

    /** Adds an event; {@code name} is 0 for none, {@code index} below 0 for none, {@code what} null for the site's, {@code more} JSON or null. */
    void event(
            ControlledThread thread,
            Sites.Site operation,
            long name,
            byte[] owner,
            String what,
            long index,
            String more,
            byte[] at) {
        byte[] whatText = what == null ? operation.whatBytes() : whatBytes(what);
        byte[] moreText = more == null ? NOTHING : Text.bytes(more);
        reserve(thread.lineStart.length
                + operation.operationBytes().length
                + (name == 0 ? 0 : owner.length)
                + whatText.length
                + moreText.length
                + (at == null ? 0 : at.length)
                + operation.endBytes().length);
        start = end;
        put(thread.lineStart);
        number(thread.number);
        if (name == 0) {
            put(operation.operationBytes());
        } else {
            put(operation.resourceBytes());
            put(owner);
            bytes[end++] = ':';
            number(ObjectNames.number(name));
            bytes[end++] = '"';
        }
        if (what == null && index < 0 && more == null && at == operation.atBytes()) {
            put(operation.restBytes());
            return;
        }
        put(whatText);
        if (index >= 0) {
            put(INDEX);
            number(index);
        }
        put(moreText);
        if (at != null) {
            put(at);
        }
        put(operation.endBytes());
    }

    /** True if the event just added is what was recorded, or nothing was. */
    boolean matches() {
        if (expected == null) {
            return true;
        }
        int length = end - start;
        if (wantedTo - wantedFrom < length) {
            refill(length);
        }
        boolean same = wantedTo - wantedFrom >= length
                && Arrays.equals(bytes, start, end, wanted, wantedFrom, wantedFrom + length);
        if (same) {
            wantedFrom += length;
        }
        return same;
    }

    /** The event just added, without the line end. */
    String got() {
        return new String(bytes, start, end - start - 1, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The recorded line that is due, or null at the end of the recording. */
    String due() {
        refill(1 << 12);
        int to = wantedFrom;
        while (to < wantedTo && wanted[to] != '\n') {
            to++;
        }
        return to == wantedFrom
                ? null
                : new String(wanted, wantedFrom, to - wantedFrom, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Lets go of what was written so far, once it is a block. */
    void flushBlock() {
        if (end >= BLOCK) {
            flush();
        }
    }

    /** What went wrong when writing, or null. */
    String failure() {
        return failure == null ? writer.failure() : failure;
    }

    /** Writes the rest; called from elsewhere than by the token's holder only when that is stuck. */
    void close() {
        flush();
        writer.close();
        try {
            if (expected != null) {
                expected.close();
            }
        } catch (IOException e) {
            failure = e.toString();
        }
    }

    private void flush() {
        if (written) {
            bytes = writer.swap(bytes, end);
        }
        end = 0;
        start = 0;
    }

    private void refill(int needed) {
        System.arraycopy(wanted, wantedFrom, wanted, 0, wantedTo - wantedFrom);
        wantedTo -= wantedFrom;
        wantedFrom = 0;
        if (wanted.length < needed) {
            wanted = Arrays.copyOf(wanted, needed * 2);
        }
        try {
            while (wantedTo < needed) {
                int read = expected.read(wanted, wantedTo, wanted.length - wantedTo);
                if (read <= 0) {
                    return;
                }
                wantedTo += read;
            }
        } catch (IOException e) {
            failure = e.toString();
        }
    }

    /** Makes room for an event with so many bytes of texts. */
    private void reserve(int texts) {
        int needed = end + texts + ROOM;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, needed));
        }
    }

    private void put(byte[] text) {
        System.arraycopy(text, 0, bytes, end, text.length);
        end += text.length;
    }

    /** The member of a line for {@code what}. Found by the text's own hash: identity hashes are the program's. */
    private byte[] whatBytes(String what) {
        int slot = what.hashCode() & TEXTS - 1;
        if (!what.equals(texts[slot])) {
            texts[slot] = what;
            textBytes[slot] = Sites.whatMember(what);
        }
        return textBytes[slot];
    }

    /** Adds a number that is not negative, from its end, two digits at a time. */
    private void number(long value) {
        byte[] to = bytes;
        int at = end + length(value);
        end = at;
        long rest = value;
        while (rest >= 100) {
            long hundreds = rest / 100;
            int pair = (int) (rest - hundreds * 100) << 1;
            to[--at] = DIGITS[pair + 1];
            to[--at] = DIGITS[pair];
            rest = hundreds;
        }
        int pair = (int) rest << 1;
        to[--at] = DIGITS[pair + 1];
        if (rest >= 10) {
            to[--at] = DIGITS[pair];
        }
    }

    private static int length(long value) {
        int digits = 1;
        for (long limit = 10; digits < 19 && value >= limit; limit *= 10) {
            digits++;
        }
        return digits;
    }

    private static byte[] digits() {
        byte[] made = new byte[200];
        for (int i = 0; i < 100; i++) {
            made[2 * i] = (byte) ('0' + i / 10);
            made[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return made;
    }

    /** How each line of a thread begins. */
    static byte[] lineStart(String path) {
        return Text.bytes("{\"thread\":\"" + path + "\",\"n\":");
    }
}

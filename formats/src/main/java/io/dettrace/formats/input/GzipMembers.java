package io.dettrace.formats.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The decompressed bytes of gzip data of any number of members (RFC 1952), zero bytes after the last one allowed.
 *
 * <p>{@link java.util.zip.GZIPInputStream} takes a second member that is cut or damaged in its header for the end of the
 * data; here every byte has to make sense.
 */
final class GzipMembers extends InputStream {
    private static final int BUFFER = 1 << 16;
    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int FLAGS_RESERVED = 0xE0;

    private final InputStream raw;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int limit;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private long memberBytes;
    private boolean inMember;
    private boolean first = true;
    private boolean ended;

    GzipMembers(InputStream raw) {
        this.raw = raw;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (length > 0 && !ended) {
            if (!inMember && !nextMember()) {
                ended = true;
                break;
            }
            int n = inflate(bytes, offset, length);
            if (n > 0) {
                crc.update(bytes, offset, n);
                memberBytes += n;
                return n;
            }
            if (inflater.finished()) {
                endMember();
            }
        }
        return length == 0 ? 0 : -1;
    }

    private int inflate(byte[] bytes, int offset, int length) throws IOException {
        try {
            if (inflater.needsInput()) {
                if (at == limit && !refill()) {
                    throw new IOException("cut off");
                }
                inflater.setInput(buffer, at, limit - at);
                at = limit;
            }
            int n = inflater.inflate(bytes, offset, length);
            if (n == 0 && inflater.needsDictionary()) {
                throw new IOException("damaged (it asks for a dictionary)");
            }
            return n;
        } catch (DataFormatException e) {
            throw new IOException("damaged (" + e.getMessage() + ")", e);
        }
    }

    private boolean nextMember() throws IOException {
        int b = next();
        while (!first && b == 0) {
            b = next();
        }
        if (b < 0) {
            return false;
        }
        if (b != 0x1F || need() != 0x8B) {
            throw new IOException("followed by bytes that are not gzip data");
        }
        if (need() != 8) {
            throw new IOException("damaged (unknown compression method)");
        }
        int flags = need();
        if ((flags & FLAGS_RESERVED) != 0) {
            throw new IOException("damaged (unknown flags in a header)");
        }
        skip(6);
        if ((flags & FLAG_EXTRA) != 0) {
            skip(need() | need() << 8);
        }
        if ((flags & FLAG_NAME) != 0) {
            skipText();
        }
        if ((flags & FLAG_COMMENT) != 0) {
            skipText();
        }
        if ((flags & FLAG_HEADER_CRC) != 0) {
            skip(2);
        }
        first = false;
        inMember = true;
        memberBytes = 0;
        crc.reset();
        inflater.reset();
        return true;
    }

    private void endMember() throws IOException {
        at = limit - inflater.getRemaining();
        if (needInt() != crc.getValue()) {
            throw new IOException("damaged (the checksum does not fit)");
        }
        if (needInt() != (memberBytes & 0xFFFFFFFFL)) {
            throw new IOException("damaged (the length does not fit)");
        }
        inMember = false;
    }

    private long needInt() throws IOException {
        return need() | need() << 8 | need() << 16 | (long) need() << 24;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            need();
        }
    }

    private void skipText() throws IOException {
        while (need() != 0) {
            continue;
        }
    }

    private int need() throws IOException {
        int b = next();
        if (b < 0) {
            throw new IOException("cut off");
        }
        return b;
    }

    private int next() throws IOException {
        return at < limit || refill() ? buffer[at++] & 0xFF : -1;
    }

    private boolean refill() throws IOException {
        at = 0;
        limit = Math.max(0, raw.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        raw.close();
    }
}

package io.dettrace.formats.input;

import io.dettrace.event.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;

/**
 * The decompressed bytes of a file, with every fault turned into an {@link InputException} that names file and byte.
 *
 * <p>The first block is looked at before anything is handed out: where text is expected, what is no text in UTF-8 is
 * refused with the reason.
 */
final class DecodedStream extends InputStream {
    /** Bytes looked at to tell text from binary data. */
    static final int HEAD = 8192;

    private final String name;
    private final Compression compression;
    private final InputStream in;
    private byte[] head = {};
    private int headAt;
    private long position;
    private IOException late;

    private DecodedStream(String name, Compression compression, InputStream in) {
        this.name = name;
        this.compression = compression;
        this.in = in;
    }

    /**
     * Opens a file.
     *
     * @param text true to refuse what is no text in UTF-8
     */
    static InputStream open(InputFile file, boolean text) throws IOException {
        String name = file.name();
        InputStream opened = null;
        try {
            opened = Files.newInputStream(file.path());
            PushbackInputStream start = new PushbackInputStream(opened, Compression.MAGIC_LENGTH);
            byte[] magic = start.readNBytes(Compression.MAGIC_LENGTH);
            start.unread(magic);
            Compression compression = Compression.of(magic);
            opened = compression.decompress(name, start);
            DecodedStream stream = new DecodedStream(name, compression, opened);
            stream.readHead(text);
            return stream;
        } catch (IOException e) {
            if (opened != null) {
                opened.close();
            }
            throw Unreadable.because(name, e);
        }
    }

    /** Fills {@link #head}; damage in it is kept until the bytes before it have been handed out. */
    private void readHead(boolean text) throws InputException {
        byte[] block = new byte[HEAD];
        int length = 0;
        try {
            for (int n = 0; n >= 0 && length < HEAD; n = in.read(block, length, HEAD - length)) {
                length += n;
            }
        } catch (IOException e) {
            late = e;
        }
        head = Arrays.copyOf(block, length);
        if (late != null && length == 0) {
            throw damage(late);
        }
        String notText = text ? Encoding.complaint(head) : null;
        if (notText != null) {
            throw new InputException(name + ": " + notText);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (headAt < head.length) {
            int n = Math.min(length, head.length - headAt);
            System.arraycopy(head, headAt, bytes, offset, n);
            headAt += n;
            position += n;
            return n;
        }
        if (late != null) {
            throw damage(late);
        }
        try {
            int n = in.read(bytes, offset, length);
            position += Math.max(0, n);
            return n;
        } catch (IOException e) {
            late = e;
            throw damage(e);
        }
    }

    private InputException damage(IOException e) {
        if (e instanceof InputException known) {
            return known;
        }
        if (compression == Compression.NONE) {
            return new InputException(name + ": cannot be read beyond byte " + position + ": " + e.getMessage(), e);
        }
        String what = String.valueOf(e.getMessage());
        String kind = what.startsWith("cut") || what.startsWith("damaged") || what.startsWith("followed")
                ? what
                : what.toLowerCase(Locale.ROOT).contains("truncated") ? "cut off" : "damaged (" + what + ")";
        return new InputException(
                name + ": the " + compression.what + " is " + kind + " at byte " + position
                        + " of the decompressed text; make or copy the file again",
                e);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

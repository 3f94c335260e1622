package io.dettrace.formats.input;

import io.dettrace.event.InputException;
import io.dettrace.event.SourceRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One file of a run, plain or compressed; its bytes are always the decompressed ones.
 *
 * <p>gzip (RFC 1952, any number of members) and Zstandard (RFC 8878) are recognised by their first bytes, never by the
 * file's name. A byte order mark of UTF-8 is part of the bytes, so that offsets are those of the file; readers step over
 * it with {@link #bomLength}.
 *
 * @param path where the bytes are
 * @param name what the user called it; {@code (standard input)} for standard input
 */
public record InputFile(Path path, String name) {
    /** Length in bytes of the byte order mark of UTF-8, {@code EF BB BF}. */
    public static final int UTF8_BOM_LENGTH = 3;

    /**
     * Opens the decompressed bytes from the start. Reading throws {@link InputException} where the compressed data is
     * damaged, naming the byte.
     *
     * @throws InputException if the file cannot be read or is no text in UTF-8
     */
    public InputStream open() throws IOException {
        return DecodedStream.open(this, true);
    }

    /** Opens the decompressed bytes from the start, whatever they are; otherwise as {@link #open}. */
    public InputStream openBinary() throws IOException {
        return DecodedStream.open(this, false);
    }

    /** Size of the decompressed bytes if it is known without reading them, else -1. */
    public long sizeHint() throws IOException {
        try {
            return isCompressed() ? -1 : Files.size(path);
        } catch (InputException e) {
            throw e;
        } catch (IOException e) {
            throw Unreadable.because(name, e);
        }
    }

    /** True if the file is compressed, which its first bytes say. */
    public boolean isCompressed() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Compression.of(in.readNBytes(Compression.MAGIC_LENGTH)) != Compression.NONE;
        } catch (IOException e) {
            throw Unreadable.because(name, e);
        }
    }

    /**
     * The original bytes of some events, in the order asked for. A plain file is read at these places only; a compressed
     * one is read once from its start to the last of them.
     *
     * @param refs places in this file; their file numbers are not looked at
     * @throws InputException if the file has become shorter than a place says
     */
    public List<byte[]> readAll(List<SourceRef> refs) throws IOException {
        return isCompressed() ? RangeReader.sequential(this, refs) : RangeReader.random(this, refs);
    }

    /** Length of the byte order mark that the first {@code length} bytes begin with: {@value #UTF8_BOM_LENGTH} or 0. */
    public static int bomLength(byte[] bytes, int length) {
        boolean bom = length >= UTF8_BOM_LENGTH
                && bytes[0] == (byte) 0xEF
                && bytes[1] == (byte) 0xBB
                && bytes[2] == (byte) 0xBF;
        return bom ? UTF8_BOM_LENGTH : 0;
    }
}

package io.dettrace.formats.input;

import io.dettrace.event.InputException;
import java.io.IOException;
import java.io.InputStream;

/** How a file is compressed, by its first bytes. */
enum Compression {
    NONE("text") {
        @Override
        InputStream decompress(String name, InputStream raw) {
            return raw;
        }
    },
    GZIP("gzip data") {
        @Override
        InputStream decompress(String name, InputStream raw) {
            return new GzipMembers(raw);
        }
    },
    ZSTD("zstd data") {
        @Override
        InputStream decompress(String name, InputStream raw) throws IOException {
            try {
                return Zstandard.open(raw);
            } catch (LinkageError noLibrary) {
                throw new InputException(
                        name + ": is zstd data, but the zstd library cannot be loaded here; unpack it with \"zstd -d\"",
                        noLibrary);
            }
        }
    };

    /** Bytes that {@link #of} looks at. */
    static final int MAGIC_LENGTH = 4;

    private static final int ZSTD_FRAME = 0xFD2FB528;
    private static final int ZSTD_SKIPPABLE = 0x184D2A50;

    final String what;

    Compression(String what) {
        this.what = what;
    }

    /** Wraps the compressed bytes. */
    abstract InputStream decompress(String name, InputStream raw) throws IOException;

    /** The compression that the first bytes of a file stand for. */
    static Compression of(byte[] head) {
        if (head.length >= 2 && head[0] == 0x1F && head[1] == (byte) 0x8B) {
            return GZIP;
        }
        if (head.length < MAGIC_LENGTH) {
            return NONE;
        }
        int magic = head[0] & 0xFF | (head[1] & 0xFF) << 8 | (head[2] & 0xFF) << 16 | (head[3] & 0xFF) << 24;
        return magic == ZSTD_FRAME || (magic & 0xFFFFFFF0) == ZSTD_SKIPPABLE ? ZSTD : NONE;
    }
}

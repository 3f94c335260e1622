package io.dettrace.formats.ctf;

import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The text of a metadata file, which is plain or in packets of either byte order (CTF 1.8.3, section 7.1). A packet begins
 * with a header of {@value #HEADER} bytes: magic, UUID, checksum, sizes of content and packet in bits, compression,
 * encryption, checksum type, version.
 */
final class MetadataText {
    /** Bytes of a metadata file. */
    static final int MAX_BYTES = 32 << 20;

    /** The first four bytes of a metadata packet as a number. */
    static final int MAGIC = 0x75D11D57;

    private static final int HEADER = 37;
    private static final int CONTENT_SIZE_AT = 24;
    private static final int SCHEMES_AT = 32;

    private MetadataText() {}

    /** True if a file that begins so is metadata: in packets, or text with the mark that section 7.1 asks for. */
    static boolean begins(byte[] head, int length) {
        if (length >= 4) {
            int magic = ByteBuffer.wrap(head).getInt();
            if (magic == MAGIC || Integer.reverseBytes(magic) == MAGIC) {
                return true;
            }
        }
        String start = new String(head, 0, Math.min(length, 256), StandardCharsets.ISO_8859_1).stripLeading();
        return start.startsWith("/* CTF 1.8") || start.startsWith("/* CTF-1.8");
    }

    /** True if a file that begins so is metadata of CTF 2: a JSON text sequence (RFC 7464). */
    static boolean beginsVersion2(byte[] head, int length) {
        String start = new String(head, 0, Math.min(length, 256), StandardCharsets.ISO_8859_1);
        return start.startsWith("\u001e") && start.contains("\"preamble\"");
    }

    /** Reads the text. */
    static byte[] read(InputFile file) throws IOException {
        byte[] bytes;
        try (InputStream in = file.openBinary()) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw error(file, MAX_BYTES, "the metadata is larger than " + MAX_BYTES + " bytes");
        }
        if (beginsVersion2(bytes, bytes.length)) {
            throw error(
                    file,
                    0,
                    "is metadata of CTF 2, which is not read; have the tracer write CTF 1.8, or convert it"
                            + " with babeltrace2 (component sink.ctf.fs)");
        }
        int magic = bytes.length >= 4 ? ByteBuffer.wrap(bytes).getInt() : 0;
        if (magic == MAGIC) {
            return unpack(file, ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN));
        }
        return Integer.reverseBytes(magic) == MAGIC
                ? unpack(file, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN))
                : bytes;
    }

    private static byte[] unpack(InputFile file, ByteBuffer in) throws InputException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int at = 0; at < in.limit(); ) {
            if (in.limit() - at < HEADER) {
                throw error(
                        file,
                        at,
                        "expected a metadata packet of at least " + HEADER + " bytes, found " + (in.limit() - at));
            }
            if (in.getInt(at) != MAGIC) {
                throw error(
                        file,
                        at,
                        "expected the magic number of a metadata packet, found 0x"
                                + Integer.toHexString(in.getInt(at)));
            }
            long content = Integer.toUnsignedLong(in.getInt(at + CONTENT_SIZE_AT));
            long packet = Integer.toUnsignedLong(in.getInt(at + CONTENT_SIZE_AT + 4));
            for (int i = 0; i < 2; i++) {
                if (in.get(at + SCHEMES_AT + i) != 0) {
                    throw error(
                            file,
                            at + SCHEMES_AT + i,
                            "the metadata packet is " + (i == 0 ? "compressed" : "encrypted") + ", which is not read");
                }
            }
            boolean sizes = content >= HEADER * 8 && content % 8 == 0 && packet >= content && packet % 8 == 0;
            if (!sizes || content / 8 > in.limit() - at) {
                throw error(
                        file,
                        at + CONTENT_SIZE_AT,
                        "expected sizes of the metadata packet in bits that fit the " + (in.limit() - at)
                                + " bytes left, found content " + content + ", packet " + packet);
            }
            text.write(in.array(), at + HEADER, (int) (content / 8) - HEADER);
            at = (int) Math.min(in.limit(), at + packet / 8);
        }
        return text.toByteArray();
    }

    private static InputException error(InputFile file, long offset, String what) {
        return InputException.at(file.name(), 1, 0, offset, what);
    }
}

package io.dettrace.formats.jfr;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that the JDK's parser may be given: the original if it is plain and whole, else a temporary copy of its good
 * chunks.
 */
final class Recording implements Closeable {
    /** Decompressed bytes of a compressed recording. */
    static final long MAX_DECOMPRESSED = 8L << 30;

    private final Path path;
    private final boolean temporary;
    private final List<Chunk> chunks;

    private Recording(Path path, boolean temporary, List<Chunk> chunks) {
        this.path = path;
        this.temporary = temporary;
        this.chunks = chunks;
    }

    /** Scans the file, and copies it if that is needed. */
    static Recording of(InputFile file, ReadContext context) throws IOException {
        List<Chunk> all = ChunkScan.scan(file);
        for (Chunk c : all) {
            if (!c.isGood()) {
                bad(file, c, context);
            }
        }
        List<Chunk> good = all.stream().filter(Chunk::isGood).toList();
        if (good.isEmpty()) {
            throw error(file, all.get(0));
        }
        if (good.size() == all.size() && !file.isCompressed()) {
            return new Recording(file.path(), false, good);
        }
        Path copy = Files.createTempFile("dettrace-", ".jfr");
        copy.toFile().deleteOnExit();
        Recording recording = new Recording(copy, true, good);
        try {
            recording.copy(file);
        } catch (IOException e) {
            recording.close();
            throw e;
        }
        return recording;
    }

    private static void bad(InputFile file, Chunk chunk, ReadContext context) throws InputException {
        if (!context.lenient()) {
            throw error(file, chunk);
        }
        context.note(
                "broken_chunks",
                "chunks that cannot be read were left out, the first because " + chunk.defect(),
                file.name() + ":" + chunk.number());
    }

    private static InputException error(InputFile file, Chunk chunk) {
        return new InputException(file.name() + ": chunk " + chunk.number() + " at byte " + chunk.offset()
                + " cannot be read: " + chunk.defect() + (chunk.number() > 1 ? "; --lenient leaves it out" : ""));
    }

    private void copy(InputFile file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = file.openBinary();
                OutputStream out = Files.newOutputStream(path)) {
            long at = 0;
            long written = 0;
            for (Chunk c : chunks) {
                in.skipNBytes(c.offset() - at);
                long left = c.size();
                written += left;
                if (written > MAX_DECOMPRESSED) {
                    throw new InputException(file.name() + ": is larger than the limit of " + MAX_DECOMPRESSED
                            + " bytes for a compressed recording; decompress it and read that file");
                }
                while (left > 0) {
                    int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                    if (n < 0) {
                        throw new EOFException();
                    }
                    out.write(buffer, 0, n);
                    left -= n;
                }
                at = c.offset() + c.size();
            }
        }
    }

    Path path() {
        return path;
    }

    List<Chunk> chunks() {
        return chunks;
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            Files.deleteIfExists(path);
        }
    }
}

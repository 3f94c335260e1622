package io.dettrace.formats;

import io.dettrace.event.Run;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * The raw gear: tells by bytes alone that two large files are the same, at the speed of {@code cmp}. Their beginnings have
 * been read as events by then, for the mapping; small files are always read whole, so that what is broken in them is said.
 */
final class IdenticalFiles {
    /** Files below this size, in bytes, are compared as events. */
    static final long FROM_BYTES = 16L << 20;

    private static final int CHUNK = 1 << 17;

    private IdenticalFiles() {}

    /**
     * Size of the files that both runs are the whole of, if they are large and the same; else -1.
     *
     * @param progress told the bytes compared so far
     */
    static long size(Run baseline, Run candidate, LongConsumer progress) throws IOException {
        Path a = baseline instanceof FileRun run ? run.wholeFile() : null;
        Path b = candidate instanceof FileRun run ? run.wholeFile() : null;
        if (a == null || b == null || Files.size(a) != Files.size(b) || Files.size(a) < FROM_BYTES) {
            return -1;
        }
        return same(a, b, progress) ? Files.size(a) : -1;
    }

    private static boolean same(Path a, Path b, LongConsumer progress) throws IOException {
        ByteBuffer left = ByteBuffer.allocateDirect(CHUNK);
        ByteBuffer right = ByteBuffer.allocateDirect(CHUNK);
        long bytes = 0;
        try (FileChannel one = FileChannel.open(a);
                FileChannel other = FileChannel.open(b)) {
            while (true) {
                boolean more = fill(one, left);
                if (fill(other, right) != more || left.mismatch(right) >= 0) {
                    return false;
                }
                bytes += left.remaining();
                progress.accept(bytes);
                if (!more) {
                    return true;
                }
            }
        }
    }

    /** Fills the buffer as far as the file goes; false if it ended. */
    private static boolean fill(FileChannel from, ByteBuffer to) throws IOException {
        to.clear();
        int n = 0;
        while (n >= 0 && to.hasRemaining()) {
            n = from.read(to);
        }
        to.flip();
        return n >= 0;
    }
}

package io.dettrace.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The raw gear: tells by bytes alone that two large files are the same, at the speed of {@code cmp}. Their beginnings are
 * read as events all the same, for the mapping; small files are always read whole, so that what is broken in them is said.
 */
final class IdenticalFiles {
    /** Files below this size, in bytes, are compared as events. */
    static final long FROM_BYTES = 16L << 20;

    private static final int CHUNK = 1 << 17;

    private IdenticalFiles() {}

    /** Size of two files if they are large and the same, else -1. */
    static long size(Path a, Path b) throws IOException {
        if (Files.size(a) != Files.size(b) || Files.size(a) < FROM_BYTES) {
            return -1;
        }
        return same(a, b) ? Files.size(a) : -1;
    }

    private static boolean same(Path a, Path b) throws IOException {
        ByteBuffer left = ByteBuffer.allocateDirect(CHUNK);
        ByteBuffer right = ByteBuffer.allocateDirect(CHUNK);
        try (FileChannel one = FileChannel.open(a);
                FileChannel other = FileChannel.open(b)) {
            while (true) {
                boolean more = fill(one, left);
                if (fill(other, right) != more || left.mismatch(right) >= 0) {
                    return false;
                }
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

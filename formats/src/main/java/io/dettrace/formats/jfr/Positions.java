package io.dettrace.formats.jfr;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** Where the events of a scanned recording stand, in the order in which the JDK's parser gives them out. */
final class Positions implements Closeable {
    private final ByteStream in;
    private final Iterator<Chunk> chunks;
    private long end;
    private long shift;
    private long at;
    private long next;

    /**
     * Positions in a file that holds the given chunks one behind the other.
     *
     * @param chunks good chunks, whose offsets are those that are given out
     */
    Positions(Path path, List<Chunk> chunks) throws IOException {
        in = new ByteStream(new BufferedInputStream(Files.newInputStream(path), 1));
        this.chunks = chunks.iterator();
    }

    /** Goes to the next event of a type; false if there is none. */
    boolean next(long wanted) throws IOException {
        while (true) {
            if (next == end) {
                if (!chunks.hasNext()) {
                    return false;
                }
                Chunk chunk = chunks.next();
                shift = chunk.offset() - end;
                next = end + Chunk.HEADER_SIZE;
                end += chunk.size();
            }
            in.skipTo(next);
            at = next;
            next = at + in.compressed();
            if (in.compressed() == wanted) {
                return true;
            }
        }
    }

    /** Where the event begins in the original file. */
    long offset() {
        return at + shift;
    }

    /** Its length in bytes. */
    int length() {
        return (int) Math.min(next - at, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

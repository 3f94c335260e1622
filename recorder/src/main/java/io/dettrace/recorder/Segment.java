package io.dettrace.recorder;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One mapped file of a recording, and the chunks claimed in it. Guarded by its store, save {@link #retired}. */
final class Segment {
    final Path file;
    final ByteBuffer bytes;
    final long salt;
    /** The chunks whose events are not in {@link #closedEvents} yet; only kept where segments get deleted. */
    final List<Chunk> open = new ArrayList<>();

    int claimed = SegmentFormat.CHUNK_UNIT;
    long closedEvents;
    /** Set when the file is deleted: what is written to it from then on would be lost. */
    volatile boolean retired;

    Segment(Path file, ByteBuffer bytes, long salt) {
        this.file = file;
        this.bytes = bytes;
        this.salt = salt;
    }

    int free() {
        return bytes.capacity() - claimed;
    }
}

package io.dettrace.formats.jfr;

import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Goes through the chunks of a recording, and through the events in them by their sizes, before the JDK's parser sees the
 * file: that parser trusts offsets and sizes, waits for ever for a chunk that a dead JVM was still writing, and follows a
 * ring of constants round and round.
 */
final class ChunkScan {
    /** Chunks that a recording may have. */
    static final int MAX_CHUNKS = 100_000;

    /** Events with constants that a chunk may have. */
    static final int MAX_CHECKPOINTS = 1_000_000;

    private static final int WRITING = 255;
    private static final int STATE_OFFSET = 64;

    private final InputFile file;
    private final List<Chunk> chunks = new ArrayList<>();

    private ChunkScan(InputFile file) {
        this.file = file;
    }

    /** The chunks of a file, in order; what stands behind one whose size is unknown is part of it. */
    static List<Chunk> scan(InputFile file) throws IOException {
        ChunkScan scan = new ChunkScan(file);
        try (ByteStream in = new ByteStream(file.openBinary())) {
            while (!in.atEnd()) {
                if (scan.chunks.size() == MAX_CHUNKS) {
                    throw new InputException(file.name() + ": has more chunks than the limit of " + MAX_CHUNKS);
                }
                if (!scan.chunk(in)) {
                    break;
                }
            }
        }
        if (scan.chunks.isEmpty()) {
            throw new InputException(file.name() + ": is empty, expected a Flight Recorder recording");
        }
        return scan.chunks;
    }

    /** Adds the chunk that begins here; false if none can be found behind it. */
    private boolean chunk(ByteStream in) throws IOException {
        long start = in.position();
        long size = 0;
        String defect;
        try {
            Header header = header(in);
            size = header.size;
            defect = header.defect();
            if (defect == null) {
                defect = events(in, start, header);
            }
        } catch (EOFException e) {
            defect = "the file ends inside it";
        }
        boolean sized = size > Chunk.HEADER_SIZE && defect == null;
        if (sized) {
            in.skipTo(start + size);
        }
        chunks.add(new Chunk(chunks.size() + 1, start, sized ? size : in.position() - start, defect));
        return sized;
    }

    private record Header(int magic, long major, long size, long constants, long metadata, long ticks, int state) {
        String defect() {
            if (magic != Chunk.MAGIC) {
                return "expected \"FLR\" and a zero byte at its start, found other bytes";
            }
            if (major != 1 && major != 2) {
                return "its version is " + major + ", expected 1 or 2; JDK 7 and 8u recordings of version 0 have to be"
                        + " opened with JDK Mission Control";
            }
            if (state == WRITING || size == 0) {
                return "it was not finished, as when the JVM was killed; recover what is there with 'jfr assemble' from the"
                        + " JVM's repository, or record with jcmd JFR.dump";
            }
            if (size <= Chunk.HEADER_SIZE) {
                return "its size is given as " + size + ", expected more than " + Chunk.HEADER_SIZE;
            }
            if (ticks <= 0) {
                return "its clock has " + ticks + " ticks a second, expected more";
            }
            boolean inside = constants >= Chunk.HEADER_SIZE
                    && constants < size
                    && metadata >= Chunk.HEADER_SIZE
                    && metadata < size;
            return inside
                    ? null
                    : String.format(
                            Locale.ROOT,
                            "its constants and metadata are given at %d and %d, expected both inside its %d bytes",
                            constants,
                            metadata,
                            size);
        }
    }

    private static Header header(ByteStream in) throws IOException {
        int magic = (int) in.number(4);
        if (magic != Chunk.MAGIC) {
            return new Header(magic, 0, 0, 0, 0, 0, 0);
        }
        long major = in.number(2);
        in.number(2);
        long size = in.number(8);
        long constants = in.number(8);
        long metadata = in.number(8);
        in.number(8);
        in.number(8);
        in.number(8);
        long ticks = in.number(8);
        int state = in.next();
        in.number(Chunk.HEADER_SIZE - STATE_OFFSET - 1);
        return new Header(magic, major, size, constants, metadata, ticks, state);
    }

    /** Follows the events by their sizes; returns what is wrong, or null. */
    private static String events(ByteStream in, long start, Header header) throws IOException {
        Set<Long> checkpoints = new HashSet<>();
        boolean metadata = false;
        long end = start + header.size;
        while (in.position() < end) {
            long at = in.position();
            long size = in.compressed();
            if (size <= in.position() - at || size > end - at) {
                return "the event at byte " + at + " has the size " + size + ", expected one inside the chunk";
            }
            long type = in.compressed();
            if (type == Chunk.METADATA_TYPE) {
                metadata |= at - start == header.metadata;
            } else if (type == Chunk.CHECKPOINT_TYPE) {
                in.compressed();
                in.compressed();
                long delta = in.compressed();
                if (delta > 0 || delta < 0 && !checkpoints.contains(at + delta)) {
                    return "the constants at byte " + at + " refer to others at " + (at + delta)
                            + ", where there are none";
                }
                if (checkpoints.size() == MAX_CHECKPOINTS) {
                    return "it has constants in more places than the limit of " + MAX_CHECKPOINTS;
                }
                checkpoints.add(at);
            }
            if (in.position() > at + size) {
                return "the event at byte " + at + " is shorter than its head";
            }
            in.skipTo(at + size);
        }
        if (!metadata) {
            return "there is no metadata at byte " + (start + header.metadata) + ", where its header says";
        }
        return checkpoints.contains(start + header.constants)
                ? null
                : "there are no constants at byte " + (start + header.constants) + ", where its header says";
    }
}

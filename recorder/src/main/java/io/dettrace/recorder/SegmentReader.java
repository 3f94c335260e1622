package io.dettrace.recorder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Reads one file of a recording: verifies its header and every record, and finds the part of each chunk that counts.
 * Nothing behind a record that is not whole is believed.
 */
final class SegmentReader {
    /** The part of a chunk that holds whole records, and the number of its first event. */
    record Span(ByteBuffer bytes, long salt, int from, int to, long firstEvent) {}

    private final Path file;
    private final ByteBuffer bytes;
    private final boolean closed;
    private final long salt;
    private final int end;
    private long events;
    private long cut;
    private long damaged;
    private String place = "";

    private SegmentReader(Path file, ByteBuffer bytes, long salt, boolean closed) {
        this.file = file;
        this.bytes = bytes;
        this.salt = salt;
        this.closed = closed;
        this.end = (int) Math.min(bytes.capacity(), bytes.getLong(40)) & -8;
    }

    static ByteBuffer map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > Integer.MAX_VALUE) {
                throw new RecordingException.Corrupt(file + ": no file of a recording, it has " + size + " bytes");
            }
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, size).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** Whether the process ended before it had written the header. */
    static boolean isUnfinished(ByteBuffer bytes) {
        if (bytes.capacity() < SegmentFormat.HEADER_BYTES) {
            return isZero(bytes, 0, bytes.capacity());
        }
        // The header's checksum is written last.
        return bytes.getLong(56) == 0
                && isZero(bytes, SegmentFormat.HEADER_BYTES, Math.min(bytes.capacity(), SegmentFormat.CHUNK_UNIT + 8));
    }

    /**
     * Verifies a header.
     *
     * @throws RecordingException of the right kind
     */
    static void verifyHeader(Path file, ByteBuffer bytes, int kind) throws RecordingException {
        if (bytes.capacity() < SegmentFormat.HEADER_BYTES || bytes.getLong(0) != SegmentFormat.MAGIC) {
            throw new RecordingException.Corrupt(
                    file + ": no file of a DetTrace recording (its first bytes are others)");
        }
        int version = bytes.getInt(8);
        if (version > SegmentFormat.VERSION) {
            throw new RecordingException.TooNew(file + ": written in version " + version
                    + " of the format, this reads up to " + SegmentFormat.VERSION + "; take a newer DetTrace");
        }
        if (version < SegmentFormat.OLDEST_VERSION) {
            throw new RecordingException.TooOld(
                    file + ": written in version " + version + " of the format, this reads from "
                            + SegmentFormat.OLDEST_VERSION + " on; take an older DetTrace to export it");
        }
        if (bytes.getLong(56) != SegmentFormat.headerChecksum(bytes)) {
            throw new RecordingException.Corrupt(file + ": the header's checksum at byte 56 is wrong");
        }
        if (bytes.getInt(12) != kind) {
            throw new RecordingException.Corrupt(
                    file + ": expected kind " + kind + " of file, found " + bytes.getInt(12));
        }
    }

    static RecordingId id(ByteBuffer bytes) {
        return new RecordingId(bytes.getLong(16), bytes.getLong(24));
    }

    /** Reads the segment in {@code bytes}, whose header is verified, and adds the parts that count to {@code spans}. */
    static SegmentReader read(Path file, ByteBuffer bytes, boolean closed, List<Span> spans) throws RecordingException {
        RecordingId id = id(bytes);
        long salt = SegmentFormat.salt(id.high(), id.low(), (int) bytes.getLong(32));
        SegmentReader reader = new SegmentReader(file, bytes, salt, closed);
        reader.readChunks(spans);
        return reader;
    }

    long events() {
        return events;
    }

    /** Bytes of records that the process had begun when it ended. */
    long cutBytes() {
        return cut;
    }

    /** Bytes that cannot be believed. */
    long damagedBytes() {
        return damaged;
    }

    /** File and byte of the last cut. */
    String place() {
        return place;
    }

    private void readChunks(List<Span> spans) throws RecordingException {
        if (bytes.capacity() < bytes.getLong(40)) {
            damage(bytes.capacity(), bytes.getLong(40) - bytes.capacity(), "the file is cut off");
        }
        int at = SegmentFormat.CHUNK_UNIT;
        while (at + SegmentFormat.CHUNK_HEADER_BYTES <= end) {
            long first = bytes.getLong(at);
            if (first == 0) {
                at += SegmentFormat.CHUNK_UNIT;
                continue;
            }
            if ((first & 0xFFFF_FFFFL) != SegmentFormat.firstWord(SegmentFormat.CHUNK, 0, 3) || !isWhole(at, 3)) {
                if (isChunkUnit(at)) {
                    damage(at, SegmentFormat.CHUNK_UNIT, "a chunk's head is damaged");
                }
                at += SegmentFormat.CHUNK_UNIT;
                continue;
            }
            int size = (int) bytes.getLong(at + 8);
            readRecords(at + SegmentFormat.CHUNK_HEADER_BYTES, Math.min(at + size, end), spans);
            at += size;
        }
    }

    private boolean isChunkUnit(int at) {
        return !isZero(bytes, at, Math.min(at + SegmentFormat.CHUNK_UNIT, end));
    }

    private void readRecords(int from, int to, List<Span> spans) throws RecordingException {
        boolean[] defined = new boolean[SegmentFormat.NAME_LIMIT];
        long firstEvent = -1;
        int at = from;
        while (at + 16 <= to) {
            long first = bytes.getLong(at);
            if (first == 0) {
                int rest = lastNonZero(at, to) - at;
                if (rest > 0) {
                    cut += rest;
                    place = file + ", byte " + at;
                }
                break;
            }
            int words = (int) (first >>> 16 & 0xFFFF);
            if (words < 2 || at + 8 * words > to || !isWhole(at, words) || !isKnown(at, words, defined)) {
                damage(at, lastNonZero(at, to) - at, "a record's checksum is wrong");
                break;
            }
            if ((first & 0xF) == SegmentFormat.EVENT) {
                events++;
                firstEvent = firstEvent < 0 ? bytes.getLong(at + 8) >>> 12 : firstEvent;
            }
            at += 8 * words;
        }
        if (firstEvent >= 0) {
            spans.add(new Span(bytes, salt, from, at, firstEvent));
        }
    }

    private boolean isWhole(int at, int words) {
        return (bytes.getLong(at) & 0xFFFF_FFFF_0000_0000L) == SegmentFormat.checksumOf(bytes, salt, at, words);
    }

    /** Whether the record makes sense, besides having the right checksum. */
    private boolean isKnown(int at, int words, boolean[] defined) {
        long first = bytes.getLong(at);
        int name = (int) (first >> 4 & 0xFFF);
        long second = bytes.getLong(at + 8);
        if ((first & 0xF) == SegmentFormat.DEFINE) {
            int coding = (int) second & 0xF;
            long length = second >>> 16;
            defined[name] = true;
            return (coding == SegmentFormat.LATIN1 || coding == SegmentFormat.UTF16)
                    && length <= SegmentFormat.MAX_NAME_CHARS
                    && Event.fieldWords(coding | length << 16) == words - 1;
        }
        if ((first & 0xF) != SegmentFormat.EVENT || !defined[name] || !defined[(int) (second & 0xFFF)]) {
            return false;
        }
        int i = 2;
        while (i < words) {
            long word = bytes.getLong(at + 8 * i);
            int length = Event.fieldWords(word);
            if (length == 0 || Event.hasName(word) && !defined[(int) (word >> 4 & 0xFFF)]) {
                return false;
            }
            i += length;
        }
        return i == words;
    }

    private void damage(int at, long size, String what) throws RecordingException {
        if (closed) {
            throw new RecordingException.Corrupt(
                    file + ", byte " + at + ": " + what + ", though the recording was closed; take another copy of it");
        }
        damaged += size;
        place = file + ", byte " + at;
    }

    private int lastNonZero(int from, int to) {
        int at = to;
        while (at > from && bytes.getLong(at - 8) == 0) {
            at -= 8;
        }
        return at;
    }

    private static boolean isZero(ByteBuffer bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes.get(at) != 0) {
                return false;
            }
        }
        return true;
    }
}

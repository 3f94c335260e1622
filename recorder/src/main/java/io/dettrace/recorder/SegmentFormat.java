package io.dettrace.recorder;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The layout of a recording on disk: all numbers are 64-bit words, little-endian, at addresses that are multiples of 8.
 *
 * <pre>
 * folder    recording.dtc             control file: header, then counters (see {@link ControlFile})
 *           segment-000000.dts ...    header, then chunks, then zeros up to the size
 * header    8 words: magic | version, kind (0 control, 1 segment) | recording id, 2 words | segment number
 *           | size in bytes | created, ms since 1970 | checksum of the seven words before
 * chunk     one thread's place for events, a multiple of 1,024 bytes: a CHUNK record, records, zeros
 * record    word 0: bits 0-3 type, 4-15 name, 16-31 length in words, 32-63 checksum; never 0
 *   CHUNK   word 1: bytes of the chunk; word 2: number of its writer
 *   DEFINE  word 1: bits 0-3 coding of the text, 16-63 its length in chars; then the chars, 8 or 4 to a word.
 *           From here on, in this chunk, word 0's name stands for that text
 *   EVENT   name: the kind; word 1: bits 0-11 the lane's name, 12-63 the event's number; then fields and links
 * field     bits 0-3 type, 4-15 the key's name, 16-63 a short integer or a text's length; longer values follow
 * </pre>
 *
 * <p>Word 0 is written last, with release semantics. So a process that ends anywhere, {@code kill -9} included, leaves
 * records that are whole, and behind the last one of a chunk at most one with a word 0 of zero. The checksum, which the
 * record's place and the recording's id enter, finds what a power failure or a copying error has left.
 *
 * <p>Chunks stand by themselves: whatever names their events use are defined in them. Any segment may be deleted.
 */
final class SegmentFormat {
    static final long MAGIC = 0x3130_4345_5254_4544L; // "DETREC01" read as bytes
    static final int VERSION = 1;
    /** The oldest version that is still read. */
    static final int OLDEST_VERSION = 1;

    static final int KIND_CONTROL = 0;
    static final int KIND_SEGMENT = 1;
    static final int HEADER_BYTES = 64;
    static final int CHUNK_UNIT = 1024;
    static final int CHUNK_HEADER_BYTES = 24;

    static final int CHUNK = 1;
    static final int DEFINE = 2;
    static final int EVENT = 3;

    static final int LONG_48 = 1;
    static final int LONG_64 = 2;
    static final int DOUBLE = 3;
    static final int FALSE = 4;
    static final int TRUE = 5;
    static final int NULL = 6;
    static final int LATIN1 = 7;
    static final int UTF16 = 8;
    /** Bits 12-63: the number of an event of this recording. */
    static final int LINK = 9;
    /** Three words follow: another recording's id and the number of an event there. */
    static final int REMOTE_LINK = 10;

    static final int NAME_LIMIT = 1 << 12;
    /** Longest event, in words: 256 KiB. The length has 16 bits. */
    static final int MAX_EVENT_WORDS = 32 * 1024;
    /** Longest name of a kind, a key or a lane, in chars; the rest is cut. */
    static final int MAX_NAME_CHARS = 1024;

    static final String CONTROL_FILE = "recording.dtc";
    static final String SEGMENT_PREFIX = "segment-";
    static final String SEGMENT_SUFFIX = ".dts";

    static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private SegmentFormat() {}

    static String segmentFile(int number) {
        String digits = Integer.toString(number);
        return SEGMENT_PREFIX + "0".repeat(Math.max(0, 6 - digits.length())) + digits + SEGMENT_SUFFIX;
    }

    /** Start of a checksum: {@code salt} is the segment's, {@code at} the record's place in its file. */
    static long checksumStart(long salt, int at) {
        return salt + at * GOLDEN;
    }

    /** A bijection of the state for each word, so that no change of a single word goes unseen before the last fold. */
    static long checksumAdd(long state, long word) {
        long h = (state ^ word) * GOLDEN;
        return h ^ (h >>> 32);
    }

    /** The upper half of word 0. */
    static long checksumEnd(long state) {
        long h = state * 0xD6E8FEB86659FD93L;
        return (h ^ (h >>> 29)) << 32;
    }

    static long salt(long idHigh, long idLow, int segment) {
        return checksumAdd(checksumAdd(checksumAdd(MAGIC, idHigh), idLow), segment);
    }

    /** Checksum of the record of {@code words} words at {@code at}, whatever the upper half of its word 0 holds. */
    static long checksumOf(ByteBuffer bytes, long salt, int at, int words) {
        long state = checksumAdd(checksumStart(salt, at), bytes.getLong(at) & 0xFFFF_FFFFL);
        for (int i = 1; i < words; i++) {
            state = checksumAdd(state, bytes.getLong(at + 8 * i));
        }
        return checksumEnd(state);
    }

    /** Seals the record at {@code at}, whose other words are there already: from now on it counts. */
    static void seal(ByteBuffer bytes, long salt, int at, long firstWord, int words) {
        long state = checksumAdd(checksumStart(salt, at), firstWord);
        for (int i = 1; i < words; i++) {
            state = checksumAdd(state, bytes.getLong(at + 8 * i));
        }
        WORD.setRelease(bytes, at, firstWord | checksumEnd(state));
    }

    static long firstWord(int type, int name, int words) {
        return type | (long) name << 4 | (long) words << 16;
    }

    /** Writes a header at the start of {@code bytes}, its checksum last. */
    static void writeHeader(ByteBuffer bytes, int kind, RecordingId id, int number, long created) {
        bytes.putLong(8, VERSION | (long) kind << 32);
        bytes.putLong(16, id.high());
        bytes.putLong(24, id.low());
        bytes.putLong(32, number);
        bytes.putLong(40, bytes.capacity());
        bytes.putLong(48, created);
        bytes.putLong(0, MAGIC);
        WORD.setRelease(bytes, 56, headerChecksum(bytes));
    }

    static long headerChecksum(ByteBuffer bytes) {
        long state = GOLDEN;
        for (int at = 0; at < 56; at += 8) {
            state = checksumAdd(state, bytes.getLong(at));
        }
        return state | 1;
    }

    static int textWords(String text, int coding) {
        return coding == LATIN1 ? text.length() + 7 >>> 3 : text.length() + 3 >>> 2;
    }

    static int coding(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return UTF16;
            }
        }
        return LATIN1;
    }

    /** Word {@code index} of a text's chars. */
    static long textWord(String text, int coding, int index) {
        long word = 0;
        if (coding == LATIN1) {
            int from = index << 3;
            for (int i = Math.min(text.length() - from, 8) - 1; i >= 0; i--) {
                word = word << 8 | text.charAt(from + i);
            }
        } else {
            int from = index << 2;
            for (int i = Math.min(text.length() - from, 4) - 1; i >= 0; i--) {
                word = word << 16 | text.charAt(from + i);
            }
        }
        return word;
    }

    /** The text of {@code length} chars at {@code at}. */
    static String text(ByteBuffer bytes, int at, int coding, int length) {
        char[] chars = new char[length];
        for (int i = 0; i < length; i++) {
            chars[i] = coding == LATIN1 ? (char) (bytes.get(at + i) & 0xFF) : bytes.getChar(at + 2 * i);
        }
        return new String(chars);
    }
}

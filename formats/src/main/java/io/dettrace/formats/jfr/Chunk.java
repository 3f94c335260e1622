package io.dettrace.formats.jfr;

/**
 * A chunk of a recording: a header, events, and the metadata and constants to read them.
 *
 * @param number from 1
 * @param offset where it begins in the decompressed file
 * @param size its length in bytes
 * @param defect why it cannot be read, or null if it can
 */
record Chunk(int number, long offset, long size, String defect) {
    /** Magic, version, eight numbers and flags. */
    static final int HEADER_SIZE = 68;

    /** {@code FLR\0}. */
    static final int MAGIC = 0x464C5200;

    /** Type of the event that holds the metadata. */
    static final long METADATA_TYPE = 0;

    /** Type of the events that hold constants. */
    static final long CHECKPOINT_TYPE = 1;

    boolean isGood() {
        return defect == null;
    }
}

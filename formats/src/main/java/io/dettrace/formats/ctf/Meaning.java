package io.dettrace.formats.ctf;

/** A field that the reader itself looks at; its value is kept in the slot with the constant's number. */
enum Meaning {
    MAGIC,
    STREAM_ID,
    STREAM_INSTANCE_ID,
    PACKET_SIZE,
    CONTENT_SIZE,
    EVENTS_DISCARDED,
    PACKET_SEQ_NUM,
    CPU_ID,
    EVENT_ID,
    PROCESS_ID,
    THREAD_ID,
    PREVIOUS_THREAD,
    NEXT_THREAD,
    OTHER_THREAD,
    PROCESS_NAME,
    HOST_NAME,
    PREVIOUS_NAME,
    NEXT_NAME;

    /** Slots that are taken by meanings. */
    static final int COUNT = values().length;

    /** The meaning's bit among those that were seen. */
    long bit() {
        return 1L << ordinal();
    }
}

package io.dettrace.server.live;

/** A request of which more may come. */
final class OpenRequest {
    /** Spans and log records of one trace that are kept. */
    static final int MAX_ITEMS = 10_000;

    final long traceHigh;
    final long traceLow;
    final Bytes bytes = new Bytes();
    int spans;
    int logs;
    /** When something of it came last, in milliseconds since the epoch. */
    long last;
    /** The earliest start of its spans, in nanoseconds since the epoch. */
    long start = Long.MAX_VALUE;

    OpenRequest(long traceHigh, long traceLow) {
        this.traceHigh = traceHigh;
        this.traceLow = traceLow;
    }
}

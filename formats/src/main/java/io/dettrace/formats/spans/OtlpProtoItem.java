package io.dettrace.formats.spans;

/**
 * Tells spans, log records and metrics from one another by their fields, as protobuf does not name them. A log record begins
 * with a fixed time, or has other numbers. A span and a metric both begin with bytes, an identifier or a name; a span has fixed
 * times, a parent or a kind, where a metric has its points.
 */
final class OtlpProtoItem {
    private static final int TRACE_ID = 16;
    private static final int SPAN_ID = 8;

    private OtlpProtoItem() {}

    /** Tells what the item in the reader is, and leaves the reader somewhere in it. */
    static Signal signal(ProtoReader r) throws ProtoReader.Malformed {
        boolean bytes = false;
        boolean points = false;
        boolean identified = true;
        while (r.next()) {
            switch (r.tag()) {
                case 1 << 3 | ProtoReader.LENGTH -> {
                    bytes = true;
                    identified &= r.length() == TRACE_ID;
                }
                case 2 << 3 | ProtoReader.LENGTH -> {
                    bytes = true;
                    identified &= r.length() == SPAN_ID;
                }
                case 1 << 3 | ProtoReader.FIXED64,
                        2 << 3 | ProtoReader.VARINT,
                        11 << 3 | ProtoReader.FIXED64,
                        8 << 3 | ProtoReader.FIXED32 -> {
                    if (!bytes) {
                        return Signal.LOGS;
                    }
                }
                case 7 << 3 | ProtoReader.FIXED64, 8 << 3 | ProtoReader.FIXED64 -> {
                    return Signal.TRACES;
                }
                case 4 << 3 | ProtoReader.LENGTH, 6 << 3 | ProtoReader.VARINT -> {
                    if (bytes) {
                        return Signal.TRACES;
                    }
                }
                case 7 << 3 | ProtoReader.LENGTH, 10 << 3 | ProtoReader.LENGTH -> {
                    if (bytes) {
                        return Signal.METRICS;
                    }
                }
                case 5 << 3 | ProtoReader.LENGTH, 9 << 3 | ProtoReader.LENGTH, 11 << 3 | ProtoReader.LENGTH ->
                    points = true;
                default -> {}
            }
        }
        return !bytes ? Signal.LOGS : points && !identified ? Signal.METRICS : Signal.TRACES;
    }
}

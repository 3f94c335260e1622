package io.dettrace.formats.spans;

/**
 * Tells spans, log records and metrics from one another by their fields, as protobuf does not name them. A log record begins
 * with a fixed time, or has other numbers. A span and a metric both begin with bytes, an identifier or a name; a span has fixed
 * times, a parent or a kind, where a metric has its points.
 */
final class OtlpProtoItem {
    private OtlpProtoItem() {}

    /** Tells what the item in the reader is, and leaves the reader somewhere in it. */
    static Signal signal(ProtoReader r) throws ProtoReader.Malformed {
        boolean bytes = false;
        boolean points = false;
        boolean named = false;
        while (r.next()) {
            switch (r.tag()) {
                case 1 << 3 | ProtoReader.LENGTH -> {
                    bytes = true;
                    named = isName(r);
                }
                case 2 << 3 | ProtoReader.LENGTH -> bytes = true;
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
        return !bytes ? Signal.LOGS : points && named ? Signal.METRICS : Signal.TRACES;
    }

    /** True for printable characters, which identifiers of random bytes are not. */
    private static boolean isName(ProtoReader r) {
        for (int i = r.from(); i < r.from() + r.length(); i++) {
            if (r.bytes()[i] < ' ' || r.bytes()[i] == 0x7F) {
                return false;
            }
        }
        return r.length() > 0;
    }
}

package io.dettrace.formats.spans;

import java.util.Set;

/**
 * Tells OTLP in protobuf by the beginning of a file. Protobuf has no mark of its own, so the way down to the first span or
 * log record has to be there: its identifiers of 16 and 8 bytes, or its fixed time.
 */
final class OtlpProtoHead {
    /** Bytes by which a length before each message is told. */
    static final int FRAME_LOOK = 5;

    private static final int FIRST_FIELD = 1 << 3 | ProtoReader.LENGTH;
    private static final int FRAME = 4;
    private static final int MAX_NAME = 255;

    /** Fields of {@code Metric} that may follow its name. */
    private static final Set<Integer> METRIC_FIELDS = Set.of(2, 3, 5, 7, 9, 10, 11, 12);

    private OtlpProtoHead() {}

    /** True if the file begins with a length of four bytes and then a message, rather than with a message. */
    static boolean isFramed(byte[] head) {
        return head.length >= FRAME_LOOK && head[0] != FIRST_FIELD && head[FRAME] == FIRST_FIELD;
    }

    static boolean isOtlp(byte[] head) {
        int item = firstItem(head);
        return item >= 0 && (isSpan(head, item) || isLog(head, item));
    }

    /** True if the first item is a metric: a name, and then more of what a metric has. */
    static boolean isMetrics(byte[] head) {
        int item = firstItem(head);
        if (item < 0 || isSpan(head, item) || head[item] != FIRST_FIELD || item + 1 >= head.length) {
            return false;
        }
        // Names have up to 255 characters, so that their length has one byte or two.
        int length = head[item + 1];
        int name = item + 2;
        if (length < 0 && name < head.length && head[name] >= 0) {
            length = length & 0x7F | head[name++] << 7;
        }
        int next = name + length;
        if (length < 1 || length > MAX_NAME || next >= head.length || (head[next] & 7) != ProtoReader.LENGTH) {
            return false;
        }
        for (int i = name; i < next; i++) {
            if (head[i] < ' ' || head[i] == 0x7F) {
                return false;
            }
        }
        return METRIC_FIELDS.contains(head[next] >> 3);
    }

    /** Where the first span, log record or metric begins, or -1. */
    private static int firstItem(byte[] head) {
        int from = isFramed(head) ? FRAME : 0;
        int first = down(head, from, 1);
        if (first < 0) {
            return -1;
        }
        int items = find(head, first, 2);
        return items < 0 ? -1 : find(head, items, 2);
    }

    /** Content of the field {@code field} of bytes that stands right here, or -1. */
    private static int down(byte[] head, int at, int field) {
        if (at >= head.length || head[at] != (field << 3 | ProtoReader.LENGTH)) {
            return -1;
        }
        int i = at + 1;
        while (i < head.length && head[i] < 0) {
            i++;
        }
        return i + 1 < head.length ? i + 1 : -1;
    }

    /** Content of the first field {@code field} of bytes at or behind here, over other fields of bytes; or -1. */
    private static int find(byte[] head, int from, int field) {
        int at = from;
        for (int steps = 0; steps < 8 && at >= 0 && at < head.length; steps++) {
            int here = down(head, at, field);
            if (here >= 0) {
                return here;
            }
            if ((head[at] & 7) != ProtoReader.LENGTH || head[at] < 0) {
                return -1;
            }
            long length = 0;
            int i = at + 1;
            for (int shift = 0; i < head.length && shift < 35; shift += 7) {
                byte b = head[i++];
                length |= (long) (b & 0x7F) << shift;
                if (b >= 0) {
                    break;
                }
            }
            at = length > head.length ? -1 : i + (int) length;
        }
        return -1;
    }

    private static boolean isSpan(byte[] head, int at) {
        return at + 27 <= head.length
                && head[at] == FIRST_FIELD
                && head[at + 1] == 16
                && head[at + 18] == (2 << 3 | ProtoReader.LENGTH)
                && head[at + 19] == 8;
    }

    private static boolean isLog(byte[] head, int at) {
        boolean time = head[at] == (1 << 3 | ProtoReader.FIXED64);
        boolean observed = head[at] == (11 << 3 | ProtoReader.FIXED64);
        int next = at + 9;
        if (!time && !observed || next >= head.length || head[at + 8] == 0) {
            return false;
        }
        int field = (head[next] & 0xFF) >>> 3;
        int type = head[next] & 7;
        return (field == 2 && type == ProtoReader.VARINT)
                || (field == 11 && type == ProtoReader.FIXED64)
                || ((field == 3 || field == 5 || field == 6) && type == ProtoReader.LENGTH);
    }
}

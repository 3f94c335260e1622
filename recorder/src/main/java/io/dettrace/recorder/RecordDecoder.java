package io.dettrace.recorder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Makes a {@link RecordedEvent} of an EVENT record (see {@link SegmentFormat}). */
final class RecordDecoder {
    private RecordDecoder() {}

    /** An event that is not written yet. */
    static RecordedEvent decode(Event event, RecordingId id) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * event.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < event.length; i++) {
            bytes.putLong(8 * i, event.words[i]);
        }
        return decode(bytes, 0, event.length, name -> event.names.byId(name).text, id);
    }

    /**
     * The record of {@code words} words at {@code at}.
     *
     * @throws IllegalArgumentException if it is none that this version knows
     */
    static RecordedEvent decode(ByteBuffer bytes, int at, int words, IntFunction<String> names, RecordingId id) {
        long first = bytes.getLong(at);
        long second = bytes.getLong(at + 8);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        List<CausalContext> links = new ArrayList<>(0);
        int i = 2;
        while (i < words) {
            int place = at + 8 * i;
            long word = bytes.getLong(place);
            int length = Event.fieldWords(word);
            if (length == 0 || i + length > words) {
                throw new IllegalArgumentException("field of unknown type " + (word & 0xF) + " or length");
            }
            switch ((int) word & 0xF) {
                case SegmentFormat.LINK -> links.add(new CausalContext(id, word >>> 12));
                case SegmentFormat.REMOTE_LINK ->
                    links.add(new CausalContext(
                            new RecordingId(bytes.getLong(place + 8), bytes.getLong(place + 16)),
                            bytes.getLong(place + 24)));
                default -> fields.put(names.apply((int) (word >> 4 & 0xFFF)), value(bytes, place, word));
            }
            i += length;
        }
        return new RecordedEvent(
                second >>> 12,
                names.apply((int) (second & 0xFFF)),
                names.apply((int) (first >> 4 & 0xFFF)),
                Collections.unmodifiableMap(fields),
                List.copyOf(links));
    }

    private static @Nullable Object value(ByteBuffer bytes, int place, long word) {
        return switch ((int) word & 0xF) {
            case SegmentFormat.LONG_48 -> word >> 16;
            case SegmentFormat.LONG_64 -> bytes.getLong(place + 8);
            case SegmentFormat.DOUBLE -> Double.longBitsToDouble(bytes.getLong(place + 8));
            case SegmentFormat.FALSE -> false;
            case SegmentFormat.TRUE -> true;
            case SegmentFormat.NULL -> null;
            default -> SegmentFormat.text(bytes, place + 8, (int) word & 0xF, (int) (word >>> 16));
        };
    }
}

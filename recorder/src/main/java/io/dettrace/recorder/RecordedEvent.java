package io.dettrace.recorder;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event, read back.
 *
 * @param number its place in the order of all events, from 0; numbers may be missing
 * @param lane the lane
 * @param kind the kind
 * @param fields the fields in their order; values are {@link Long}, {@link Double}, {@link Boolean}, {@link String} or null
 * @param links the events it was said to come after
 */
public record RecordedEvent(
        long number, String lane, String kind, Map<String, @Nullable Object> fields, List<CausalContext> links) {
    /** Whether it is a value of the outside world, and not an event of the program. */
    public boolean isValue() {
        return kind.equals(Check.VALUE_KIND);
    }

    /** Kind and fields in one line, for people. */
    public String shown() {
        StringBuilder text = new StringBuilder(kind);
        fields.forEach((key, value) -> text.append("  ").append(key).append('=').append(value));
        return text.toString();
    }
}

package io.dettrace.formats.inspect;

import io.dettrace.event.EventBlock;
import io.dettrace.event.InputNote;
import java.util.List;

/**
 * What is in a run.
 *
 * @param name what the user called it
 * @param files its files
 * @param format stable name of the format
 * @param title what people call the format
 * @param bytes size of the files as they are stored
 * @param events number of events
 * @param links number of causal edges that events name
 * @param first least time in nanoseconds, or {@link EventBlock#NO_TIME}
 * @param last greatest time
 * @param backwards how many events are earlier than the one before them in their lane
 * @param lanes the lanes by name
 * @param kinds the kinds, the most frequent first
 * @param fields the fields of the first events, in the order of their appearance
 * @param notes what was tolerated, guessed or left out
 */
public record Inspection(
        String name,
        List<String> files,
        String format,
        String title,
        long bytes,
        long events,
        long links,
        long first,
        long last,
        long backwards,
        List<Lane> lanes,
        List<Kind> kinds,
        List<FieldUse> fields,
        List<InputNote> notes) {
    /** True if events have times. */
    public boolean hasTimes() {
        return first != EventBlock.NO_TIME;
    }

    /**
     * A lane.
     *
     * @param name its name
     * @param events number of events
     * @param first least time in nanoseconds, or {@link EventBlock#NO_TIME}
     * @param last greatest time
     */
    public record Lane(String name, long events, long first, long last) {}

    /**
     * A kind of event.
     *
     * @param name its name, as the first event of the kind says
     * @param events number of events
     * @param firstFile the file of the first of them
     * @param firstLine its line, or its number where the format has no lines
     */
    public record Kind(String name, long events, String firstFile, long firstLine) {}

    /**
     * A field of the sampled events.
     *
     * @param path its dotted path
     * @param roles what it means, by the keys of mapping files
     * @param share how many of the sampled events have it, 0 to 1
     * @param example a value
     */
    public record FieldUse(String path, List<String> roles, double share, String example) {}
}

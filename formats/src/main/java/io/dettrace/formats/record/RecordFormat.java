package io.dettrace.formats.record;

import io.dettrace.event.Field;
import io.dettrace.formats.ReadContext;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.util.List;

/** A format whose reader makes the events itself. Stateless. */
public interface RecordFormat {
    /** Stable short name, such as {@code vcd}; what {@code --as} takes. */
    String name();

    /** What people call it, such as {@code value change dump (IEEE 1364)}. */
    String title();

    /** How events are built; inputs of one family can be compared with each other. */
    default String family() {
        return name();
    }

    /**
     * True if the input is of this format. Formats are asked one after the other, so this must be sure of it and cheap: it
     * looks at {@code head}, not at the whole file, and never fails on what is no such file.
     */
    boolean claims(Head head) throws IOException;

    /** The options that {@code --with NAME=VALUE} takes. */
    default List<FormatOption> options() {
        return List.of();
    }

    /**
     * What the fields mean. What it leaves open is inferred; what the user declares wins.
     *
     * @throws io.dettrace.event.InputException if the input is broken in the part that tells it, or an option is wrong
     */
    Mapping mapping(RecordInput input) throws IOException;

    /**
     * What the fields mean for two runs together. Runs of one format may come from tools that write more or less; what only
     * one of them writes is no difference.
     *
     * @param mapping what {@link #mapping} and the user said
     * @param baseline fields of the baseline's first events
     * @param candidate fields of the candidate's first events
     */
    default Mapping between(Mapping mapping, List<List<Field>> baseline, List<List<Field>> candidate) {
        return mapping;
    }

    /**
     * True if an event's place is its text in the file, which is then shown for it; false shows its fields as JSON.
     */
    boolean isText();

    /**
     * True if events depend on files beside those of the input too, such as metadata; equal bytes then do not mean equal runs.
     */
    default boolean readsFilesBeside() {
        return false;
    }

    /** True if an event's line is one of its file; false if it is the event's number. */
    default boolean hasLines() {
        return isText();
    }

    /** Starts reading the events of all files. */
    RecordReader open(RecordInput input, ReadContext context) throws IOException;

    /**
     * Starts reading events to see what fields they have. A format that has to go through everything before its first event
     * may go through the beginning only.
     *
     * @param limit events that will be asked for
     */
    default RecordReader openSample(RecordInput input, ReadContext context, int limit) throws IOException {
        return open(input, context);
    }

    /**
     * An option of a format.
     *
     * @param name as in {@code --with name=value}
     * @param help what it does, its values and its default, in one sentence
     */
    record FormatOption(String name, String help) {}
}

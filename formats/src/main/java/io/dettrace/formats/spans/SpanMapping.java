package io.dettrace.formats.spans;

import io.dettrace.event.InputException;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.TimeScale;
import java.util.List;

/** Names of the fields of an event, and what they mean; the same for all formats of the family. */
final class SpanMapping {
    /** Name of the family; inputs of its formats can be compared with each other. */
    static final String FAMILY = "spans";

    static final String TIME = "time_ns";
    static final String LANE = "lane";
    static final String EVENT = "event";
    static final String SERVICE = "service";
    static final String KIND = "span.kind";
    static final String STATUS = "status";
    static final String MESSAGE = "status.message";
    static final String SEVERITY = "severity";
    static final String TEXT = "message";
    static final String ID = "id";
    static final String AFTER = "after";

    /** Fields that are not compared: shown, and what a writer needs to make a span again. */
    static final String TRACE = "trace_id";

    static final String SPAN = "span_id";
    static final String PARENT = "parent_span_id";
    /** Of an event in a span, the span's {@link #ID}. */
    static final String OWNER = "span_start";

    static final String NAME = "name";
    static final String INSTANCE = "instance";
    static final String SCOPE = "scope";
    static final String VERSION = "version";
    static final String TYPE = "record";
    static final String BODY = "body";
    static final String LINKS = "links";
    static final String STATUS_TEXT = "status_text";

    /** The option that names further attributes to compare. */
    static final String COMPARE = "compare";

    static final RecordFormat.FormatOption COMPARE_OPTION = new RecordFormat.FormatOption(
            COMPARE, "further attributes to compare by value, separated by commas, such as tenant.id,cart.items");

    private static final int MAX_COMPARED = 1_000;

    private SpanMapping() {}

    /** The mapping, with the attributes that the user wants compared besides. */
    static Mapping of(RecordInput input) throws InputException {
        Mapping.Builder b = Mapping.builder()
                .timeScale(TimeScale.NS)
                .field(Role.LANE, LANE, "the service in one request; parallel calls are lanes of their own")
                .field(Role.KIND, EVENT, "what happened: a span's start or end, an event in it, or a log record")
                .field(Role.TIME, TIME, "times are not compared as values")
                .field(Role.EVENT, ID, "names a start or an end for links")
                .field(Role.LINK, AFTER, "parents, links and children that were waited for");
        for (String path : List.of(SERVICE, KIND, STATUS, SEVERITY, TEXT)) {
            b.field(Role.COMPARE, path, "compared in every span format");
        }
        for (String path : Conventions.compared()) {
            b.field(Role.COMPARE, path, "attributes of the semantic conventions");
        }
        String more = input.option(COMPARE).orElse("");
        String[] keys = more.split(",", MAX_COMPARED + 1);
        if (keys.length > MAX_COMPARED) {
            throw new InputException(
                    input.name() + ": the option " + COMPARE + " names more than " + MAX_COMPARED + " attributes");
        }
        for (String key : keys) {
            if (!key.isBlank()) {
                b.field(Role.COMPARE, Conventions.RAW + key.strip(), "an attribute named with --with " + COMPARE);
            }
        }
        return b.build();
    }
}

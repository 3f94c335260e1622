package io.dettrace.formats.temporal;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.record.FileByFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingInference;
import io.dettrace.normalize.Role;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Histories of Temporal workflows as JSON, as the command line, the web UI, the SDKs and the HTTP API write them
 * ({@code temporal.api.history.v1.History}), in the encodings of all versions; Cadence's too.
 *
 * <p>What a history means is fixed by the API, so nothing is left to inference: lanes are the workflow and the things that
 * it hears from ({@link Entities}); links are the event ids that events hold, and from each task to what it tells the code.
 */
public final class TemporalFormat implements RecordFormat {
    private static final String PAYLOADS = "payloads";

    private static final List<String> STARTS =
            List.of("\"workflowExecutionStartedEventAttributes\"", "\"workflow_execution_started_event_attributes\"");

    @Override
    public String name() {
        return "temporal";
    }

    @Override
    public String title() {
        return "Temporal workflow history (JSON)";
    }

    /** True if events have an id, a type or the attributes of a start, and the names of Temporal's attributes. */
    @Override
    public boolean claims(Head head) {
        Set<String> paths = head.jsonPaths();
        for (String path : paths) {
            String parent = path.substring(0, path.lastIndexOf('.') + 1);
            String name = Names.camel(path.substring(parent.length()));
            boolean id = paths.contains(parent + "eventId") || paths.contains(parent + "event_id");
            boolean typed = paths.contains(parent + "eventType") || paths.contains(parent + "event_type");
            if (id && typed && isKnown(name)) {
                return true;
            }
            if (id && typed && name.equals("attributes") && STARTS.stream().anyMatch(head.text()::contains)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKnown(String attributes) {
        return Names.isAttributes(attributes) && Names.isKnown(Names.eventTypeOfAttributes(attributes));
    }

    @Override
    public List<FormatOption> options() {
        return List.of(new FormatOption(
                PAYLOADS,
                "how UUIDs, and times within a day of the event's, are compared: 'stable' (default) compares that they are"
                        + " there, 'exact' their values"));
    }

    @Override
    public Mapping mapping(RecordInput input) throws IOException {
        isExact(input);
        Mapping.Builder mapping = Mapping.builder();
        if (input.files().size() > 1) {
            mapping.field(Role.LANE, MappingInference.FILE, "each file is a workflow");
        }
        mapping.field(Role.LANE, HistoryEvents.LANE, "the workflow, and each thing that it hears from")
                .field(Role.KIND, "eventType", "the type of the event")
                .field(Role.TIME, "eventTime", "the server's time")
                .field(Role.EVENT, HistoryEvents.ID, "the number of the event in the history")
                .field(Role.ID, FieldWriter.UUIDS, "UUIDs, drawn anew in each run");
        Attributes.LINKS.forEach(name -> mapping.field(Role.LINK, name, "the event that this one follows"));
        mapping.field(Role.LINK, HistoryEvents.DELIVERED, "the outside events that a task tells the code of");
        mapping.field(
                Role.COMPARE, HistoryEvents.DELIVERS, "the outside events that a task tells the code of, in order");
        Attributes.COMPARED.forEach(name -> mapping.field(Role.COMPARE, name + "*"));
        mapping.field(Role.COMPARE, Attributes.MORE).field(Role.COMPARE, "<rest>");
        mapping.field(Role.IGNORE, FieldWriter.VALUES, "times near the event's own, and digests of encrypted payloads");
        return mapping.build();
    }

    private static boolean isExact(RecordInput input) throws InputException {
        String value = input.option(PAYLOADS).orElse("stable");
        if (!value.equals("stable") && !value.equals("exact")) {
            throw new InputException(
                    input.name() + ": the option payloads is \"" + value + "\", expected stable or exact");
        }
        return value.equals("exact");
    }

    @Override
    public boolean isText() {
        return false;
    }

    @Override
    public boolean hasLines() {
        return true;
    }

    @Override
    public RecordReader open(RecordInput input, ReadContext context) throws IOException {
        boolean exact = isExact(input);
        return FileByFile.open(input, (file, number) -> new HistoryReader(file, number, context, exact));
    }
}

package io.dettrace.formats;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.event.Original;
import io.dettrace.event.SourceRef;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordAssembler;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordJson;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.EventAssembler;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Files whose events are made by a reader that goes through all of them. */
record RecordSource(RecordInput input, RecordFormat format) implements Source {
    @Override
    public String name() {
        return input.name();
    }

    @Override
    public List<InputFile> files() {
        return input.files();
    }

    @Override
    public String formatName() {
        return format.name();
    }

    @Override
    public String title() {
        return format.title();
    }

    @Override
    public String family() {
        return format.family();
    }

    @Override
    public Mapping ownMapping() throws IOException {
        return format.mapping(input);
    }

    @Override
    public int readers() {
        return 1;
    }

    @Override
    public boolean addsFileName() {
        return false;
    }

    @Override
    public boolean hasLines() {
        return format.hasLines();
    }

    @Override
    public EventFormat.FileReader open(int reader, Mapping mapping, EventAssembler assembler, ReadContext context)
            throws IOException {
        return new RecordAssembler(format.open(input, context), input, mapping, assembler, context);
    }

    @Override
    public List<List<Field>> sample(int reader, Mapping mapping, int limit, ReadContext context) throws IOException {
        List<List<Field>> records = new ArrayList<>();
        try (RecordReader events = format.openSample(input, context, limit)) {
            while (records.size() < limit && events.next()) {
                records.add(events.record().fields());
            }
        }
        return records;
    }

    @Override
    public RecordReader records(Mapping mapping, ReadContext context) throws IOException {
        return format.open(input, context);
    }

    @Override
    public List<String> executions(Mapping mapping) {
        return List.of();
    }

    /** Reads the input again, up to the last of the events: its reader may depend on all that came before. */
    @Override
    public List<Original> originals(List<SourceRef> refs, Mapping mapping) throws IOException {
        Map<SourceRef, Original> wanted = new HashMap<>();
        refs.forEach(r -> wanted.put(r, null));
        int missing = wanted.size();
        try (RecordReader events = format.open(input, new ReadContext(true, -1))) {
            while (missing > 0 && events.next()) {
                EventRecord e = events.record();
                SourceRef here = new SourceRef(e.file(), e.line(), e.offset(), e.length());
                if (wanted.containsKey(here) && wanted.get(here) == null) {
                    wanted.put(here, original(e, here));
                    missing--;
                }
            }
        }
        List<Original> found = new ArrayList<>();
        for (SourceRef ref : refs) {
            Original original = wanted.get(ref);
            if (original == null) {
                throw new InputException(files().get(ref.file()).name() + ": the event at byte " + ref.offset()
                        + " is not there any more; the file has changed since it was read, run the command again");
            }
            found.add(original);
        }
        return found;
    }

    private Original original(EventRecord e, SourceRef ref) throws IOException {
        InputFile file = files().get(ref.file());
        String text = format.isText()
                ? new String(file.readAll(List.of(ref)).get(0), StandardCharsets.UTF_8)
                : RecordJson.write(e);
        return new Original(file.name(), text, !format.isText(), e.fields());
    }
}

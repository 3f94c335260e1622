package io.dettrace.formats.fuzz;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What holds for every format whose reader makes the events, whatever the bytes. */
final class RecordFuzz {
    private RecordFuzz() {}

    /**
     * Reads the bytes strictly and leniently: either way it ends, or fails with a message that names the file. What is read
     * strictly is read leniently too.
     */
    static void check(RecordFormat format, byte[] data, Map<String, String> options) throws IOException {
        InputFile file = FuzzFile.of(data, 0);
        RecordInput input = new RecordInput(file.name(), List.of(file), options);
        try {
            format.claims(Head.of(input.files()));
        } catch (InputException damagedCompression) {
            named(damagedCompression);
        }
        List<List<Field>> strict = read(format, input, false);
        List<List<Field>> lenient = read(format, input, true);
        FuzzFile.require(strict == null || strict.equals(lenient), "strict and lenient reading differ");
    }

    private static List<List<Field>> read(RecordFormat format, RecordInput input, boolean lenient) throws IOException {
        List<List<Field>> events = new ArrayList<>();
        try {
            format.mapping(input);
            try (RecordReader reader = format.open(input, new ReadContext(lenient, -1))) {
                while (reader.next()) {
                    EventRecord event = reader.record();
                    FuzzFile.require(event.offset() >= 0 && event.length() >= 0, "an event without a place");
                    events.add(event.fields());
                }
            }
            return events;
        } catch (InputException e) {
            named(e);
            return null;
        }
    }

    private static void named(InputException e) {
        FuzzFile.require(e.getMessage().startsWith("fuzzed.log"), "a message without the file: " + e.getMessage());
    }
}

package io.dettrace.formats;

import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.learn.RunTable;
import java.io.IOException;

/** Reads runs into memory, to learn from them. */
public final class RunTables {
    private RunTables() {}

    /** Reads a run, or its first {@value RunTable#MAX_EVENTS} events. */
    public static RunTable read(OpenedRun opened) throws IOException {
        RunTable table = new RunTable(opened.run().name());
        try (RecordReader reader = opened.records(opened.context())) {
            while (!table.isFull() && reader.next()) {
                EventRecord event = reader.record();
                table.add(event.fields(), opened.labels().get(event.file()), event.line());
            }
        }
        return table;
    }
}

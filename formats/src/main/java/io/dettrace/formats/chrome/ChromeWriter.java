package io.dettrace.formats.chrome;

import io.dettrace.formats.record.RecordReader;
import io.dettrace.formats.record.RecordWriter;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes any run as trace-event JSON, so that it can be looked at in Perfetto: lanes become threads, events instants or begin
 * and end, links flows, all other fields arguments. What {@link ChromeFormat} has read comes back as the same events.
 */
public final class ChromeWriter implements RecordWriter {
    @Override
    public String name() {
        return "chrome";
    }

    @Override
    public String title() {
        return "trace-event JSON (Chrome, Perfetto)";
    }

    /** Any run: the fields of another format are there as arguments. */
    @Override
    public boolean takes(String family) {
        return true;
    }

    /** Memory does not grow with the number of events. */
    @Override
    public void write(RecordReader events, Mapping mapping, OutputStream out) throws IOException {
        TraceJson.write(events, mapping, out);
    }
}

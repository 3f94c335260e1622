package io.dettrace.formats.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.dettrace.formats.ReadProgress;
import io.dettrace.formats.record.RecordJson;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes any run as JSON lines: an object of fields by dotted path for every event, behind a {@link RunHeader}. */
public final class JsonLinesWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonLinesWriter() {}

    /**
     * Writes a run.
     *
     * @param header its first line; empty if the fields need no explanation
     * @param out not closed
     * @return number of events
     */
    public static long write(RecordReader events, Optional<RunHeader> header, OutputStream out, ReadProgress progress)
            throws IOException {
        if (header.isPresent()) {
            out.write((header.get().write() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        long count = 0;
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            while (events.next()) {
                RecordJson.write(events.record(), json);
                progress.update(events.bytesRead(), ++count);
            }
            json.writeRaw(count > 0 ? "\n" : "");
        }
        return count;
    }
}

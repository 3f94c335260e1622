package io.dettrace.server.live;

import io.dettrace.report.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** The state of a server for people and monitors. */
final class Status {
    private Status() {}

    static String json(Live live, Counts counts, LiveOptions options, long diskBytes, long diskLimit) {
        Runtime jvm = Runtime.getRuntime();
        try {
            return Json.object(json -> {
                json.writeObjectFieldStart("counts");
                for (Counter c : Counter.values()) {
                    json.writeNumberField(c.key(), counts.get(c));
                }
                json.writeEndObject();
                json.writeObjectFieldStart("memory");
                json.writeNumberField("items", live.items());
                json.writeNumberField("items_limit", options.maxItems());
                json.writeNumberField("open_requests", live.assembler.size());
                json.writeNumberField("sample_per_entry_point", live.sample);
                json.writeNumberField("names", live.symbols.size());
                json.writeNumberField("names_limit", Live.MAX_NAMES);
                json.writeNumberField("names_refused", live.symbols.refused());
                json.writeNumberField("heap_bytes", jvm.totalMemory() - jvm.freeMemory());
                json.writeEndObject();
                if (diskBytes >= 0) {
                    json.writeObjectFieldStart("disk");
                    json.writeNumberField("bytes", diskBytes);
                    json.writeNumberField("bytes_limit", diskLimit);
                    json.writeEndObject();
                }
                json.writeObjectFieldStart("windows");
                json.writeNumberField("length_seconds", options.window().toSeconds());
                json.writeNumberField("open", live.windows.size());
                json.writeNumberField("waiting", live.closed.size());
                json.writeNumberField("baseline", live.baseline.size());
                json.writeNumberField("baseline_needed", options.learningWindows());
                json.writeNumberField("departing_in_a_row", live.departing);
                if (live.departing > 0) {
                    json.writeStringField(
                            "departing_since",
                            Instant.ofEpochMilli(live.departingSince).toString());
                }
                json.writeEndObject();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

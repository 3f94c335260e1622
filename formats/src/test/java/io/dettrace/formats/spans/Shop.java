package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import io.dettrace.event.InputNote;
import io.dettrace.formats.DetTrace;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.report.Explanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small traces, a span a line, as OTLP in JSON; and what is read of files. */
final class Shop {
    private final List<String> lines = new ArrayList<>();
    private final String trace;

    Shop(String trace) {
        this.trace = trace;
    }

    /** A span of a service; times in microseconds after some start. */
    Shop span(String service, String id, String parent, String name, int kind, long from, long to, String more) {
        return raw(service, "scopeSpans", "spans", "{\"traceId\":\"" + trace + "\",\"spanId\":\"" + id
                + "\",\"parentSpanId\":\"" + parent + "\",\"name\":\"" + name + "\",\"kind\":" + kind
                + ",\"startTimeUnixNano\":\"" + nanos(from) + "\",\"endTimeUnixNano\":\"" + nanos(to) + "\"" + more + "}");
    }

    Shop span(String service, String id, String parent, String name, long from, long to) {
        return span(service, id, parent, name, 1, from, to, "");
    }

    Shop log(String service, String span, long at, String body) {
        return raw(service, "scopeLogs", "logRecords", "{\"timeUnixNano\":\"" + nanos(at) + "\",\"severityNumber\":9"
                + (span.isEmpty() ? "" : ",\"traceId\":\"" + trace + "\",\"spanId\":\"" + span + "\"")
                + ",\"body\":{\"stringValue\":\"" + body + "\"}}");
    }

    private Shop raw(String service, String scopes, String items, String item) {
        String outer = scopes.equals("scopeSpans") ? "resourceSpans" : "resourceLogs";
        lines.add("{\"" + outer + "\":[{\"" + scopes + "\":[{\"" + items + "\":[" + item
                + "]}],\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"" + service
                + "\"}}]}}]}");
        return this;
    }

    static long nanos(long micros) {
        return 1_700_000_000_000_000_123L + micros * 1_000;
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** Events, and what was tolerated. */
    record Read(List<List<Field>> events, Map<String, Long> notes) {
        /** {@code lane: event} of each. */
        List<String> lines() {
            return events.stream()
                    .map(e -> value(e, "lane").orElse("?") + ": " + value(e, "event").orElse("?"))
                    .toList();
        }

        List<Field> event(String lane, String name) {
            return events.stream()
                    .filter(e -> value(e, "lane").equals(Optional.of(lane))
                            && value(e, "event").equals(Optional.of(name)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + lane + ": " + name + " in " + lines()));
        }
    }

    static Optional<String> value(List<Field> event, String path) {
        return event.stream().filter(f -> f.path().equals(path)).map(Field::text).findFirst();
    }

    static Read read(RecordFormat format, boolean lenient, Path... files) throws IOException {
        List<InputFile> inputs = new ArrayList<>();
        for (Path file : files) {
            inputs.add(new InputFile(file, file.getFileName().toString()));
        }
        ReadContext context = new ReadContext(lenient, -1);
        List<List<Field>> events = new ArrayList<>();
        try (RecordReader reader = format.open(new RecordInput("in", inputs, Map.of()), context)) {
            while (reader.next()) {
                events.add(reader.record().fields());
            }
        }
        Map<String, Long> notes = new java.util.TreeMap<>();
        for (InputNote note : context.notes()) {
            notes.put(note.code(), note.count());
        }
        return new Read(events, notes);
    }

    static Read read(RecordFormat format, Path folder, String text) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "spans", ".json"), text);
        return read(format, false, file);
    }

    Read read(Path folder) throws IOException {
        return read(new OtlpJsonFormat(), folder, text());
    }

    Explanation compare(Shop other, Path folder) throws IOException {
        Path a = Files.writeString(Files.createTempFile(folder, "good", ".jsonl"), text());
        Path b = Files.writeString(Files.createTempFile(folder, "bad", ".jsonl"), other.text());
        return DetTrace.compare(a, b);
    }
}

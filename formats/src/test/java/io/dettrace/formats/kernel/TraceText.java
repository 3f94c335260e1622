package io.dettrace.formats.kernel;

import io.dettrace.event.InputNote;
import io.dettrace.event.SourceRef;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads small traces for tests: each event as its fields by path. */
public final class TraceText {
    private final RecordFormat format;
    private final Path folder;
    private final Map<String, String> options;
    private List<InputNote> notes = List.of();
    private List<String> places = List.of();

    public TraceText(RecordFormat format, Path folder, Map<String, String> options) {
        this.format = format;
        this.folder = folder;
        this.options = options;
    }

    /** The events of a text. */
    public List<Map<String, String>> read(String text, boolean lenient) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8), lenient);
    }

    public List<Map<String, String>> read(String text) throws IOException {
        return read(text, false);
    }

    /** The events of a file. */
    public List<Map<String, String>> read(byte[] bytes, boolean lenient) throws IOException {
        RecordInput input = input(bytes);
        ReadContext context = new ReadContext(lenient, -1);
        List<Map<String, String>> events = new ArrayList<>();
        List<SourceRef> refs = new ArrayList<>();
        try (RecordReader reader = format.open(input, context)) {
            while (reader.next()) {
                Map<String, String> event = new HashMap<>();
                EventRecord record = reader.record();
                record.fields().forEach(f -> event.put(f.path(), f.text()));
                events.add(event);
                refs.add(new SourceRef(record.file(), record.line(), record.offset(), record.length()));
            }
        }
        notes = context.notes();
        places = input.file().readAll(refs).stream()
                .map(b -> new String(b, StandardCharsets.UTF_8))
                .toList();
        return events;
    }

    public RecordInput input(byte[] bytes) throws IOException {
        Path path = Files.createTempFile(folder, "trace", ".txt");
        Files.write(path, bytes);
        return new RecordInput("trace.txt", List.of(new InputFile(path, "trace.txt")), options);
    }

    public boolean claims(String text) throws IOException {
        return format.claims(
                Head.of(input(text.getBytes(StandardCharsets.UTF_8)).files()));
    }

    /** Codes of the notes of the last reading. */
    public List<String> notes() {
        return notes.stream().map(InputNote::code).toList();
    }

    /** The text at each event's place, of the last reading. */
    public List<String> places() {
        return places;
    }

    /** One field of all events, {@code -} where there is none. */
    public static List<String> column(List<Map<String, String>> events, String path) {
        return events.stream().map(e -> e.getOrDefault(path, "-")).toList();
    }

    /** A file beside the tests. */
    public static byte[] resource(String name) throws IOException {
        try (InputStream in = TraceText.class.getResourceAsStream("/" + name)) {
            return in.readAllBytes();
        }
    }
}

package io.dettrace.formats.ctf;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.Field;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random types and values, written bit by bit, are read back. */
class RandomTraceTest {
    private static final int TRACES = 400;

    @TempDir
    Path folder;

    @Test
    void whatTheBitWriterWroteIsRead() throws IOException {
        int events = 0;
        for (long seed = 0; seed < TRACES; seed++) {
            RandomTrace trace = new RandomTrace(seed, false);
            assertThat(read(trace)).as("seed " + seed).isEqualTo(trace.events);
            events += trace.events.size();
        }
        assertThat(events).isGreaterThan(TRACES * 10);
    }

    private List<List<Field>> read(RandomTrace trace) throws IOException {
        Path metadata = folder.resolve("metadata");
        Files.writeString(metadata, trace.metadata);
        Path stream = folder.resolve("stream");
        Files.write(stream, trace.stream);
        RecordInput input = new RecordInput("trace", List.of(new InputFile(stream, "stream")), Map.of());
        List<List<Field>> events = new ArrayList<>();
        try (RecordReader reader = new CtfFormat().open(input, new ReadContext(false, -1))) {
            while (reader.next()) {
                events.add(reader.record().fields().stream()
                        .filter(f -> !f.path().equals("lane"))
                        .toList());
            }
        }
        return events;
    }

    /** Writes traces that an independent tool reads too: {@code RandomTraceTest FOLDER FROM TO}. */
    public static void main(String[] args) throws IOException {
        for (long seed = Long.parseLong(args[1]); seed < Long.parseLong(args[2]); seed++) {
            RandomTrace trace = new RandomTrace(seed, true);
            Path folder = Files.createDirectories(Path.of(args[0], "trace" + seed));
            Files.writeString(folder.resolve("metadata"), trace.metadata);
            Files.write(folder.resolve("stream"), trace.stream);
        }
    }
}

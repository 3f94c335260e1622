package io.dettrace.formats.fuzz;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.ctf.CtfFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Any bytes as metadata, up to a line {@code %%}; what stands behind that is the data stream. */
public final class CtfMetadataFuzz {
    private static final byte[] END = {'\n', '%', '%', '\n'};
    private static final Path METADATA = create();

    private CtfMetadataFuzz() {}

    private static Path create() {
        try {
            Path path = Files.createTempFile("dettrace-fuzz", ".tsdl");
            path.toFile().deleteOnExit();
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        int end = 0;
        while (end < data.length && !Arrays.equals(data, end, Math.min(data.length, end + 4), END, 0, 4)) {
            end++;
        }
        Files.write(METADATA, Arrays.copyOf(data, end));
        byte[] stream = Arrays.copyOfRange(data, Math.min(data.length, end + 4), Math.max(data.length, end + 4));
        RecordInput input =
                new RecordInput("fuzzed.log", List.of(FuzzFile.of(stream, 0)), Map.of("metadata", METADATA.toString()));
        List<List<Field>> strict = read(input, false);
        List<List<Field>> lenient = read(input, true);
        FuzzFile.require(strict == null || strict.equals(lenient), "strict and lenient reading differ");
    }

    private static List<List<Field>> read(RecordInput input, boolean lenient) throws IOException {
        List<List<Field>> events = new ArrayList<>();
        CtfFormat format = new CtfFormat();
        try {
            format.mapping(input);
            try (RecordReader reader = format.open(input, new ReadContext(lenient, -1))) {
                while (reader.next()) {
                    events.add(reader.record().fields());
                }
            }
            return events;
        } catch (InputException e) {
            boolean named =
                    e.getMessage().startsWith("fuzzed.log") || e.getMessage().startsWith(METADATA.toString());
            FuzzFile.require(named, "a message without the file: " + e.getMessage());
            return null;
        }
    }
}

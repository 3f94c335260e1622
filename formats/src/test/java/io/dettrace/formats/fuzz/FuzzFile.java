package io.dettrace.formats.fuzz;

import io.dettrace.event.InputException;
import io.dettrace.event.SourceRef;
import io.dettrace.formats.EventFormat;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.Rows;
import io.dettrace.formats.Rows.Row;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The one file that fuzz targets write their bytes to, and what holds for every format that reads it. */
final class FuzzFile {
    private static final Path PATH = create();

    private FuzzFile() {}

    private static Path create() {
        try {
            Path path = Files.createTempFile("dettrace-fuzz", ".log");
            path.toFile().deleteOnExit();
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InputFile of(byte[] bytes, int from) throws IOException {
        try (var out = Files.newOutputStream(PATH)) {
            out.write(bytes, from, bytes.length - from);
        }
        return new InputFile(PATH, "fuzzed.log");
    }

    /**
     * Reads the file strictly and leniently: either way it ends, or fails with a message that names the file. What is read
     * strictly is read leniently too, every event can be shown back, and samples find as many events.
     */
    static void check(EventFormat format, InputFile file, Mapping mapping) throws IOException {
        List<Row> strict = read(format, file, mapping, false);
        List<Row> lenient = read(format, file, mapping, true);
        if (strict == null) {
            return;
        }
        require(strict.equals(lenient), "strict and lenient reading differ");
        List<SourceRef> refs = strict.stream()
                .map(r -> new SourceRef(r.file(), r.line(), r.offset(), r.length()))
                .toList();
        for (byte[] text : file.readAll(refs)) {
            format.fields(text, mapping);
        }
        int sampled = format.sample(file, mapping, Integer.MAX_VALUE, new ReadContext(false, -1))
                .size();
        require(sampled == strict.size(), "a sample finds " + sampled + " of " + strict.size() + " events");
    }

    private static List<Row> read(EventFormat format, InputFile file, Mapping mapping, boolean lenient)
            throws IOException {
        try {
            return Rows.read(format, file, mapping, new ReadContext(lenient, -1));
        } catch (InputException e) {
            require(e.getMessage().startsWith("fuzzed.log"), "a message without the file: " + e.getMessage());
            return null;
        }
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}

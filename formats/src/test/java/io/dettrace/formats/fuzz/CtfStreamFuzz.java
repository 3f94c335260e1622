package io.dettrace.formats.fuzz;

import io.dettrace.formats.ctf.CtfFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Any bytes as a data stream of a trace whose metadata uses every construct. */
public final class CtfStreamFuzz {
    private static final Map<String, String> OPTIONS =
            Map.of("metadata", metadata().toString());

    private CtfStreamFuzz() {}

    private static Path metadata() {
        try (InputStream in = CtfStreamFuzz.class.getResourceAsStream("/ctf/rich.tsdl")) {
            Path path = Files.createTempFile("dettrace-fuzz", ".tsdl");
            path.toFile().deleteOnExit();
            Files.copy(in, path, StandardCopyOption.REPLACE_EXISTING);
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new CtfFormat(), data, OPTIONS);
    }
}

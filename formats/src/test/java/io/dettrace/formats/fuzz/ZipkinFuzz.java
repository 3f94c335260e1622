package io.dettrace.formats.fuzz;

import io.dettrace.formats.spans.ZipkinFormat;
import java.io.IOException;
import java.util.Map;

/** Any bytes as Zipkin JSON. */
public final class ZipkinFuzz {
    private ZipkinFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new ZipkinFormat(), data, Map.of());
    }
}

package io.dettrace.formats.fuzz;

import io.dettrace.formats.spans.OtlpJsonFormat;
import java.io.IOException;
import java.util.Map;

/** Any bytes as OTLP in JSON. */
public final class OtlpJsonFuzz {
    private OtlpJsonFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new OtlpJsonFormat(), data, Map.of());
    }
}

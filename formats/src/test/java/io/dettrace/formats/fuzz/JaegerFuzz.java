package io.dettrace.formats.fuzz;

import io.dettrace.formats.spans.JaegerFormat;
import java.io.IOException;
import java.util.Map;

/** Any bytes as Jaeger JSON. */
public final class JaegerFuzz {
    private JaegerFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new JaegerFormat(), data, Map.of());
    }
}

package io.dettrace.formats.fuzz;

import io.dettrace.formats.temporal.TemporalFormat;
import java.io.IOException;
import java.util.Map;

/** Any bytes as a workflow's history. */
public final class TemporalFuzz {
    private TemporalFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new TemporalFormat(), data, Map.of());
    }
}

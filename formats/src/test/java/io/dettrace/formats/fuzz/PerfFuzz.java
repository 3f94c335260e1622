package io.dettrace.formats.fuzz;

import io.dettrace.formats.perf.PerfFormat;
import java.io.IOException;
import java.util.Map;

/** Any bytes read as perf input. */
public final class PerfFuzz {
    private PerfFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new PerfFormat(), data, Map.of());
    }
}

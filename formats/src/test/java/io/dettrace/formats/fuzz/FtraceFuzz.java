package io.dettrace.formats.fuzz;

import io.dettrace.formats.ftrace.FtraceFormat;
import java.io.IOException;
import java.util.Map;

/** Any bytes read as ftrace input. */
public final class FtraceFuzz {
    private FtraceFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new FtraceFormat(), data, Map.of());
    }
}

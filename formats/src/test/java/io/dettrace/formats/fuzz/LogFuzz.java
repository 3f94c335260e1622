package io.dettrace.formats.fuzz;

import io.dettrace.formats.log.LogFormat;
import java.io.IOException;
import java.util.Map;

/** Any bytes as a plain text log. */
public final class LogFuzz {
    private LogFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new LogFormat(), data, Map.of());
    }
}

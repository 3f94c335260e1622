package io.dettrace.formats.fuzz;

import io.dettrace.formats.jfr.JfrFormat;
import java.io.IOException;
import java.util.Map;

/** Any bytes as a recording of the Flight Recorder. */
public final class JfrFuzz {
    private JfrFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new JfrFormat(), data, Map.of());
    }
}

package io.dettrace.formats.fuzz;

import io.dettrace.formats.jepsen.JepsenFormat;
import java.io.IOException;
import java.util.Map;

/** Any bytes as a history of operations. */
public final class JepsenFuzz {
    private JepsenFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new JepsenFormat(), data, Map.of());
    }
}

package io.dettrace.formats.fuzz;

import io.dettrace.formats.vcd.VcdFormat;
import java.io.IOException;
import java.util.Map;

/** Any bytes as a value change dump. */
public final class VcdFuzz {
    private VcdFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new VcdFormat(), data, Map.of());
    }
}

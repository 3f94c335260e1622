package io.dettrace.formats.fuzz;

import io.dettrace.formats.log.DatadrivenFormat;
import java.io.IOException;
import java.util.Map;

/** Any bytes as a datadriven scenario. */
public final class DatadrivenFuzz {
    private DatadrivenFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new DatadrivenFormat(), data, Map.of());
    }
}

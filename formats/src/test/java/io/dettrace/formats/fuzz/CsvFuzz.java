package io.dettrace.formats.fuzz;

import io.dettrace.formats.csv.CsvFormat;
import java.io.IOException;
import java.util.Map;

/** Any bytes as a table. */
public final class CsvFuzz {
    private CsvFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new CsvFormat(), data, Map.of());
    }
}

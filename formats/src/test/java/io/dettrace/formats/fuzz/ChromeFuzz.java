package io.dettrace.formats.fuzz;

import io.dettrace.formats.chrome.ChromeFormat;
import java.io.IOException;
import java.util.Map;

/** Any bytes read as chrome input. */
public final class ChromeFuzz {
    private ChromeFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new ChromeFormat(), data, Map.of());
    }
}

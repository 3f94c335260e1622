package io.dettrace.formats.fuzz;

import io.dettrace.formats.sigrok.SigrokFormat;
import java.io.IOException;
import java.util.Map;

/** Any bytes as a capture: the ZIP file, its metadata, its samples. */
public final class SigrokFuzz {
    private SigrokFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new SigrokFormat(), data, Map.of());
    }
}

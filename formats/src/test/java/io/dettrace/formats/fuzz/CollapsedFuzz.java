package io.dettrace.formats.fuzz;

import io.dettrace.formats.collapsed.CollapsedFormat;
import java.io.IOException;
import java.util.Map;

/** Any bytes read as collapsed input. */
public final class CollapsedFuzz {
    private CollapsedFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new CollapsedFormat(), data, Map.of());
    }
}

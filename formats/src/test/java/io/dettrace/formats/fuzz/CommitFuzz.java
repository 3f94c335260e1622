package io.dettrace.formats.fuzz;

import io.dettrace.formats.commit.CommitFormat;
import java.io.IOException;
import java.util.Map;

/** Any bytes as an instruction log. */
public final class CommitFuzz {
    private CommitFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new CommitFormat(), data, Map.of());
    }
}

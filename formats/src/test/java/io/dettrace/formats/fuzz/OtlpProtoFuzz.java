package io.dettrace.formats.fuzz;

import io.dettrace.formats.spans.OtlpProtoFormat;
import java.io.IOException;
import java.util.Map;

/** Any bytes as OTLP in protobuf. */
public final class OtlpProtoFuzz {
    private OtlpProtoFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        RecordFuzz.check(new OtlpProtoFormat(), data, Map.of());
    }
}

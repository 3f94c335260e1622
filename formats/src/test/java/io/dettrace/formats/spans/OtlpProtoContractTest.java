package io.dettrace.formats.spans;

import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;
import java.io.IOException;

class OtlpProtoContractTest extends RecordFormatContract {
    @Override
    protected RecordFormat format() {
        return new OtlpProtoFormat();
    }

    @Override
    protected byte[] bytes() throws IOException {
        return Resources.bytes("otlp/proto/bad/traces.binpb");
    }
}

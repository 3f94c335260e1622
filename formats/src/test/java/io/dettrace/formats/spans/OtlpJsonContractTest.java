package io.dettrace.formats.spans;

import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;
import java.io.IOException;

class OtlpJsonContractTest extends RecordFormatContract {
    @Override
    protected RecordFormat format() {
        return new OtlpJsonFormat();
    }

    @Override
    protected byte[] bytes() throws IOException {
        return Resources.bytes("otlp/json/bad/traces.jsonl");
    }
}

package io.dettrace.formats.spans;

import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;
import java.io.IOException;

class JaegerContractTest extends RecordFormatContract {
    @Override
    protected RecordFormat format() {
        return new JaegerFormat();
    }

    @Override
    protected byte[] bytes() throws IOException {
        return Resources.bytes("jaeger/spansAmongEachOther.json");
    }
}

package io.dettrace.formats.spans;

import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;
import java.io.IOException;

class ZipkinContractTest extends RecordFormatContract {
    @Override
    protected RecordFormat format() {
        return new ZipkinFormat();
    }

    @Override
    protected byte[] bytes() throws IOException {
        return ZipkinCodecTest.written(12);
    }
}

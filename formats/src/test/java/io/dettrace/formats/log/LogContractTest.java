package io.dettrace.formats.log;

import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;
import java.io.IOException;
import java.io.InputStream;

class LogContractTest extends RecordFormatContract {
    @Override
    protected RecordFormat format() {
        return new LogFormat();
    }

    @Override
    protected byte[] bytes() throws IOException {
        try (InputStream in = LogContractTest.class.getResourceAsStream("/log/layouts.log")) {
            return in.readAllBytes();
        }
    }
}

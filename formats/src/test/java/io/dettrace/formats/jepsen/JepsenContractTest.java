package io.dettrace.formats.jepsen;

import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;
import java.io.IOException;
import java.io.InputStream;

class JepsenContractTest extends RecordFormatContract {
    @Override
    protected RecordFormat format() {
        return new JepsenFormat();
    }

    @Override
    protected byte[] bytes() throws IOException {
        try (InputStream in = JepsenContractTest.class.getResourceAsStream("/jepsen/history.edn")) {
            return in.readAllBytes();
        }
    }
}

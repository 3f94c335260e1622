package io.dettrace.formats.temporal;

import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;
import java.io.IOException;
import java.io.InputStream;

class TemporalContractTest extends RecordFormatContract {
    @Override
    protected RecordFormat format() {
        return new TemporalFormat();
    }

    @Override
    protected byte[] bytes() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/temporal/mutable-side-effect.json")) {
            return in.readAllBytes();
        }
    }
}

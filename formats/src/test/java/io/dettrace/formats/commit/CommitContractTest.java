package io.dettrace.formats.commit;

import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;
import java.nio.charset.StandardCharsets;

class CommitContractTest extends RecordFormatContract {
    @Override
    protected RecordFormat format() {
        return new CommitFormat();
    }

    @Override
    protected byte[] bytes() {
        return Program.run(25, 1).spike(true).getBytes(StandardCharsets.US_ASCII);
    }
}

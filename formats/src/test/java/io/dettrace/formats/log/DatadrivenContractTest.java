package io.dettrace.formats.log;

import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;
import java.nio.charset.StandardCharsets;

class DatadrivenContractTest extends RecordFormatContract {
    @Override
    protected RecordFormat format() {
        return new DatadrivenFormat();
    }

    @Override
    protected byte[] bytes() {
        return ("# A scenario.\nadd-nodes 3 voters=(1,2,3) index=2\n----\nok\n\n".repeat(10)
                        + "run\ninput 5\n----\n----\none\n\ntwo\n----\n----\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}

package io.dettrace.formats.vcd;

import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;

class VcdContractTest extends RecordFormatContract {
    @Override
    protected RecordFormat format() {
        return new VcdFormat();
    }

    @Override
    protected byte[] bytes() {
        return Dump.run(8).bytes();
    }
}

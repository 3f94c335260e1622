package io.dettrace.formats.collapsed;

import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;
import java.nio.charset.StandardCharsets;

class CollapsedContractTest extends RecordFormatContract {
    @Override
    protected RecordFormat format() {
        return new CollapsedFormat();
    }

    @Override
    protected byte[] bytes() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            out.append("my thread;main_[j];lib.so!é ")
                    .append(i)
                    .append(" ")
                    .append(i + 1)
                    .append('\n');
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}

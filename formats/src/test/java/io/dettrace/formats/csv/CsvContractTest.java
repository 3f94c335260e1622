package io.dettrace.formats.csv;

import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;
import java.nio.charset.StandardCharsets;

class CsvContractTest extends RecordFormatContract {
    @Override
    protected RecordFormat format() {
        return new CsvFormat();
    }

    @Override
    protected byte[] bytes() {
        StringBuilder table = new StringBuilder("time [ms],name,value\n");
        for (int i = 0; i < 25; i++) {
            table.append(i * 5)
                    .append(",\"row ")
                    .append(i)
                    .append(i == 7 ? "\n\"\"more\"\"" : "")
                    .append("\",")
                    .append(i / 4.0)
                    .append('\n');
        }
        return table.toString().getBytes(StandardCharsets.US_ASCII);
    }
}

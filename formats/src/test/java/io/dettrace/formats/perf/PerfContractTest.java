package io.dettrace.formats.perf;

import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;
import java.nio.charset.StandardCharsets;

class PerfContractTest extends RecordFormatContract {
    @Override
    protected RecordFormat format() {
        return new PerfFormat();
    }

    @Override
    protected byte[] bytes() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 11; i++) {
            out.append("my app  77/78 [000]  5.0000").append(10 + i).append(":     250000 cpu-clock: \n");
            out.append("\tffffffff815e57ee f+0x1 ([kernel.kallsyms])\n\t    55d0 main (/bin/é)\n\n");
            out.append("my app  77/78 [000]  5.0001")
                    .append(10 + i)
                    .append(": sched:sched_switch: my app:78 [120] S ==> swapper/0:0 [120]\n");
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}

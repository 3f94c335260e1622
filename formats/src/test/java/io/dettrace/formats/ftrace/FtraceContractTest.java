package io.dettrace.formats.ftrace;

import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;
import java.nio.charset.StandardCharsets;

class FtraceContractTest extends RecordFormatContract {
    @Override
    protected RecordFormat format() {
        return new FtraceFormat();
    }

    @Override
    protected byte[] bytes() {
        StringBuilder out = new StringBuilder("# tracer: nop\n#\n");
        for (int i = 0; i < 7; i++) {
            int t = 100 + 10 * i;
            out.append("          <idle>-0     [001] d.h2  12.000")
                    .append(t)
                    .append(": sched_waking: comm=my app pid=77 prio=120\n");
            out.append("          <idle>-0     [001] d..3  12.000")
                    .append(t + 1)
                    .append(
                            ": sched_switch: prev_comm=swapper/1 prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=my app"
                                    + " next_pid=77 next_prio=120\n");
            out.append("          my app-77    [001] ....  12.000")
                    .append(t + 2)
                    .append(": tracing_mark_write: B|77|frame é\n");
            out.append("          my app-77    [001] d..3  12.000")
                    .append(t + 3)
                    .append(
                            ": sched_switch: prev_comm=my app prev_pid=77 prev_prio=120 prev_state=S ==> next_comm=swapper/1"
                                    + " next_pid=0 next_prio=120\n");
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }
}

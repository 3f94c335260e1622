package io.dettrace.formats.perf;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.kernel.KernelEvent;
import io.dettrace.formats.kernel.KernelMapping;
import io.dettrace.formats.record.FileByFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import java.io.IOException;
import java.util.List;

/** Text of {@code perf script} (its default fields and the common choices of {@code -F}) and of {@code perf trace}. */
public final class PerfFormat implements RecordFormat {
    private static final int LINES = 400;

    @Override
    public String name() {
        return "perf";
    }

    @Override
    public String title() {
        return "perf script, perf trace";
    }

    /** True if all lines are heads of samples, frames, comments and blank, and a head has a CPU, a time or a stack. */
    @Override
    public boolean claims(Head head) {
        KernelEvent e = new KernelEvent();
        PerfLine line = new PerfLine();
        PerfTraceLine call = new PerfTraceLine();
        int sure = 0;
        int seen = 0;
        boolean sample = false;
        for (String text : head.lines()) {
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            if (++seen > LINES) {
                break;
            }
            if (line.read(text, e)) {
                boolean known = e.cpu >= 0 || line.period >= 0 || !line.subsystem.isEmpty() || e.tgid >= 0;
                sure += e.time != KernelEvent.NO_TIME && (known || e.payload.isBlank() && !e.name.equals("sample"))
                        ? 1
                        : 0;
                sample = true;
            } else if (sample && PerfLine.isSureFrame(text)) {
                sure += sure == 0 ? 1 : 0;
            } else if (call.read(text, e)) {
                sure++;
            } else if (!sample || !text.startsWith("  ") && !text.startsWith("\t")) {
                return false;
            }
        }
        return sure > 0;
    }

    @Override
    public List<FormatOption> options() {
        return List.of(KernelMapping.LANES, KernelMapping.CPUS);
    }

    @Override
    public Mapping mapping(RecordInput input) throws IOException {
        return KernelMapping.of(input);
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public RecordReader open(RecordInput input, ReadContext context) throws IOException {
        boolean byCpu = KernelMapping.byCpu(input);
        return FileByFile.open(input, (file, number) -> new PerfReader(file, number, context, byCpu));
    }
}

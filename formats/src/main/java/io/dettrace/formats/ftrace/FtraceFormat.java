package io.dettrace.formats.ftrace;

import io.dettrace.event.InputException;
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

/**
 * Text of the Linux kernel's tracer ftrace: the files {@code trace} and {@code trace_pipe} of tracefs, what {@code trace-cmd
 * report} prints, and the same inside the HTML pages of Android's systrace (Documentation/trace/ftrace.rst of the kernel).
 */
public final class FtraceFormat implements RecordFormat {
    private static final int LINES = 200;
    private static final FormatOption UNIT = new FormatOption(
            "clock-unit",
            "what a time without decimals counts: us (microseconds, the default), ns (nanoseconds), or count (ticks of a"
                    + " counter, taken as nanoseconds)");

    @Override
    public String name() {
        return "ftrace";
    }

    @Override
    public String title() {
        return "Linux kernel trace (ftrace, trace-cmd report)";
    }

    @Override
    public boolean claims(Head head) {
        List<String> lines = head.lines();
        boolean tracer = false;
        boolean html = isHtml(head);
        int events = 0;
        int others = 0;
        KernelEvent e = new KernelEvent();
        for (int i = 0; i < lines.size() && (html || events + others < LINES); i++) {
            String line = FtraceLine.withoutPrintkTime(lines.get(i));
            tracer |= line.startsWith("# tracer:");
            if (line.startsWith("#") || line.isBlank() || isKnownHeader(line)) {
                continue;
            }
            boolean event = FtraceLine.head(line, e, 1) >= 0 && e.tid >= 0
                    || GraphLine.head(line, e) && (tracer || GraphLine.isCall(line));
            events += event ? 1 : 0;
            others += event ? 0 : 1;
        }
        boolean traceCmd = !lines.isEmpty()
                && lines.get(0).startsWith("version = ")
                && head.text().contains("cpus=");
        return html ? tracer || events > 0 : tracer || traceCmd || events > others;
    }

    private static boolean isHtml(Head head) {
        String text = head.text();
        return text.startsWith("<!DOCTYPE") || text.startsWith("<html");
    }

    private static boolean isKnownHeader(String line) {
        return line.startsWith("version = ")
                || line.startsWith("cpus=")
                || line.startsWith("CPU")
                || line.startsWith(" =>")
                || line.startsWith("=>");
    }

    @Override
    public List<FormatOption> options() {
        return List.of(KernelMapping.LANES, KernelMapping.CPUS, UNIT);
    }

    @Override
    public Mapping mapping(RecordInput input) throws IOException {
        unit(input);
        return KernelMapping.of(input);
    }

    private static long unit(RecordInput input) throws InputException {
        String unit = input.option(UNIT.name()).orElse("us");
        return switch (unit) {
            case "us" -> 1_000L;
            case "ns", "count" -> 1L;
            default ->
                throw new InputException(
                        input.name() + ": the option clock-unit is \"" + unit + "\"; it can be us, ns or count");
        };
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public RecordReader open(RecordInput input, ReadContext context) throws IOException {
        boolean byCpu = KernelMapping.byCpu(input);
        long unit = unit(input);
        boolean html = isHtml(Head.of(input.files()));
        return FileByFile.open(input, (file, number) -> new FtraceReader(file, number, context, byCpu, unit, html));
    }
}

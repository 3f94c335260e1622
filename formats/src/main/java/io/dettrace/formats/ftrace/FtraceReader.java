package io.dettrace.formats.ftrace;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.kernel.KernelEvent;
import io.dettrace.formats.kernel.Payload;
import io.dettrace.formats.kernel.Scheduling;
import io.dettrace.formats.kernel.TraceLines;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;

/** Reads the events of one file of ftrace text, a line each. */
final class FtraceReader implements RecordReader {
    /** Frames of a stack; deeper ones are left out. */
    static final int MAX_FRAMES = 1_000;

    private final InputFile file;
    private final int number;
    private final ReadContext context;
    private final TraceLines lines;
    private final EventRecord record = new EventRecord();
    private final Payload payload = new Payload(record);
    private final Scheduling scheduling;
    private final FtraceBody body = new FtraceBody(record, payload);
    private final KernelEvent event = new KernelEvent();
    private final Int2ObjectHashMap<KernelEvent> graphTasks = new Int2ObjectHashMap<>();
    private final long unit;
    private final boolean html;

    private boolean lineHeld;
    private boolean logged;
    private int arrow;
    private boolean graph;
    private String said = "";
    private String last = "";
    private long events;
    private long lastTime = KernelEvent.NO_TIME;

    FtraceReader(InputFile file, int number, ReadContext context, boolean byCpu, long unit, boolean html)
            throws IOException {
        this.file = file;
        this.number = number;
        this.context = context;
        this.unit = unit;
        this.html = html;
        scheduling = new Scheduling(record, payload, byCpu);
        lines = new TraceLines(file);
    }

    @Override
    public EventRecord record() {
        return record;
    }

    @Override
    public boolean next() throws IOException {
        record.clear();
        if (scheduling.hasSwitchIn()) {
            int bytes = lines.bytesFrom(arrow);
            record.at(number, lines.number(), lines.offset() + lines.length() - bytes, bytes);
            scheduling.switchIn();
            return true;
        }
        while (lineHeld || lines.advance()) {
            lineHeld = false;
            if (take(line())) {
                events++;
                return true;
            }
        }
        if (events == 0) {
            throw new InputException(
                    file.name() + ": there is no event in it" + (said.isEmpty() ? "" : "; it says \"" + said + "\""));
        }
        return false;
    }

    private String line() {
        String raw = lines.text();
        String text = FtraceLine.withoutPrintkTime(raw);
        logged = text != raw;
        return html && text.endsWith("\\n\\") ? text.substring(0, text.length() - 3) : text;
    }

    /** Fills the record from a line; false if the line is no event. */
    private boolean take(String line) throws IOException {
        int at = line.startsWith("#") ? -1 : FtraceLine.head(line, event, unit);
        if (at >= 0) {
            FtraceLine.body(line, at, event);
            arrow = line.indexOf("==>", event.payloadAt) + 3;
            record.at(number, lines.number(), lines.offset(), lines.length());
            fill();
            return true;
        }
        if (!line.startsWith("#") && GraphLine.head(line, event)) {
            graph = true;
            KernelEvent task = event.tid < 0 ? graphTasks.get(event.cpu) : null;
            if (task != null) {
                event.comm = task.comm;
                event.tid = task.tid;
            }
            record.at(number, lines.number(), lines.offset(), lines.length());
            fill();
            return true;
        }
        other(line);
        return false;
    }

    private void fill() throws IOException {
        if (event.time != KernelEvent.NO_TIME) {
            if (event.time < lastTime) {
                context.note("time_goes_back", "a line is earlier than the one before it", lines.place());
            }
            lastTime = event.time;
        }
        last = event.name;
        if (!FtraceBody.knows(event.name)) {
            scheduling.event(event);
            return;
        }
        scheduling.head(event, FtraceBody.kind(event));
        if (event.name.endsWith("_stack")) {
            stack();
        } else {
            body.add(event);
        }
    }

    /** Takes the lines {@code  => function} that follow, innermost first, as one field, outermost first. */
    private void stack() throws IOException {
        List<String> frames = new ArrayList<>();
        while (lines.advance()) {
            String line = line().strip();
            if (!line.startsWith("=> ") && !line.equals("=>")) {
                lineHeld = true;
                break;
            }
            if (frames.size() < MAX_FRAMES) {
                String frame = line.substring(2).strip();
                int space = frame.indexOf(' ');
                frames.add(Payload.withoutAddresses(space < 0 ? frame : frame.substring(0, space)));
            }
        }
        java.util.Collections.reverse(frames);
        record.text("stack", String.join(";", frames));
    }

    // ---- lines that are no events ----------------------------------------------------------------------------------

    private void other(String line) throws IOException {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("-----") && graph) {
            return;
        }
        if (text.startsWith("#")) {
            comment(text);
        } else if (text.startsWith("CPU") && text.contains("LOST") || text.contains("[EVENTS DROPPED]")) {
            context.note("lost_events", "the tracer lost events: \"" + text + "\"", lines.place());
        } else if (text.startsWith("CPU") && text.endsWith("is empty")) {
            context.note("empty_buffers", "a CPU has no events: \"" + text + "\"", lines.place());
        } else if (GraphLine.isSwitch(line, event)) {
            KernelEvent task = new KernelEvent();
            task.comm = event.comm;
            task.tid = event.tid;
            graphTasks.put(event.cpu, task);
        } else if (events == 0 || html) {
            header(text);
        } else if (logged) {
            if (!text.startsWith("-----")) {
                context.note(
                        "kernel_messages",
                        "a line of the kernel's log is no event: \"" + cut(text) + "\"",
                        lines.place());
            }
        } else if (FtraceBody.isPrint(last)) {
            context.note("continued_messages", "a printed message goes on in lines of its own", lines.place());
        } else {
            broken(text);
        }
    }

    private void comment(String text) {
        if (text.contains("buffer started")) {
            context.note(
                    "buffers_started", "a CPU's buffer starts later than the trace: \"" + text + "\"", lines.place());
        } else if (text.contains("entries-in-buffer")) {
            said = text.substring(1).strip();
        }
    }

    private void header(String text) {
        boolean known = text.startsWith("version =") || text.startsWith("cpus=") || text.startsWith("<");
        if (!known && !html) {
            context.note(
                    "header_lines", "a line before the first event is no event: \"" + cut(text) + "\"", lines.place());
        }
        if (said.isEmpty() && !text.startsWith("<")) {
            said = cut(text);
        }
    }

    private static String cut(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "..." : text;
    }

    private void broken(String text) throws InputException {
        String what = "expected \"comm-pid [cpu] time: event: ...\" and found \"" + cut(text) + "\"";
        if (!context.lenient()) {
            throw lines.broken(what + "; --lenient leaves such lines out and counts them");
        }
        context.note("broken_lines", what, lines.place());
    }

    @Override
    public long bytesRead() {
        return lines.bytesRead();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

package io.dettrace.formats.perf;

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
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the samples of one file of perf script: a head, and the lines of its stack up to a blank line or the next head. */
final class PerfReader implements RecordReader {
    /** Frames of a stack; the outer ones of a deeper one are left out. */
    static final int MAX_FRAMES = 1_000;

    /** Process and thread, or two of their numbers, in a record of the kernel's. */
    private static final Pattern TASKS = Pattern.compile("\\b\\d+([:/])\\d+\\b");

    private final InputFile file;
    private final int number;
    private final ReadContext context;
    private final TraceLines lines;
    private final EventRecord record = new EventRecord();
    private final Payload payload = new Payload(record);
    private final Scheduling scheduling;
    private final PerfLine line = new PerfLine();
    private final PerfTraceLine call = new PerfTraceLine();
    private final KernelEvent event = new KernelEvent();
    private final List<String> frames = new ArrayList<>();
    private final int period = record.path("period");
    private final int stack = record.path("stack");

    private boolean lineHeld;
    private long events;
    private long switchLine;
    private long switchOffset;
    private int switchLength;
    private long lastTime = KernelEvent.NO_TIME;
    private String said = "";

    PerfReader(InputFile file, int number, ReadContext context, boolean byCpu) throws IOException {
        this.file = file;
        this.number = number;
        this.context = context;
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
            record.at(number, switchLine, switchOffset, switchLength);
            scheduling.switchIn();
            return true;
        }
        while (lineHeld || lines.advance()) {
            lineHeld = false;
            if (take(lines.text())) {
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

    private boolean take(String text) throws IOException {
        if (text.isBlank()) {
            return false;
        }
        if (text.startsWith("#")) {
            said = said.isEmpty() && text.contains("cmdline")
                    ? text.substring(1).strip()
                    : said;
            return false;
        }
        if (line.read(text, event)) {
            sample();
            return true;
        }
        if (call.read(text, event)) {
            place();
            scheduling.head(event, event.name);
            payload.add(event.payload.replace(": ", "="));
            if (!call.result.isEmpty()) {
                payload.add("result", call.result);
            }
            return true;
        }
        if (text.contains("LOST") && text.contains("events")) {
            context.note("lost_events", "perf lost events: \"" + cut(text.strip()) + "\"", lines.place());
            return false;
        }
        broken(text.strip());
        return false;
    }

    private void place() {
        record.at(number, lines.number(), lines.offset(), lines.length());
        if (event.time != KernelEvent.NO_TIME) {
            if (event.time < lastTime) {
                context.note("time_goes_back", "a sample is earlier than the one before it", lines.place());
            }
            lastTime = event.time;
        }
    }

    private void sample() throws IOException {
        place();
        boolean tracepoint = !line.subsystem.isEmpty();
        if (tracepoint) {
            scheduling.event(event);
        } else {
            scheduling.head(event, event.name);
        }
        if (scheduling.hasSwitchIn()) {
            int bytes = lines.bytesFrom(event.payloadAt + event.payload.indexOf("==>") + 3);
            switchLine = lines.number();
            switchLength = bytes;
            switchOffset = lines.offset() + lines.length() - bytes;
        }
        if (line.period >= 0) {
            record.number(period, line.period);
        }
        String rest = event.payload.strip();
        if (event.name.startsWith("PERF_RECORD_")) {
            record.text("text", Payload.withoutAddresses(TASKS.matcher(rest).replaceAll("*$1*")));
        } else if (!tracepoint && !rest.isEmpty()) {
            int arrow = rest.indexOf(" => ");
            String target = arrow < 0 ? null : PerfLine.frame(rest.substring(arrow + 3));
            String inPlace = PerfLine.frame(" " + (target == null ? rest : rest.substring(0, arrow)));
            if (target != null && inPlace != null) {
                record.text("target", target);
            }
            if (inPlace == null) {
                payload.add(rest);
            } else {
                record.text(stack, inPlace);
                return;
            }
        }
        stack();
    }

    /** Takes the frames that follow, innermost first, as one field, outermost first. */
    private void stack() throws IOException {
        frames.clear();
        boolean any = false;
        while (lines.advance()) {
            String text = lines.text();
            if (text.isBlank()) {
                break;
            }
            String frame = PerfLine.beginsWithTask(text) ? null : PerfLine.frame(text);
            if (frame == null && !isSource(text)) {
                lineHeld = true;
                break;
            }
            any = true;
            if (frame != null && frames.size() < MAX_FRAMES) {
                frames.add(frame);
            }
        }
        if (any) {
            Collections.reverse(frames);
            record.text(stack, String.join(";", frames));
        }
    }

    /** The line of source behind a frame, as {@code -F +srcline} adds it. */
    private boolean isSource(String text) {
        return (text.startsWith("  ") || text.startsWith("\t")) && !line.read(text, new KernelEvent());
    }

    private void broken(String text) throws InputException {
        String what = "expected \"comm pid [cpu] time: event: ...\" and found \"" + cut(text) + "\"";
        if (!context.lenient()) {
            throw lines.broken(what + "; --lenient leaves such lines out and counts them");
        }
        context.note("broken_lines", what, lines.place());
    }

    private static String cut(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "..." : text;
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

package io.dettrace.formats.chrome;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.chrome.RawEvent.Member;
import io.dettrace.formats.chrome.Tracks.Operation;
import io.dettrace.formats.chrome.Tracks.Process;
import io.dettrace.formats.chrome.Tracks.Track;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.PathNumbers;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;
import java.util.PriorityQueue;

/**
 * Reads a trace-event file in two steps: all events into a sort by time, as the file's order is that of buffers and not of
 * time and names of lanes may come last; then in order, where lanes get their names, complete events become a begin and an end,
 * and flows become links.
 */
final class ChromeReader implements RecordReader {
    /** Complete events, and slices begun and not ended, at the same time. */
    static final int MAX_OPEN = 200_000;

    private static final String PHASES = "BEXIibneSTpFstfCPNODMVvRca(),=";

    private final InputFile file;
    private final ReadContext context;
    private final long unit;
    private final TraceEvents events;
    private final EventRecord raw = new EventRecord();
    private final EventRecord record = new EventRecord();
    private final Sorted sorted = new Sorted();
    private final Tracks tracks = new Tracks();
    private final Flows flows = new Flows();
    private final Stacks stacks;
    private final PriorityQueue<End> ends = new PriorityQueue<>();
    private Sorted.Event waiting;
    private boolean started;
    private boolean closed;
    private long begun;
    private final long most;
    private long openSlices;
    private long bytes;

    private final int process;
    private final int thread;
    private final int ph;
    private final int name;
    private final int cat;
    private final int ts;
    private final int pid;
    private final int tid;

    /** The end of a complete event that is still to come. */
    private record End(
            long time,
            long order,
            Track track,
            String name,
            String cat,
            String pid,
            String tid,
            boolean timed,
            int file,
            long line,
            long offset)
            implements Comparable<End> {
        /** What began last ends first. */
        @Override
        public int compareTo(End o) {
            return time != o.time ? Long.compare(time, o.time) : Long.compare(o.order, order);
        }
    }

    /** @param most elements that are read */
    ChromeReader(InputFile file, int number, ReadContext context, long unit, long most) throws IOException {
        this.most = most;
        this.file = file;
        this.context = context;
        this.unit = unit;
        events = new TraceEvents(file, number, context, raw);
        stacks = new Stacks(events.stackFrames());
        process = record.path("process");
        thread = record.path("thread");
        ph = record.path("ph");
        name = record.path("name");
        cat = record.path("cat");
        ts = record.path("ts_ns");
        pid = record.path("pid");
        tid = record.path("tid");
    }

    @Override
    public EventRecord record() {
        return record;
    }

    @Override
    public boolean next() throws IOException {
        if (!started) {
            started = true;
            readAll();
        }
        if (waiting == null) {
            waiting = sorted.next(unit);
        }
        record.clear();
        if (!ends.isEmpty() && (waiting == null || ends.peek().time <= waiting.key)) {
            end(ends.remove());
            return true;
        }
        if (waiting == null) {
            if (openSlices > 0) {
                context.note(
                        "never_ended", "slices that begin do not end in the trace: " + openSlices, file.name() + ":1");
                openSlices = 0;
            }
            return false;
        }
        Sorted.Event e = waiting;
        waiting = null;
        event(e);
        return true;
    }

    // ---- first step ------------------------------------------------------------------------------------------------

    private void readAll() throws IOException {
        long last = 0;
        long found = 0;
        while (found < most && events.next()) {
            RawEvent e = events.event();
            String phase = e.get(Member.PH);
            if (phase == null || phase.isEmpty()) {
                note("no_phase", "an element has no \"ph\", so it is no event", raw.line());
            } else if (phase.equals("M")) {
                tracks.name(
                        e.get(Member.NAME, ""), e.get(Member.PID, ""), e.get(Member.TID, ""), e.get(Member.METADATA));
            } else {
                long time = e.get(Member.TS) == null ? Micros.NONE : Micros.nanos(e.get(Member.TS), unit);
                if (time == Micros.NONE) {
                    note("no_time", "an event has no time; it is taken to happen with the one before it", raw.line());
                    e.member[Member.TS.ordinal()] = null;
                }
                last = time == Micros.NONE ? last : time;
                if (isTotal(e)) {
                    tracks.total(e.get(Member.PID, ""), e.get(Member.TID, ""), e.get(Member.NAME));
                }
                sorted.add(e, raw, last);
                found++;
            }
        }
        bytes = events.bytesRead();
        if (found == 0) {
            throw new InputException(file.name() + ": there is no event in it"
                    + (events.count() == 0
                            ? "; its array of events is empty"
                            : ", only " + events.count() + " of metadata"));
        }
        sorted.start();
    }

    /** A sum of {@code -ftime-trace}: {@code Total Source} from time 0 on, in a thread numbered by how long it took. */
    private static boolean isTotal(RawEvent e) {
        return e.get(Member.NAME, "").startsWith("Total ")
                && "X".equals(e.get(Member.PH))
                && "0".equals(e.get(Member.TS))
                && e.get(Member.CAT) == null;
    }

    // ---- second step -----------------------------------------------------------------------------------------------

    private void event(Sorted.Event e) throws InputException {
        String phase = e.get(Member.PH);
        long number = e.fields.line();
        if (phase.length() != 1 || PHASES.indexOf(phase.charAt(0)) < 0) {
            note(
                    "unknown_phases",
                    "the phase \"" + phase + "\" is not known; its events are taken as they are",
                    number);
        }
        record.at(e.fields.file(), number, e.fields.offset(), e.fields.length());
        String own = e.get(Member.NAME);
        switch (phase) {
            case "X" -> {
                Track track = track(e);
                head(e, track, "B", own);
                complete(e, track);
            }
            case "B" -> {
                Track track = track(e);
                head(e, track, "B", own);
                flow(e);
                if (openSlices < MAX_OPEN) {
                    track.open.addLast(own == null ? "" : own);
                    openSlices++;
                }
            }
            case "E" -> {
                Track track = track(e);
                head(e, track, "E", ended(track, own, number));
                flow(e);
            }
            case "b", "n", "e", "S", "T", "p", "F" -> async(e, phase, own);
            case "C" -> {
                Process in = tracks.process(e.get(Member.PID, ""));
                lane(e, in.lane, tracks.counter(in, own == null ? "" : own, e.get(Member.ID, "")), "C", own);
            }
            case "s", "t", "f" -> {
                head(e, track(e), phase, own);
                String key = e.get(Member.CAT, "") + "\n" + e.get(Member.NAME, "") + "\n" + id(e);
                flows.step(record, key, !phase.equals("s"), !phase.equals("f"), phase.equals("s"));
            }
            default -> {
                head(e, track(e), phase.equals("I") ? "i" : phase, own);
                flow(e);
            }
        }
        rest(e, phase);
    }

    private Track track(Sorted.Event e) {
        return tracks.thread(e.get(Member.PID, ""), e.get(Member.TID, ""));
    }

    private void head(Sorted.Event e, Track track, String phase, String as) {
        lane(e, track.process.lane, track.lane, phase, as);
    }

    private void lane(Sorted.Event e, String in, String lane, String phase, String as) {
        common(in, lane, phase, as, e.get(Member.CAT), e.get(Member.PID), e.get(Member.TID));
        if (e.get(Member.TS) != null) {
            record.number(ts, e.key);
        }
    }

    private void common(String in, String lane, String phase, String as, String category, String p, String t) {
        record.text(process, in);
        record.text(thread, lane);
        record.text(ph, phase);
        if (as != null) {
            record.text(name, as);
        }
        if (category != null) {
            record.text(cat, category);
        }
        if (p != null) {
            record.text(pid, p);
        }
        if (t != null) {
            record.text(tid, t);
        }
    }

    /** The name of the slice that ends: what it says, or that of the slice begun last. */
    private String ended(Track track, String own, long number) {
        String begun = track.open.pollLast();
        if (begun == null) {
            note("end_without_begin", "a slice ends that has not begun in the trace", number);
            return own;
        }
        openSlices--;
        if (own != null && !own.isEmpty() && !own.equals(begun)) {
            note("other_name_at_end", "a slice begins as \"" + begun + "\" and ends as \"" + own + "\"", number);
        }
        return own == null || own.isEmpty() ? begun : own;
    }

    private void complete(Sorted.Event e, Track track) throws InputException {
        flow(e);
        if (e.duration == Micros.NONE) {
            note("no_duration", "a complete event has no duration, so its end is not known", e.fields.line());
            return;
        }
        if (ends.size() >= MAX_OPEN) {
            throw InputException.at(
                    file.name(),
                    e.fields.line(),
                    0,
                    e.fields.offset(),
                    "more than " + MAX_OPEN + " complete events are open at the same time, which is the limit");
        }
        long length = Math.max(0, e.duration);
        long time = e.key > Long.MAX_VALUE - length ? Long.MAX_VALUE : e.key + length;
        ends.add(new End(
                time,
                begun++,
                track,
                e.get(Member.NAME),
                e.get(Member.CAT),
                e.get(Member.PID),
                e.get(Member.TID),
                e.get(Member.TS) != null,
                e.fields.file(),
                e.fields.line(),
                e.fields.offset() + Math.max(1, e.fields.length()) - 1));
    }

    private void end(End end) {
        common(end.track.process.lane, end.track.lane, "E", end.name, end.cat, end.pid, end.tid);
        if (end.timed) {
            record.number(ts, end.time);
        }
        record.at(end.file, end.line, end.offset, 1);
    }

    /** A slice that takes up or hands on a flow by {@code bind_id}. */
    private void flow(Sorted.Event e) {
        String bind = e.get(Member.BIND_ID);
        if (bind != null && (e.flowIn || e.flowOut)) {
            flows.step(record, "bind\n" + bind, e.flowIn, e.flowOut, e.flowOut && !e.flowIn);
        }
    }

    private void async(Sorted.Event e, String phase, String own) {
        Process in = tracks.process(e.get(Member.PID, ""));
        String id = id(e);
        if (id.isEmpty()) {
            note(
                    "async_without_id",
                    "an asynchronous event has no id; it is taken as one of its thread",
                    e.fields.line());
            head(e, track(e), phase, own);
            return;
        }
        boolean nestable = "bne".contains(phase);
        String key = e.get(Member.CAT, "") + "\n" + (nestable ? "" : e.get(Member.NAME, "")) + "\n" + id;
        Operation operation = tracks.operation(key, in, own == null ? "" : own);
        if (tracks.isFull()) {
            note(
                    "shared_lanes",
                    "beyond " + Tracks.MAX_TRACKS + " lanes, asynchronous operations of one name share one",
                    e.fields.line());
        }
        lane(e, operation.process, operation.lane, phase, own);
        record.text("id", id);
        if (phase.equals("b")) {
            operation.depth++;
        } else if (phase.equals("e") && --operation.depth <= 0 || phase.equals("F")) {
            tracks.end(key);
        }
    }

    /** Identity of an operation or flow; a local one is of its process. */
    private static String id(Sorted.Event e) {
        String local = e.get(Member.ID_LOCAL);
        if (local != null) {
            return e.get(Member.PID, "") + ":" + local;
        }
        String id = e.get(Member.ID_GLOBAL, e.get(Member.ID, ""));
        String scope = e.get(Member.SCOPE);
        return scope == null || id.isEmpty() ? id : scope + ":" + id;
    }

    private void rest(Sorted.Event e, String phase) {
        if (e.get(Member.S) != null) {
            record.text("s", e.get(Member.S));
        }
        boolean own = "CNOD(),=vV".contains(phase);
        if (own && !id(e).isEmpty()) {
            record.text("id", id(e));
        }
        String stack = e.get(Member.SF) == null ? "" : stacks.folded(e.get(Member.SF));
        boolean given = false;
        if (e.outside == null) {
            e.outside = new PathNumbers(record);
        }
        for (int i = 0; i < e.fields.size(); i++) {
            record.copy(e.fields, i, e.outside.of(e.fields, e.fields.path(i)));
            given |= !stack.isEmpty() && e.fields.pathOf(i).equals("stack");
        }
        if (!stack.isEmpty() && !given) {
            record.text("stack", stack);
        }
    }

    private void note(String code, String message, long number) {
        context.note(code, message, file.name() + ":" + number);
    }

    @Override
    public long bytesRead() {
        return Math.max(bytes, events.bytesRead());
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            events.close();
            sorted.close();
        }
    }
}

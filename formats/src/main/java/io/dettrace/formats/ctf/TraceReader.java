package io.dettrace.formats.ctf;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.ctf.TraceFiles.StreamFile;
import io.dettrace.formats.ctf.TraceFiles.Trace;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The events of all data streams, merged by time: a stream's events keep their order, and of several streams the one whose
 * next event is earliest comes first, at equal times the one whose file comes first.
 */
final class TraceReader implements RecordReader {
    /** Bytes of all windows together. */
    private static final int WINDOWS = 16 << 20;

    private static final int MIN_WINDOW = 8 << 10;
    private static final int MAX_WINDOW = 256 << 10;

    private static final Comparator<StreamReader> ORDER =
            Comparator.comparingLong(StreamReader::time).thenComparingInt(s -> s.file);

    private final EventRecord record = new EventRecord();
    private final List<StreamReader> streams = new ArrayList<>();
    private final PriorityQueue<StreamReader> waiting = new PriorityQueue<>(ORDER);
    private final Lanes lanes;
    private final int lanePath;
    private StreamReader current;
    private boolean started;

    /** Reads the input's traces from their starts. */
    TraceReader(RecordInput input, ReadContext context) throws IOException {
        List<Trace> traces = TraceFiles.load(input, record);
        for (InputFile file : TraceFiles.unread(input, traces)) {
            context.note("no_metadata", "no metadata says how the file is laid out; it is not read", file.name());
        }
        lanes = new Lanes(context);
        lanePath = record.path(Layouts.LANE);
        int files = traces.stream().mapToInt(t -> t.streams.size()).sum();
        int window = Math.max(MIN_WINDOW, Math.min(MAX_WINDOW, WINDOWS / Math.max(1, files)));
        try {
            for (Trace trace : traces) {
                for (StreamFile stream : trace.streams) {
                    streams.add(new StreamReader(trace, stream.number(), stream.file(), window, record, context));
                }
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public EventRecord record() {
        return record;
    }

    @Override
    public boolean next() throws IOException {
        while (goOn()) {
            if (current.read()) {
                record.text(lanePath, lanes.lane(current));
                if (lanes.wakeup() != 0) {
                    record.text(Layouts.WAKEUP, "w" + lanes.wakeup());
                }
                if (lanes.wokenBy() != 0) {
                    record.text(Layouts.WOKEN_BY, "w" + lanes.wokenBy());
                }
                return true;
            }
        }
        return false;
    }

    /** Makes the stream with the earliest event the current one. */
    private boolean goOn() throws IOException {
        if (!started) {
            started = true;
            for (StreamReader stream : streams) {
                queue(stream);
            }
        } else if (current != null) {
            if (current.advance()) {
                if (waiting.isEmpty() || ORDER.compare(current, waiting.peek()) <= 0) {
                    return true;
                }
                waiting.add(current);
            } else {
                current.close();
            }
        }
        current = waiting.poll();
        return current != null;
    }

    private void queue(StreamReader stream) throws IOException {
        if (stream.advance()) {
            waiting.add(stream);
        } else {
            stream.close();
        }
    }

    @Override
    public long bytesRead() {
        long sum = 0;
        for (StreamReader stream : streams) {
            sum += stream.bytesRead();
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        for (StreamReader stream : streams) {
            stream.close();
        }
    }
}

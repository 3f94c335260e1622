package io.dettrace.formats.log;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.FileByFile;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.formats.record.RecordSort;
import io.dettrace.normalize.MappingInference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Several logs as one: every event gets its file's name, and the events of all files come in the order of their times. The order
 * inside a file is never changed; an event without a time, or with one before that of its predecessor, stays behind that.
 */
final class MergedLogs implements RecordReader {
    /** Files that are read at the same time; more are sorted through temporary files. */
    static final int MAX_OPEN = 200;

    private static final Comparator<Source> ORDER =
            Comparator.comparingLong((Source s) -> s.time).thenComparingInt(s -> s.number);

    private final List<Source> sources = new ArrayList<>();
    private final PriorityQueue<Source> waiting = new PriorityQueue<>(ORDER);
    private final EventRecord record = new EventRecord();
    private final int filePath = record.path(MappingInference.FILE);
    private Source last;

    /** A file that is read. */
    private static final class Source {
        final RecordReader reader;
        final String name;
        final int number;
        final int timePath;
        long time = Long.MIN_VALUE;

        Source(RecordReader reader, String name, int number) {
            this.reader = reader;
            this.name = name;
            this.number = number;
            timePath = reader.record().path("time_ns");
        }

        boolean next() throws IOException {
            if (!reader.next()) {
                return false;
            }
            time = Math.max(time, timeOf(reader.record(), timePath));
            return true;
        }
    }

    private MergedLogs() {}

    /** The events of all files of the input. */
    static RecordReader open(RecordInput input, ReadContext context, FileByFile.Opener opener) throws IOException {
        if (input.files().size() > MAX_OPEN) {
            return sorted(input, opener);
        }
        MergedLogs merged = new MergedLogs();
        List<String> labels = input.labels();
        try {
            for (int i = 0; i < input.files().size(); i++) {
                Source source = new Source(opener.open(input.files().get(i), i), labels.get(i), i);
                merged.sources.add(source);
                if (source.next()) {
                    merged.waiting.add(source);
                }
            }
            return merged;
        } catch (IOException | RuntimeException e) {
            merged.close();
            throw e;
        }
    }

    private static RecordReader sorted(RecordInput input, FileByFile.Opener opener) throws IOException {
        RecordSort sort = new RecordSort();
        try (RecordReader all = FileByFile.open(input, opener)) {
            long time = Long.MIN_VALUE;
            int file = -1;
            while (all.next()) {
                EventRecord e = all.record();
                time = e.file() == file ? time : Long.MIN_VALUE;
                file = e.file();
                time = Math.max(time, timeOf(e, e.path("time_ns")));
                sort.add(e, time);
            }
            return sort.sorted();
        } catch (IOException | RuntimeException e) {
            sort.close();
            throw e;
        }
    }

    private static long timeOf(EventRecord event, int path) {
        return event.size() > 0 && event.path(0) == path ? Long.parseLong(event.value(0)) : Long.MIN_VALUE;
    }

    @Override
    public EventRecord record() {
        return record;
    }

    @Override
    public boolean next() throws IOException {
        if (last != null && last.next()) {
            waiting.add(last);
        }
        last = waiting.poll();
        if (last == null) {
            return false;
        }
        EventRecord from = last.reader.record();
        record.clear();
        for (int i = 0; i < from.size(); i++) {
            record.copy(from, i);
        }
        record.text(filePath, last.name);
        record.at(from.file(), from.line(), from.offset(), from.length());
        return true;
    }

    @Override
    public long bytesRead() {
        long sum = 0;
        for (Source s : sources) {
            sum += s.reader.bytesRead();
        }
        return sum;
    }

    @Override
    public void close() throws IOException {
        for (Source s : sources) {
            s.reader.close();
        }
    }
}

package io.dettrace.formats.jfr;

import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.formats.record.RecordSort;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives the sorted events their lanes: a thread's name, and a number where several threads have one name or none, in the
 * order in which they first appear. An entered monitor is linked to the last event of the thread that held it.
 */
final class ThreadLanes implements RecordReader {
    /** Path of the thread's own name in the sort. */
    static final String NAME = "~name";

    /** Path of the thread's number in the sort. */
    static final String ID = "~id";

    /** Path of the number of the thread that held the monitor. */
    static final String OWNER = "~owner";

    /** Path of the lane. */
    static final String THREAD = "thread";

    /** Path of the event's own number. */
    static final String EVENT = "event";

    /** Path of the number of the event that must have come before. */
    static final String AFTER = "after";

    private static final String UNNAMED = "unnamed";

    private final RecordReader sorted;
    private final Closeable file;
    private final EventRecord record = new EventRecord();
    private final Map<Long, String> laneById = new HashMap<>();
    private final Map<String, Integer> named = new HashMap<>();
    private final Map<Long, Long> lastById = new HashMap<>();
    private long events;
    private boolean closed;

    /** Reads from the sort; closes it, and {@code file}. */
    ThreadLanes(RecordSort sort, Closeable file) throws IOException {
        sorted = sort.sorted();
        this.file = file;
    }

    @Override
    public EventRecord record() {
        return record;
    }

    @Override
    public boolean next() throws IOException {
        if (!sorted.next()) {
            return false;
        }
        EventRecord from = sorted.record();
        long id = Long.parseLong(from.value(ID));
        String owner = from.value(OWNER);
        String name = from.value(NAME);
        record.clear();
        events++;
        record.text(THREAD, id == 0 ? name : laneById.computeIfAbsent(id, i -> lane(name)));
        record.text(EVENT, Long.toString(events));
        Long held = owner == null ? null : lastById.get(Long.parseLong(owner));
        if (held != null) {
            record.text(AFTER, held.toString());
        }
        for (int i = 0; i < from.size(); i++) {
            if (from.pathOf(i).charAt(0) != '~') {
                record.copy(from, i);
            }
        }
        lastById.put(id, events);
        record.at(from.file(), from.line(), from.offset(), from.length());
        return true;
    }

    private String lane(String name) {
        String base = name.isEmpty() ? UNNAMED : name;
        int n = named.merge(base, 1, Integer::sum);
        return n == 1 && !name.isEmpty() ? base : base + "#" + n;
    }

    @Override
    public long bytesRead() {
        return sorted.bytesRead();
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try {
                sorted.close();
            } finally {
                file.close();
            }
        }
    }
}

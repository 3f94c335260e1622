package io.dettrace.formats.merge;

import io.dettrace.event.Field;
import io.dettrace.event.SourceRef;
import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds events with all their fields by their places, which come almost in the order of the files: readers put lanes with
 * vector clocks in order. What is passed over is kept for a while; what was kept too long is fetched by its place.
 */
final class PlacedRecords implements Closeable {
    /** Records that are kept. */
    static final int MAX_KEPT = 20_000;

    /** Bytes of values that are kept. */
    static final long MAX_KEPT_BYTES = 32L << 20;

    private final OpenedRun run;
    private final RecordReader records;
    private final Map<SourceRef, EventRecord> kept = new LinkedHashMap<>();
    private long keptBytes;

    PlacedRecords(OpenedRun run) throws IOException {
        this.run = run;
        records = run.records(run.context());
    }

    /** The event at a place; valid until the next call. */
    EventRecord at(SourceRef place) throws IOException {
        EventRecord known = kept.remove(place);
        if (known != null) {
            keptBytes -= size(known);
            return known;
        }
        while (records.next()) {
            EventRecord found = records.record();
            SourceRef here = new SourceRef(found.file(), found.line(), found.offset(), found.length());
            if (here.equals(place)) {
                return found;
            }
            keep(here, copy(found));
        }
        return fetch(place);
    }

    private void keep(SourceRef place, EventRecord record) {
        kept.put(place, record);
        keptBytes += size(record);
        Iterator<EventRecord> eldest = kept.values().iterator();
        while (kept.size() > MAX_KEPT || keptBytes > MAX_KEPT_BYTES) {
            keptBytes -= size(eldest.next());
            eldest.remove();
        }
    }

    private static long size(EventRecord record) {
        return record.size() == 0 ? 0 : record.end(record.size() - 1);
    }

    static EventRecord copy(EventRecord from) {
        EventRecord copy = new EventRecord();
        for (int i = 0; i < from.size(); i++) {
            copy.copy(from, i);
        }
        copy.at(from.file(), from.line(), from.offset(), from.length());
        return copy;
    }

    private EventRecord fetch(SourceRef place) throws IOException {
        EventRecord record = new EventRecord();
        for (Field f : run.run().original(place).fields()) {
            byte[] value = f.text().getBytes(StandardCharsets.UTF_8);
            record.value(record.path(f.path()), f.type(), value, 0, value.length);
        }
        record.at(place.file(), place.line(), place.offset(), place.length());
        return record;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}

package io.dettrace.formats.sigrok;

import io.dettrace.formats.record.EventRecord;
import java.util.ArrayList;
import java.util.List;

/** Something that a decoder found on the wire, from its first sample to the one behind its last. */
final class WireEvent {
    /** The bus, or the direction of a bus. */
    final String lane;

    /** What it is. */
    final String kind;

    /** The sample at which it begins. */
    final long start;

    private long end;
    private final List<String> paths = new ArrayList<>(4);
    private final List<Object> values = new ArrayList<>(4);

    WireEvent(String lane, String kind, long start, long end) {
        this.lane = lane;
        this.kind = kind;
        this.start = start;
        this.end = end;
    }

    WireEvent with(String path, String value) {
        paths.add(path);
        values.add(value);
        return this;
    }

    WireEvent with(String path, long value) {
        paths.add(path);
        values.add(value);
        return this;
    }

    WireEvent with(String path, boolean value) {
        paths.add(path);
        values.add(value);
        return this;
    }

    /** The sample behind its last. */
    long end() {
        return end;
    }

    /** The value of a field, or null. */
    Object value(String path) {
        int i = paths.indexOf(path);
        return i < 0 ? null : values.get(i);
    }

    /** Adds the fields to a record. */
    void write(EventRecord record) {
        for (int i = 0; i < paths.size(); i++) {
            Object value = values.get(i);
            if (value instanceof Long number) {
                record.number(paths.get(i), number);
            } else if (value instanceof Boolean flag) {
                record.flag(record.path(paths.get(i)), flag);
            } else {
                record.text(paths.get(i), (String) value);
            }
        }
    }
}

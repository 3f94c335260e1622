package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.formats.record.RecordSort;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.agrona.collections.Long2LongHashMap;

/**
 * Takes the spans and log records of all files in any order and gives them back trace by trace, in the order in which the
 * traces first appeared. Memory is bounded whatever the files' size, but for 24 bytes a trace.
 */
final class SpanStore implements SpanSink, Closeable {
    /** Attributes that a span, an event or a log record may have; more are left out with a note. */
    static final int MAX_ATTRIBUTES = 1_024;

    /** Different attribute names in an input; attributes of other names are left out with a note. */
    static final int MAX_KEYS = 10_000;

    /** Characters of one attribute's value that are kept. */
    static final int MAX_VALUE = 32_768;

    /** Traces whose order of appearance is kept; later ones come in an order of their identifiers. */
    static final int MAX_TRACES = 2_000_000;

    // Paths of the stored records; one character each, because every record holds them.
    static final String IS = "i";
    static final String TRACE_HIGH = "h";
    static final String TRACE_LOW = "l";
    static final String SPAN = "s";
    static final String PARENT = "p";
    static final String NAME = "n";
    static final String KIND = "k";
    static final String START = "b";
    static final String END = "e";
    static final String FLAGS = "f";
    static final String STATUS = "m";
    static final String ORIGIN = "o";
    static final String LINKS = "x";
    static final String SEVERITY = "v";
    static final String BODY = "t";
    static final String LAST_LINE = "z";
    static final String ATTRIBUTE = "A.";

    static final long IS_SPAN = 0;
    static final long IS_EVENT = 1;
    static final long IS_LOG = 2;
    static final long ERROR = 1;
    static final long FOLLOWS = 2;
    static final long SHARED = 4;

    private static final long MILLISECOND = 1_000_000;
    private static final long NEW = -1;

    private final List<InputFile> files;
    private final ReadContext context;
    private final Origins origins = new Origins();
    private final RecordSort sort = new RecordSort();
    private final EventRecord record = new EventRecord();
    private final Long2LongHashMap traces = new Long2LongHashMap(NEW);
    private final Set<String> keys = new HashSet<>();
    private final long most;
    private long records;
    private boolean fineSpans;
    private boolean fineLogs;
    private boolean hasLogs;

    /** The store holds as many spans and log records as it was to take. */
    static final class Full extends IOException {
        private static final long serialVersionUID = 1L;

        Full() {
            super("the store is full");
        }
    }

    SpanStore(List<InputFile> files, ReadContext context, long most) {
        this.most = most;
        this.files = files;
        this.context = context;
    }

    Origins origins() {
        return origins;
    }

    @Override
    public int open() {
        return origins.open();
    }

    @Override
    public void define(int origin, List<Field> resource, String service, String scope) {
        origins.define(origin, Origins.of(resource, service, scope));
    }

    @Override
    public void close(int origin) {
        // The meaning is needed until the last event is read.
    }

    @Override
    public int origin(List<Field> resource, String service, String scope) {
        return origins.of(Origins.of(resource, service, scope));
    }

    @Override
    public ReadContext context() {
        return context;
    }

    /** True if log records have times in whole milliseconds and spans finer ones, so that their order is not known. */
    boolean logsAreCoarse() {
        return hasLogs && fineSpans && !fineLogs;
    }

    @Override
    public String at(Place place) {
        return files.get(place.file()).name() + ":" + place.line();
    }

    @Override
    public void reject(Place place, String what) throws InputException {
        if (!context.lenient()) {
            throw InputException.at(
                    files.get(place.file()).name(),
                    place.line(),
                    0,
                    place.offset(),
                    what + "; --lenient leaves such records out and counts them");
        }
        context.note("broken_records", what, at(place));
    }

    @Override
    public void add(Span span) throws IOException {
        if (span.problem != null) {
            reject(span.place, span.problem);
            return;
        }
        for (Moment event : span.events) {
            if (event.problem != null) {
                reject(event.place, event.problem);
                return;
            }
        }
        fineSpans |= span.start != Moment.UNKNOWN && span.start % MILLISECOND != 0;
        record.clear();
        begin(IS_SPAN, span.trace, span.id, span.place);
        if (span.place.lastLine() != span.place.line()) {
            record.number(LAST_LINE, span.place.lastLine());
        }
        record.number(PARENT, span.parent);
        record.text(NAME, value(span.name, span.place));
        record.number(KIND, span.kind.ordinal());
        if (span.start != Moment.UNKNOWN) {
            record.number(START, span.start);
        }
        if (span.end != Moment.UNKNOWN) {
            record.number(END, span.end);
        }
        record.number(FLAGS, (span.error ? ERROR : 0) | (span.follows ? FOLLOWS : 0) | (span.shared ? SHARED : 0));
        if (!span.statusMessage.isEmpty()) {
            record.text(STATUS, value(span.statusMessage, span.place));
        }
        record.number(ORIGIN, span.origin);
        if (!span.links.isEmpty()) {
            record.text(LINKS, links(span.links));
        }
        attributes(span.attributes, span.place);
        store(span.trace, span.place);
        for (Moment event : span.events) {
            record.clear();
            begin(IS_EVENT, span.trace, span.id, event.place);
            record.number(KIND, span.kind.ordinal());
            record.text(NAME, value(event.name, event.place));
            record.number(ORIGIN, span.origin);
            if (event.time != Moment.UNKNOWN) {
                record.number(START, event.time);
            }
            attributes(event.attributes, event.place);
            store(span.trace, event.place);
        }
    }

    @Override
    public void addLog(Moment log) throws IOException {
        if (log.problem != null) {
            reject(log.place, log.problem);
            return;
        }
        hasLogs = true;
        fineLogs |= log.time != Moment.UNKNOWN && log.time % MILLISECOND != 0;
        record.clear();
        begin(IS_LOG, log.trace, log.span, log.place);
        record.text(NAME, value(log.name, log.place));
        record.number(ORIGIN, log.origin);
        if (log.time != Moment.UNKNOWN) {
            record.number(START, log.time);
        }
        record.text(SEVERITY, log.severity);
        record.text(BODY, value(log.body, log.place));
        attributes(log.attributes, log.place);
        store(log.trace, log.place);
    }

    @Override
    public void add(MetricPoint point) {
        context.note("metrics_left_out", "points of metrics, which are no events; left out", at(point.place()));
    }

    private void begin(long is, TraceId trace, long span, Place place) {
        record.number(IS, is);
        record.number(TRACE_HIGH, trace.high());
        record.number(TRACE_LOW, trace.low());
        record.number(SPAN, span);
        record.at(place.file(), place.line(), place.offset(), place.length());
    }

    private static String links(List<Span.Link> links) {
        StringBuilder text = new StringBuilder();
        for (Span.Link link : links) {
            text.append(link.trace().hex()).append(Ids.hex(link.span()));
        }
        return text.toString();
    }

    private void attributes(List<Field> attributes, Place place) {
        int kept = 0;
        Set<String> once = new HashSet<>();
        for (Field f : attributes) {
            if (!once.add(f.path())) {
                context.note("repeated_attributes", "attributes given twice; the first counts", at(place));
            } else if (kept == MAX_ATTRIBUTES) {
                context.note("attributes_left_out", "attributes beyond " + MAX_ATTRIBUTES + " of a span", at(place));
                return;
            } else if (isKnown(f.path())) {
                kept++;
                attribute(f, place);
            } else {
                context.note("attributes_left_out", "attributes beyond " + MAX_KEYS + " different names", at(place));
            }
        }
    }

    private boolean isKnown(String key) {
        return keys.contains(key) || keys.size() < MAX_KEYS && key.length() <= MAX_VALUE && keys.add(key);
    }

    private void attribute(Field f, Place place) {
        int path = record.path(ATTRIBUTE + f.path());
        switch (f.type()) {
            case STRING -> record.text(path, value(f.text(), place));
            case NUMBER -> record.decimal(path, f.text());
            case BOOLEAN -> record.flag(path, f.text().equals("true"));
            case NULL -> record.nothing(path);
            case COMPOSITE -> {
                if (f.text().length() > MAX_VALUE) {
                    record.text(path, value(f.text(), place));
                } else {
                    record.json(path, f.text());
                }
            }
        }
    }

    private String value(String text, Place place) {
        if (text.length() <= MAX_VALUE) {
            return text;
        }
        context.note(
                "long_values",
                String.format(Locale.ROOT, "values of more than %,d characters, cut there", MAX_VALUE),
                at(place));
        return text.substring(0, MAX_VALUE);
    }

    private void store(TraceId trace, Place place) throws IOException {
        long key = trace.key();
        long ordinal = traces.get(key);
        if (ordinal == NEW) {
            ordinal = traces.size() < MAX_TRACES ? traces.size() : 1L << 62 | key >>> 2;
            if (traces.size() < MAX_TRACES) {
                traces.put(key, ordinal);
            }
        }
        if (records++ == most) {
            throw new Full();
        }
        try {
            sort.add(record, ordinal);
        } catch (EventRecord.TooLarge e) {
            reject(place, e.getMessage());
        }
    }

    /** All that was added, trace by trace. Closing the reader closes this. */
    RecordReader byTrace() throws IOException {
        return sort.sorted();
    }

    @Override
    public void close() throws IOException {
        sort.close();
    }
}

package io.dettrace.formats.spans;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.formats.record.RecordSort;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The events of all traces of an input in the order of time. Spans of a trace are scattered over files, so all are read and
 * sorted by trace first, then each trace's events are sorted by time; both sorts use temporary files. Requests of one name
 * are numbered in the order of their first events.
 */
final class SpanEvents implements RecordReader {
    /** Requests that are numbered by name; beyond it every further name is refused. */
    static final int MAX_NAMES = 100_000;

    private final RecordInput input;
    private final ReadContext context;
    private final Parser parser;
    private final EventRecord record = new EventRecord();
    private final Map<String, Integer> requests = new HashMap<>();
    private final Map<Long, Open> open = new HashMap<>();
    private final Map<String, Map<String, Integer>> instances = new HashMap<>();
    private SpanStore store;
    private final long most;
    private RecordSort sort;
    private RecordReader sorted;
    private boolean closed;

    /** Reads a file's spans and log records. */
    interface Parser {
        /** Reads file number {@code number} of the input. */
        void read(InputFile file, int number, SpanSink sink) throws IOException;
    }

    /** A trace some of whose events are still to come. */
    private static final class Open {
        private final int number;
        private long left;

        Open(int number, long left) {
            this.number = number;
            this.left = left;
        }
    }

    SpanEvents(RecordInput input, ReadContext context, Parser parser) {
        this(input, context, parser, Long.MAX_VALUE);
    }

    /** @param most spans and log records that are read */
    SpanEvents(RecordInput input, ReadContext context, Parser parser, long most) {
        this.most = most;
        this.input = input;
        this.context = context;
        this.parser = parser;
    }

    @Override
    public EventRecord record() {
        return record;
    }

    @Override
    public boolean next() throws IOException {
        if (sorted == null) {
            if (closed) {
                return false;
            }
            prepare();
        }
        if (!sorted.next()) {
            return false;
        }
        take(sorted.record());
        return true;
    }

    private void prepare() throws IOException {
        store = new SpanStore(input.files(), context, most);
        try {
            for (int i = 0; i < input.files().size(); i++) {
                parser.read(input.files().get(i), i, store);
            }
        } catch (SpanStore.Full enough) {
            // What was asked for is there.
        }
        sort = new RecordSort();
        TraceAssembler assembler = new TraceAssembler(store, sort);
        try (RecordReader stored = store.byTrace()) {
            boolean inTrace = false;
            long trace = 0;
            while (stored.next()) {
                EventRecord r = stored.record();
                long key = new TraceId(
                                Long.parseLong(r.value(SpanStore.TRACE_HIGH)),
                                Long.parseLong(r.value(SpanStore.TRACE_LOW)))
                        .key();
                if (key == 0 && r.value(SpanStore.IS).equals(Long.toString(SpanStore.IS_LOG))) {
                    assembler.loose(r);
                    continue;
                }
                if (!inTrace || key != trace) {
                    if (inTrace) {
                        assembler.end();
                    }
                    assembler.begin();
                    inTrace = true;
                    trace = key;
                }
                assembler.add(r);
            }
            if (inTrace) {
                assembler.end();
            }
        }
        sorted = sort.sorted();
    }

    private void take(EventRecord from) throws IOException {
        record.clear();
        record.at(from.file(), from.line(), from.offset(), from.length());
        int first = 0;
        for (int i = 0; i < from.size() && first == 0; i++) {
            first = from.pathOf(i).equals(SpanMapping.TIME) ? i + 1 : 0;
            if (first > 0) {
                record.copy(from, i);
            }
        }
        record.text(SpanMapping.LANE, lane(from));
        for (int i = 0; i < from.size(); i++) {
            String path = from.pathOf(i);
            if (i != first - 1 && path.charAt(0) != '\0') {
                record.copy(from, i);
            }
        }
    }

    private String lane(EventRecord from) throws IOException {
        String service = from.value(TraceAssembler.SERVICE_PART);
        String name = from.value(TraceAssembler.ROOT_NAME);
        String branch = from.value(TraceAssembler.BRANCH);
        String trace = from.value(TraceAssembler.TRACE);
        if (trace == null) {
            Map<String, Integer> of = instances.computeIfAbsent(service, s -> new HashMap<>());
            int number = of.computeIfAbsent(branch, i -> of.size() + 1);
            return service + (number == 1 ? "" : "(" + number + ")") + (name.isEmpty() ? "" : "/" + name);
        }
        String root = from.value(TraceAssembler.ROOT_SERVICE);
        Open of = open.get(Long.parseLong(trace));
        if (of == null) {
            String owner = root.isEmpty() ? from.value(SpanMapping.SERVICE) : root;
            if (requests.size() >= MAX_NAMES && !requests.containsKey(owner + '\0' + name)) {
                throw new io.dettrace.event.InputException(
                        input.name() + ": the traces' roots have more than " + MAX_NAMES
                                + " different names, so they name no kinds of requests; are these names identifiers?");
            }
            int number = requests.merge(owner + '\0' + name, 1, Integer::sum);
            of = new Open(number, Long.parseLong(from.value(TraceAssembler.COUNT)));
            open.put(Long.parseLong(trace), of);
        }
        if (--of.left == 0) {
            open.remove(Long.parseLong(trace));
        }
        return service + "/" + (root.isEmpty() ? "" : root + " ") + name + "#" + of.number + branch;
    }

    @Override
    public long bytesRead() {
        return sorted == null ? 0 : sorted.bytesRead();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (sorted != null) {
            sorted.close();
        }
        if (sort != null) {
            sort.close();
        }
        if (store != null) {
            store.close();
        }
    }
}

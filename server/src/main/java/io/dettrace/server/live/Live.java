package io.dettrace.server.live;

import io.dettrace.event.Field;
import io.dettrace.incident.culprit.Culprit;
import io.dettrace.server.live.WindowReport.State;
import io.dettrace.telemetry.TelemetryMetric;
import io.dettrace.telemetry.TelemetryResource;
import io.dettrace.telemetry.TelemetrySpan;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Open requests, open windows and the baseline, stepped by a clock from outside: a state that is the same whenever the same comes
 * at the same times. Times are in milliseconds since the epoch. Not thread-safe.
 */
final class Live {
    /** Names held at once. */
    static final int MAX_NAMES = 200_000;

    /** Attributes of a point of a metric that are kept. */
    private static final int MAX_POINT_ATTRIBUTES = 16;

    private static final long TICK = 1000;
    private static final long NANOS = 1_000_000;

    private final LiveOptions options;
    private final long length;
    private final RootFinder roots = new RootFinder();
    final Counts counts;
    final Symbols symbols = new Symbols(MAX_NAMES);
    final Assembler assembler;
    final TreeMap<Long, WindowSample> windows = new TreeMap<>();
    final Deque<WindowSample> closed = new ArrayDeque<>();
    final Baseline baseline;
    /** Start of the first window that is not closed; 0 before the first tick. */
    long nextClose;
    /** The last whole second up to which everything was done; 0 before the first. */
    long ticked;
    /** Departing windows in a row. */
    int departing;

    long departingSince;
    int sample;
    private boolean judging;
    /** Spans and log records of complete requests. */
    private long stored;

    private long reportedShed;

    Live(LiveOptions options, Counts counts) {
        this.options = options;
        this.counts = counts;
        length = options.window().toMillis();
        assembler = new Assembler(new RequestWriter(symbols), counts);
        baseline = new Baseline(options.baselineWindows());
        sample = options.sample();
    }

    /** Spans and log records held in memory. */
    long items() {
        return assembler.items() + stored;
    }

    private void recount() {
        stored = windows.values().stream().mapToLong(WindowSample::items).sum()
                + closed.stream().mapToLong(WindowSample::items).sum()
                + baseline.items();
    }

    // ---- what comes ------------------------------------------------------------------------------------------------

    /** Takes what came at a time, which must not be before that of the last call of {@link #advance}. */
    void take(Batch batch, long now) {
        advance(now);
        batch.spans.forEach(s -> assembler.take(s, now));
        batch.logs.forEach(l -> assembler.take(l, now));
        batch.metrics.forEach(this::take);
        counts.add(Counter.RECEIVED_SPANS, batch.spans.size());
        counts.add(Counter.RECEIVED_LOGS, batch.logs.size());
        counts.add(Counter.RECEIVED_METRICS, batch.metrics.size());
    }

    private void take(TelemetryMetric point) {
        long start = windowOf(point.time());
        if (start < nextClose || start > ticked + length || !window(start).add(slim(point))) {
            counts.add(Counter.DROPPED_METRICS, 1);
        }
    }

    /** A point without its resource's attributes, which nothing asks for, and with texts that are cut. */
    private static TelemetryMetric slim(TelemetryMetric p) {
        TelemetryResource r = p.resource();
        return new TelemetryMetric(
                new TelemetryResource(cut(r.service()), cut(r.instance()), cut(r.version()), List.of()),
                cut(p.name()),
                cut(p.unit()),
                p.time(),
                p.value(),
                p.attributes().stream()
                        .limit(MAX_POINT_ATTRIBUTES)
                        .map(f -> new Field(cut(f.path()), f.type(), cut(f.text())))
                        .toList());
    }

    private static String cut(String text) {
        return text.length() <= Symbols.MAX_LENGTH ? text : text.substring(0, Symbols.MAX_LENGTH);
    }

    // ---- time ------------------------------------------------------------------------------------------------------

    /** Does what is due up to a time: gives up waiting for requests, closes windows. */
    void advance(long now) {
        long until = Math.floorDiv(now, TICK) * TICK;
        if (ticked == 0) {
            ticked = until;
            nextClose = Math.floorDiv(now, length) * length - length;
        }
        while (ticked < until) {
            ticked = isIdle() ? until : ticked + TICK;
            tick(ticked);
        }
    }

    private boolean isIdle() {
        return assembler.size() == 0 && windows.isEmpty();
    }

    private void tick(long now) {
        long quietSince = now - options.hold().toMillis();
        place(r -> r.last <= quietSince);
        long due = Math.floorDiv(now - options.lateness().toMillis(), length) * length;
        while (nextClose < due) {
            long next = nextClose;
            if (isIdle()) {
                nextClose = due;
                break;
            }
            long end = (next + length) * NANOS;
            place(r -> r.start < end);
            nextClose = next + length;
            WindowSample window = windows.remove(next);
            if (window != null && !window.entries.isEmpty()) {
                closed.addLast(window);
            }
        }
    }

    private void place(Predicate<OpenRequest> complete) {
        List<OpenRequest> released = assembler.release(complete);
        if (released.isEmpty()) {
            return;
        }
        RequestReader reader = new RequestReader(symbols.copy());
        for (OpenRequest request : released) {
            if (request.spans == 0) {
                counts.add(Counter.DROPPED_LOGS_WITHOUT_SPAN, request.logs);
            } else {
                place(request, reader);
            }
        }
        shrink();
    }

    private void place(OpenRequest request, RequestReader reader) {
        byte[] bytes = request.bytes.copy();
        reader.read(bytes, request.traceHigh, request.traceLow, roots);
        TelemetrySpan root = roots.root();
        long start = windowOf(root.start());
        if (start < nextClose) {
            counts.add(Counter.DROPPED_LATE, request.spans + request.logs);
        } else if (start > ticked + length) {
            counts.add(Counter.DROPPED_FUTURE, request.spans);
        } else {
            int entry = symbols.of(root.resource().service() + " " + root.name());
            window(start)
                    .add(
                            new StoredRequest(
                                    request.traceHigh, request.traceLow, entry, request.spans + request.logs, bytes),
                            sample);
        }
    }

    private long windowOf(long nanos) {
        return Math.floorDiv(nanos / NANOS, length) * length;
    }

    private WindowSample window(long start) {
        return windows.computeIfAbsent(start, WindowSample::new);
    }

    /** Makes samples smaller until they fill no more than half of the memory: the rest is for requests that come. */
    private void shrink() {
        recount();
        while (sample > 1 && stored > options.maxItems() / 2) {
            sample = Math.max(1, sample / 2);
            windows.values().forEach(w -> w.trim(sample));
            closed.forEach(w -> w.trim(sample));
            baseline.trim(sample);
            recount();
        }
    }

    // ---- judging ---------------------------------------------------------------------------------------------------

    /** The next closed window to be judged, if none is being judged. */
    Optional<Judgement> next() {
        if (judging || closed.isEmpty()) {
            return Optional.empty();
        }
        judging = true;
        boolean learning = baseline.size() < options.learningWindows();
        return Optional.of(
                new Judgement(closed.getFirst(), baseline, learning, symbols.copy(), length, options.level()));
    }

    /** Takes in what a judgement found. */
    WindowReport apply(Judgement judgement, List<Culprit> found) {
        WindowSample window = closed.removeFirst();
        judging = false;
        List<Culprit> culprits =
                found.stream().filter(c -> c.score() >= options.minScore()).toList();
        int comparedWith = baseline.size();
        int sampled = window.requests().size();
        State state = state(judgement, culprits);
        long since = departing > 0 ? departingSince : window.start;
        if (state == State.DEPARTS || state == State.ACCEPTED) {
            departing++;
            since = departing == 1 ? window.start : departingSince;
            departingSince = since;
            counts.add(Counter.DEPARTING_WINDOWS, 1);
        }
        if (state == State.ACCEPTED) {
            baseline.clear();
        }
        if (state != State.DEPARTS) {
            departing = 0;
            baseline.add(window, sample);
        }
        counts.add(Counter.WINDOWS, 1);
        recount();
        forgetNames();
        return new WindowReport(
                Instant.ofEpochMilli(window.start),
                Instant.ofEpochMilli(window.start + length),
                state,
                Instant.ofEpochMilli(since),
                window.seen(),
                sampled,
                window.entries.size(),
                comparedWith,
                shedSinceReport(),
                culprits);
    }

    private State state(Judgement judgement, List<Culprit> culprits) {
        if (judgement.learning) {
            return State.LEARNING;
        }
        if (culprits.isEmpty()) {
            return departing > 0 ? State.RECOVERED : State.QUIET;
        }
        return departing + 1 >= options.acceptAfter() ? State.ACCEPTED : State.DEPARTS;
    }

    private long shedSinceReport() {
        long shed = counts.get(Counter.SHED_REQUESTS_BUSY) + counts.get(Counter.SHED_SPANS_MEMORY);
        long since = shed - reportedShed;
        reportedShed = shed;
        return since;
    }

    /** Forgets the baseline: what comes from now on is learnt anew. */
    void forgetBaseline() {
        baseline.clear();
        departing = 0;
        recount();
    }

    /** To be called after the state was filled from a file. */
    void restored() {
        shrink();
    }

    private void forgetNames() {
        if (symbols.size() < MAX_NAMES / 4) {
            return;
        }
        BitSet used = new BitSet();
        assembler.open().forEach(r -> RequestReader.mark(r.bytes.copy(), used));
        List<WindowSample> all = new ArrayList<>(windows.values());
        all.addAll(closed);
        baseline.windows().forEach(all::add);
        for (WindowSample w : all) {
            w.entries.keySet().forEach(used::set);
            w.requests().forEach(r -> {
                used.set(r.entry());
                RequestReader.mark(r.bytes(), used);
            });
        }
        symbols.keepOnly(used);
    }
}

package io.dettrace.server.live;

import com.github.luben.zstd.ZstdCompressCtx;
import io.dettrace.formats.spans.MalformedRequestException;
import io.dettrace.formats.spans.OtlpTelemetry;
import io.dettrace.formats.spans.OtlpTelemetry.Decoded;
import io.dettrace.formats.spans.OtlpTelemetry.Encoding;
import io.dettrace.formats.spans.Signal;
import io.dettrace.incident.culprit.Culprit;
import io.dettrace.server.otlp.Receiver;
import io.dettrace.telemetry.TelemetryLog;
import io.dettrace.telemetry.TelemetryMetric;
import io.dettrace.telemetry.TelemetrySink;
import io.dettrace.telemetry.TelemetrySpan;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The live state behind a lock, with its tail on disk. A request is written to disk before it is taken and answered. Whoever owns
 * it calls {@link #tick} about once a second, from one thread; there windows are judged, outside of the lock.
 */
public final class LiveService implements Receiver, Closeable {
    /** Bytes of a request at most that are accepted back from disk. */
    private static final int MAX_SPOOLED = 256 << 20;

    private final LiveOptions options;
    private final Clock clock;
    private final LiveListener listener;
    private final Counts counts = new Counts();
    private final ConcurrentLinkedQueue<Decoder> decoders = new ConcurrentLinkedQueue<>();
    private final Object lock = new Object();
    private final Live live;
    private final @Nullable Spool spool;
    private final long diskLimit;
    private boolean stopping;
    private boolean tellOfDisk = true;
    private boolean recovering = true;
    private volatile boolean closed;

    /** A decoder and where it puts what it decodes, with a compressor, whose memory is not the JVM's and is kept for the next. */
    private static final class Decoder implements Closeable {
        private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(1);
        private Batch batch = new Batch();
        private final OtlpTelemetry telemetry = new OtlpTelemetry(new TelemetrySink() {
            @Override
            public void span(TelemetrySpan span) {
                batch.span(span);
            }

            @Override
            public void log(TelemetryLog log) {
                batch.log(log);
            }

            @Override
            public void metric(TelemetryMetric point) {
                batch.metric(point);
            }
        });

        @Override
        public void close() {
            zstd.close();
        }
    }

    /** A request, decoded. */
    private record Taken(Batch batch, Decoded decoded, ByteBuffer record) {}

    /**
     * A service that goes on where the one before it on the same folder ended.
     *
     * @param folder for the tail on disk, empty for none
     * @param diskLimit bytes of the tail at most
     * @param clock what time it is
     * @throws IOException if the folder cannot be used
     */
    public LiveService(LiveOptions options, Optional<Path> folder, long diskLimit, Clock clock, LiveListener listener)
            throws IOException {
        this.options = options;
        this.clock = clock;
        this.listener = listener;
        this.diskLimit = diskLimit;
        Live fresh = new Live(options, counts);
        if (folder.isEmpty()) {
            spool = null;
            live = fresh;
        } else {
            spool = new Spool(folder.get(), diskLimit, MAX_SPOOLED);
            live = recover(spool, fresh);
        }
        recovering = false;
    }

    private Live recover(Spool from, Live fresh) throws IOException {
        Live[] state = {fresh};
        long[] requests = {0};
        from.recover(
                bytes -> {
                    Live read = new Live(options, counts);
                    StateFile.read(bytes, read, options.window().toMillis());
                    state[0] = read;
                },
                received -> {
                    try {
                        state[0].take(
                                decode(received.signal(), received.encoding(), received.request()).batch,
                                received.millis());
                        requests[0]++;
                    } catch (MalformedRequestException e) {
                        listener.note("a request on disk is left out: " + e.getMessage());
                    }
                },
                listener::note);
        Live recovered = state[0];
        if (recovered.ticked > 0) {
            listener.note("goes on where it ended: " + recovered.baseline.size() + " windows of the baseline, "
                    + recovered.items() + " spans and log records, " + requests[0] + " requests since the last state");
        }
        counts.reset();
        return recovered;
    }

    // ---- what comes ------------------------------------------------------------------------------------------------

    @Override
    public Receipt receive(Signal signal, Encoding encoding, byte[] request) throws MalformedRequestException {
        Taken taken;
        try {
            taken = decode(signal, encoding, request);
        } catch (MalformedRequestException e) {
            counts.add(Counter.REFUSED_REQUESTS_MALFORMED, 1);
            throw e;
        }
        Batch batch = taken.batch;
        synchronized (lock) {
            if (stopping) {
                return new Receipt(State.STOPPING, 0, "the server is stopping");
            }
            if (live.items() + batch.spans.size() + batch.logs.size() > options.maxItems()) {
                counts.add(Counter.SHED_SPANS_MEMORY, batch.spans.size());
                return new Receipt(
                        State.OVERLOADED,
                        0,
                        "as many spans are held as the memory's limit allows: " + options.maxItems());
            }
            long now = clock.millis();
            keep(taken.record, now);
            live.take(batch, now);
        }
        counts.add(Counter.RECEIVED_REQUESTS, 1);
        counts.add(Counter.RECEIVED_BYTES, request.length);
        counts.add(Counter.REFUSED_ITEMS_INVALID, taken.decoded.refused());
        return new Receipt(State.TAKEN, taken.decoded.refused(), taken.decoded.reason());
    }

    private Taken decode(Signal signal, Encoding encoding, byte[] request) throws MalformedRequestException {
        Decoder free = decoders.poll();
        Decoder decoder = free == null ? new Decoder() : free;
        decoder.batch = new Batch();
        boolean whole = false;
        try {
            Decoded decoded = decoder.telemetry.decode(request, signal, encoding);
            ByteBuffer record = spool == null || recovering
                    ? ByteBuffer.allocate(0)
                    : Spool.pack(signal, encoding, request, decoder.zstd);
            whole = true;
            return new Taken(decoder.batch, decoded, record);
        } finally {
            // One that failed in the middle is not used again.
            if (whole && !closed) {
                decoders.add(decoder);
            } else {
                decoder.close();
            }
        }
    }

    private void keep(ByteBuffer record, long now) {
        if (spool == null) {
            return;
        }
        try {
            counts.add(Counter.DELETED_SEGMENTS, spool.append(record, now));
            tellOfDisk = true;
        } catch (IOException e) {
            counts.add(Counter.NOT_ON_DISK_REQUESTS, 1);
            if (tellOfDisk) {
                listener.note("what is received cannot be kept on disk and would not survive a restart: " + e);
            }
            tellOfDisk = false;
        }
    }

    @Override
    public void shed() {
        counts.add(Counter.SHED_REQUESTS_BUSY, 1);
    }

    @Override
    public void refusedTooLarge() {
        counts.add(Counter.REFUSED_REQUESTS_TOO_LARGE, 1);
    }

    @Override
    public void forgetBaseline() {
        synchronized (lock) {
            live.forgetBaseline();
        }
    }

    // ---- time ------------------------------------------------------------------------------------------------------

    /** Closes the windows that are due, judges and reports them, and stores the state if anything changed much. */
    public void tick() {
        boolean full;
        synchronized (lock) {
            live.advance(clock.millis());
            full = spool != null && spool.bytes() > diskLimit / 2;
        }
        boolean judged = false;
        for (Optional<Judgement> next = next(); next.isPresent(); next = next()) {
            judge(next.get());
            judged = true;
        }
        if (judged || full) {
            store();
        }
    }

    private Optional<Judgement> next() {
        synchronized (lock) {
            return live.next();
        }
    }

    private void judge(Judgement judgement) {
        List<Culprit> culprits;
        try {
            culprits = judgement.culprits();
        } catch (RuntimeException e) {
            // One window that cannot be judged must not end the watch over the others.
            listener.note("a window could not be judged, please report it: " + e);
            culprits = List.of();
        }
        WindowReport report;
        synchronized (lock) {
            report = live.apply(judgement, culprits);
        }
        listener.window(report);
    }

    private void store() {
        if (spool == null) {
            return;
        }
        try {
            long number;
            byte[] state;
            synchronized (lock) {
                number = spool.roll();
                state = StateFile.write(live, options.window().toMillis());
            }
            spool.store(number, state);
            synchronized (lock) {
                spool.forgetBefore(number);
            }
        } catch (IOException e) {
            listener.note("the state cannot be stored, a restart begins with an older one: " + e);
        }
    }

    @Override
    public String status() {
        synchronized (lock) {
            return Status.json(live, counts, options, spool == null ? -1 : spool.bytes(), diskLimit);
        }
    }

    /** Counts so far. */
    public Counts counts() {
        return counts;
    }

    /** Takes nothing any more, judges what is due and stores the state. Not to be called beside {@link #tick}. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        synchronized (lock) {
            stopping = true;
        }
        tick();
        store();
        for (Decoder d = decoders.poll(); d != null; d = decoders.poll()) {
            d.close();
        }
        if (spool != null) {
            spool.close();
        }
    }
}

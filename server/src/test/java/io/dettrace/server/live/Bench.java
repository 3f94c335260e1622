package io.dettrace.server.live;

import io.dettrace.formats.spans.MalformedRequestException;
import io.dettrace.formats.spans.OtlpTelemetry.Encoding;
import io.dettrace.formats.spans.Signal;
import io.dettrace.server.live.Traffic.Fault;
import io.dettrace.server.otlp.Receiver.Receipt;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A live service whose clock a test steps, and what it reported. */
final class Bench implements LiveListener, Closeable {
    static final long WINDOW = 10_000;

    /** Windows of ten seconds; a baseline of up to five. */
    static final LiveOptions OPTIONS = new LiveOptions(
            Duration.ofMillis(WINDOW),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            5,
            2,
            4,
            200,
            100_000,
            0.001,
            0.05);

    final List<WindowReport> reports = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final LiveService service;
    private final Stepped clock;

    Bench(LiveOptions options, Optional<Path> folder, long disk, long now) throws IOException {
        clock = new Stepped(now);
        service = new LiveService(options, folder, disk, clock, this);
    }

    Bench(LiveOptions options, long now) throws IOException {
        this(options, Optional.empty(), 0, now);
    }

    @Override
    public void window(WindowReport report) {
        reports.add(report);
    }

    @Override
    public void note(String text) {
        notes.add(text);
    }

    long now() {
        return clock.millis;
    }

    void at(long millis) {
        clock.millis = millis;
    }

    Receipt send(byte[] request) throws MalformedRequestException {
        return service.receive(Signal.TRACES, Encoding.PROTOBUF, request);
    }

    /** Goes on to a time, in steps of half a second. */
    void until(long millis) {
        while (clock.millis < millis) {
            clock.millis = Math.min(millis, clock.millis + 500);
            service.tick();
        }
    }

    /** Ten requests a second from now on. */
    void run(Traffic traffic, Duration time, int faulty, Fault fault) throws MalformedRequestException {
        long end = clock.millis + time.toMillis();
        while (clock.millis < end) {
            send(traffic.request(clock.millis, faulty, fault));
            until(clock.millis + 100);
        }
    }

    List<WindowReport.State> states() {
        return reports.stream().map(WindowReport::state).toList();
    }

    long count(Counter counter) {
        return service.counts().get(counter);
    }

    @Override
    public void close() throws IOException {
        service.close();
    }

    private static final class Stepped extends Clock {
        private long millis;

        Stepped(long millis) {
            this.millis = millis;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }
    }
}

package io.dettrace.formats.sigrok;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Runs the decoders over a capture and hands out their events in the order of their starts. An event is held back until no
 * decoder is in the middle of one that began earlier, so that two directions of a dialog come in their true order.
 */
final class SigrokReader implements RecordReader {
    /** Events held back; with more the earliest is handed out although an earlier one may still be under way. */
    static final int MAX_HELD = 65_536;

    /** Events that are held before some are handed out. */
    private static final int BATCH = 256;

    private final int file;
    private final Metadata metadata;
    private final SampleClock clock;
    private final ChangeScanner scanner;
    private final List<Decoder> decoders = new ArrayList<>();
    private final PriorityQueue<Held> held = new PriorityQueue<>();
    private final EventRecord record = new EventRecord();
    private final int lanePath = record.path("lane");
    private final int kindPath = record.path("kind");
    private final int timePath;
    private long found;
    private long number;
    private long watermark;
    private boolean started;
    private boolean ended;

    private record Held(WireEvent event, long order) implements Comparable<Held> {
        @Override
        public int compareTo(Held other) {
            int byStart = Long.compare(event.start, other.event.start);
            return byStart != 0 ? byStart : Long.compare(order, other.order);
        }
    }

    /** Opens the capture, which is file {@code file} of the input. */
    SigrokReader(Capture capture, int file, ReadContext context) throws IOException {
        this.file = file;
        metadata = capture.metadata();
        clock = metadata.clock();
        timePath = record.path(clock.isKnown() ? SigrokFormat.TIME : SigrokFormat.SAMPLE);
        Plan plan = Plan.of(capture);
        note(capture, plan, context);
        Set<Channel> used = new LinkedHashSet<>();
        for (Blueprint blueprint : plan.decoders()) {
            Decoder decoder = blueprint.build(event -> held.add(new Held(event, found++)));
            decoders.add(decoder);
            used.addAll(decoder.channels());
        }
        Archive archive = Archive.open(capture.file());
        try {
            scanner = new ChangeScanner(
                    new SampleStream(archive, metadata.capture(), context),
                    metadata.unitSize(),
                    List.copyOf(used),
                    context,
                    capture.file().name());
        } catch (IOException e) {
            archive.close();
            throw e;
        }
    }

    private static void note(Capture capture, Plan plan, ReadContext context) {
        String place = capture.file().name() + ":1";
        if (!plan.guesses().isEmpty()) {
            boolean nothing = plan.guesses().get(0).equals("nothing");
            context.note(
                    "guessed_decoder",
                    nothing
                            ? "no protocol was recognised, so the events are the changes of the channels' levels;"
                                    + " --with decode= names a decoder"
                            : "guessed: " + String.join("; ", plan.guesses()) + "; --with decode= says it exactly",
                    place);
        }
        if (!plan.leftOut().isEmpty()) {
            context.note(
                    "channels_left_out",
                    "channels that change and are not decoded: " + String.join(", ", plan.leftOut())
                            + "; --with levels=all takes their changes as events",
                    place);
        }
        Metadata metadata = capture.metadata();
        if (!metadata.clock().isKnown()) {
            context.note(
                    "no_samplerate",
                    "the capture does not say its samplerate, so times are numbers of samples;"
                            + " --with samplerate= gives it",
                    place);
        }
        if (!metadata.cut().isEmpty()) {
            context.note(
                    "channels_without_samples",
                    "a sample has " + metadata.unitSize() + " bytes, too few for the channels "
                            + String.join(", ", metadata.cut()),
                    place);
        }
        if (metadata.analog() > 0) {
            context.note(
                    "analog_left_out", metadata.analog() + " analog channels are not read, only logic channels", place);
        }
    }

    @Override
    public EventRecord record() {
        return record;
    }

    @Override
    public boolean next() throws IOException {
        while (!ready()) {
            if (ended) {
                return false;
            }
            advance();
        }
        write(held.remove().event());
        return true;
    }

    private boolean ready() {
        return !held.isEmpty()
                && (ended || held.size() > MAX_HELD || held.peek().event().start < watermark);
    }

    /** Goes on until some events may be handed out. */
    private void advance() throws IOException {
        int enough = held.size() + BATCH;
        while (held.size() < enough) {
            if (!scanner.next()) {
                decoders.forEach(d -> d.end(scanner.sample()));
                ended = true;
                return;
            }
            byte[] samples = scanner.samples();
            int at = scanner.at();
            if (started) {
                long sample = scanner.sample();
                for (int i = 0; i < decoders.size(); i++) {
                    decoders.get(i).change(sample, samples, at);
                }
            } else {
                started = true;
                decoders.forEach(d -> d.start(samples, at));
            }
        }
        watermark = scanner.sample();
        for (Decoder decoder : decoders) {
            watermark = Math.min(watermark, decoder.pendingSince());
        }
    }

    private void write(WireEvent event) {
        record.clear();
        record.text(lanePath, event.lane);
        record.text(kindPath, event.kind);
        event.write(record);
        record.number(timePath, clock.isKnown() ? clock.nanos(event.start) : event.start);
        long length = (event.end() - event.start) * metadata.unitSize();
        record.at(file, ++number, event.start * metadata.unitSize(), (int)
                Math.max(0, Math.min(length, Integer.MAX_VALUE)));
    }

    @Override
    public long bytesRead() {
        return scanner.bytesRead();
    }

    @Override
    public void close() throws IOException {
        scanner.close();
    }
}

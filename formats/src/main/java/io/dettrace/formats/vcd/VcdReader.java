package io.dettrace.formats.vcd;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.ValueDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The value changes of one dump as events: those of one time together, clocks first, the others by their names. */
final class VcdReader implements RecordReader {
    private final EventRecord record = new EventRecord();
    private final int signalPath = record.path(VcdFormat.SIGNAL);
    private final int timePath = record.path(VcdFormat.TIME);
    private final int valuePath = record.path(VcdFormat.VALUE);
    private final int textPath = record.path(VcdFormat.TEXT);
    private final int triggerPath = record.path(VcdFormat.TRIGGER);
    private final int portPath = record.path(VcdFormat.PORT);

    private final int file;
    private final VcdTokens tokens;
    private final VcdSignals signals;
    private final VcdTimescale timescale;
    private final VcdBody body;
    private final VcdCycles cycles;
    private final VcdStep step = new VcdStep();
    private final VcdOrder order;
    private final StringBuilder bits = new StringBuilder();
    private final long[] nameDigest;
    private int next;
    private byte[] time = {};
    private long timeDigest;

    private VcdReader(int file, VcdTokens tokens, VcdHeader header, int[] clocks, ReadContext context) {
        this.file = file;
        this.tokens = tokens;
        signals = header.signals();
        timescale = header.timescale();
        nameDigest = new long[signals.count()];
        Arrays.setAll(nameDigest, signals::digest);
        order = new VcdOrder(signals.ranks());
        body = new VcdBody(tokens, signals, context, header.pending);
        cycles = clocks == null ? null : new VcdCycles(signals, clocks, file, record);
    }

    static RecordReader open(InputFile file, int number, VcdOptions options, ReadContext context) throws IOException {
        VcdTokens tokens = VcdTokens.open(file);
        try {
            VcdHeader header = new VcdHeader(tokens, context, options);
            header.read();
            long start = header.pending ? tokens.offset() : tokens.taken();
            int[] clocks = VcdClockSearch.find(file, start, tokens.line(), header, options);
            return new VcdReader(number, tokens, header, clocks, context);
        } catch (IOException | RuntimeException e) {
            tokens.close();
            throw e;
        }
    }

    @Override
    public EventRecord record() {
        return record;
    }

    @Override
    public boolean next() throws IOException {
        while (next >= step.size) {
            if (!body.read(step)) {
                step.clear();
                return false;
            }
            next = 0;
            time();
            order.take(step, cycles);
        }
        fill(order.at(next++));
        return true;
    }

    private void time() {
        long whole = step.fraction.isEmpty() ? timescale.wholeNanoseconds(step.ticks) : -1;
        String text = whole >= 0 ? Long.toString(whole) : timescale.nanoseconds(step.ticks, step.fraction);
        time = text.getBytes(StandardCharsets.US_ASCII);
        timeDigest = ValueDigest.ofNumber(time, 0, time.length);
    }

    private void fill(int i) {
        int signal = step.signal[i];
        record.clear();
        record.at(file, step.line[i], step.offset[i], step.length[i]);
        record.text(
                signalPath, signals.names(), signals.nameStart(signal), signals.nameLength(signal), nameDigest[signal]);
        record.number(timePath, time, 0, time.length, timeDigest);
        int from = step.start(i);
        int count = step.end[i] - from;
        switch (step.kind[i]) {
            case VcdStep.BITS -> record.text(valuePath, step.values, from, count, step.digest[i]);
            case VcdStep.TEXT -> record.text(textPath, step.values, from, count, step.digest[i]);
            case VcdStep.TRIGGER -> record.text(triggerPath, step.values, from, count);
            case VcdStep.REAL -> real(from);
            default -> {
                bits.setLength(0);
                for (int k = from; k < from + count; k++) {
                    bits.append(VcdBody.bit(step.values[k]));
                }
                record.text(valuePath, bits);
                record.text(portPath, step.values, from, count);
            }
        }
        if (cycles != null) {
            cycles.link(step, i);
        }
    }

    private void real(int from) {
        long bits = 0;
        for (int k = 0; k < 8; k++) {
            bits = bits << 8 | step.values[from + k] & 0xFF;
        }
        record.number(valuePath, Double.longBitsToDouble(bits));
    }

    @Override
    public long bytesRead() {
        return tokens.taken();
    }

    @Override
    public void close() throws IOException {
        tokens.close();
    }
}

package io.dettrace.formats.vcd;

import io.dettrace.event.Field;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.normalize.ValueDigest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The clock cycles of a dump. A change falls in the cycle of the rising edge at or before its time; it comes after that edge,
 * and the next edge comes after the last change of every signal in the cycle. So what goes wrong in one cycle is the cause of
 * what goes wrong later, and there are at most two links a change.
 */
final class VcdCycles {
    private static final byte UNKNOWN = 0;

    private final VcdSignals signals;
    private final int[] clocks;
    private final EventRecord record;
    private final String prefix;
    private final int cyclePath;
    private final int idPath;
    private final int afterPath;

    private final Domain[] domain;
    private final boolean[] isClock;
    private final int[] mark;
    private final long[] lastId;
    private final byte[] digits = new byte[40];
    private byte[] links = new byte[1 << 10];
    private long ids;

    /** What one clock drives. */
    private static final class Domain {
        final int clock;
        long cycle;
        byte[] number;
        long numberDigest;
        byte level = UNKNOWN;
        byte[] edge;
        long edgeDigest;
        int[] changed = new int[16];
        int count;
        int epoch = 1;

        Domain(int clock) {
            this.clock = clock;
            cycle(0);
        }

        void cycle(long now) {
            cycle = now;
            number = Long.toString(now).getBytes(StandardCharsets.US_ASCII);
            numberDigest = ValueDigest.ofNumber(number, 0, number.length);
        }
    }

    /**
     * @param clocks the clock's signal by outermost scope
     * @param file number of the file, which keeps the names of events of several files apart
     */
    VcdCycles(VcdSignals signals, int[] clocks, int file, EventRecord record) {
        this.signals = signals;
        this.clocks = clocks;
        this.record = record;
        prefix = file == 0 ? "" : file + "/";
        cyclePath = record.path(VcdFormat.CYCLE);
        idPath = record.path(VcdFormat.ID);
        afterPath = record.path(VcdFormat.AFTER);
        isClock = new boolean[signals.count()];
        mark = new int[signals.count()];
        lastId = new long[signals.count()];
        domain = new Domain[clocks.length];
        for (int i = 0; i < clocks.length; i++) {
            for (int j = 0; j < i && domain[i] == null; j++) {
                domain[i] = clocks[j] == clocks[i] ? domain[j] : null;
            }
            if (clocks[i] >= 0) {
                domain[i] = domain[i] == null ? new Domain(clocks[i]) : domain[i];
                isClock[clocks[i]] = true;
            }
        }
    }

    /** True if the signal is one of the clocks. */
    boolean isClock(int signal) {
        return isClock[signal];
    }

    private Domain domainOf(int signal) {
        if (isClock[signal]) {
            for (int i = 0; i < clocks.length; i++) {
                if (clocks[i] == signal) {
                    return domain[i];
                }
            }
        }
        return domain[signals.top(signal)];
    }

    /** Adds the cycle and the links of change {@code i}; changes are given in the order of {@link VcdOrder}. */
    void link(VcdStep step, int i) {
        int signal = step.signal[i];
        Domain d = domainOf(signal);
        if (d == null) {
            return;
        }
        if (isClock[signal]) {
            byte level = step.kind[i] == VcdStep.BITS ? step.values[step.start(i)] : UNKNOWN;
            boolean rises = level == '1' && d.level != UNKNOWN;
            d.level = level;
            if (rises) {
                edge(d);
                return;
            }
            cycle(d);
            return;
        }
        cycle(d);
        long id = ++ids;
        int from = digits(id);
        record.text(idPath, digits, from, digits.length - from);
        if (d.edge != null) {
            record.text(afterPath, d.edge, 0, d.edge.length, d.edgeDigest);
        }
        lastId[signal] = id;
        if (mark[signal] != d.epoch) {
            mark[signal] = d.epoch;
            if (d.count == d.changed.length) {
                d.changed = Arrays.copyOf(d.changed, d.count * 2);
            }
            d.changed[d.count++] = signal;
        }
    }

    private void edge(Domain d) {
        d.cycle(d.cycle + 1);
        d.edge = (prefix + signals.name(d.clock) + "@" + d.cycle).getBytes(StandardCharsets.UTF_8);
        d.edgeDigest = ValueDigest.of(d.edge, 0, d.edge.length);
        cycle(d);
        record.text(idPath, d.edge, 0, d.edge.length, d.edgeDigest);
        if (d.count > 0) {
            int length = writeLinks(d);
            record.value(afterPath, Field.Type.COMPOSITE, links, 0, length);
        }
        d.count = 0;
        if (++d.epoch == Integer.MAX_VALUE) {
            Arrays.fill(mark, 0);
            d.epoch = 1;
        }
    }

    private void cycle(Domain d) {
        record.number(cyclePath, d.number, 0, d.number.length, d.numberDigest);
    }

    /** Writes the names of the last changes of the cycle as a JSON array; returns its length. */
    private int writeLinks(Domain d) {
        int at = 0;
        for (int k = 0; k < d.count; k++) {
            int from = digits(lastId[d.changed[k]]);
            int n = digits.length - from;
            if (at + n + 4 > links.length) {
                links = Arrays.copyOf(links, links.length * 2);
            }
            links[at++] = (byte) (k == 0 ? '[' : ',');
            links[at++] = '"';
            System.arraycopy(digits, from, links, at, n);
            at += n;
            links[at++] = '"';
        }
        links[at++] = ']';
        return at;
    }

    /** Writes the name of an event to the end of {@link #digits}; returns where it begins. */
    private int digits(long id) {
        int at = digits.length;
        long left = id;
        while (left >= 100) {
            long rest = left / 100;
            int pair = (int) (left - rest * 100);
            digits[--at] = (byte) ('0' + pair % 10);
            digits[--at] = (byte) ('0' + pair / 10);
            left = rest;
        }
        for (; left > 0; left /= 10) {
            digits[--at] = (byte) ('0' + left % 10);
        }
        for (int i = prefix.length() - 1; i >= 0; i--) {
            digits[--at] = (byte) prefix.charAt(i);
        }
        return at;
    }
}

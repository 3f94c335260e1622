package io.dettrace.formats.sigrok;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The first changes of a capture, held in memory so that decoders can be tried on them. */
final class Prefix {
    /** Changes that are looked at for guessing. */
    static final int MAX_CHANGES = 200_000;

    /** Bytes that they take. */
    static final int MAX_BYTES = 32 << 20;

    private final int unit;
    private long[] samples = new long[256];
    private byte[] units;
    private int size;
    private long end;

    private Prefix(int unit) {
        this.unit = unit;
        units = new byte[256 * unit];
    }

    /** Reads it. Damage ends it here; that the capture is damaged is said when it is read. */
    static Prefix read(InputFile file, Metadata metadata) throws IOException {
        Prefix prefix = new Prefix(metadata.unitSize());
        ReadContext quiet = new ReadContext(true, -1);
        try (ChangeScanner scanner = new ChangeScanner(
                new SampleStream(Archive.open(file), metadata.capture(), quiet),
                metadata.unitSize(),
                metadata.channels(),
                quiet,
                file.name())) {
            int limit = Math.min(MAX_CHANGES, MAX_BYTES / metadata.unitSize());
            while (prefix.size < limit && scanner.next()) {
                prefix.add(scanner.sample(), scanner.samples(), scanner.at());
            }
            prefix.end = scanner.sample();
        }
        return prefix;
    }

    private void add(long sample, byte[] from, int at) {
        if (size == samples.length) {
            samples = Arrays.copyOf(samples, 2 * size);
            units = Arrays.copyOf(units, 2 * units.length);
        }
        samples[size] = sample;
        System.arraycopy(from, at, units, size * unit, unit);
        size++;
    }

    /** Number of changes, the first sample included. */
    int size() {
        return size;
    }

    long sample(int i) {
        return samples[i];
    }

    int level(Channel channel, int i) {
        return channel.level(units, i * unit);
    }

    /** Lets a decoder see it all. */
    void replay(Decoder decoder) {
        if (size == 0) {
            return;
        }
        decoder.start(units, 0);
        for (int i = 1; i < size; i++) {
            decoder.change(samples[i], units, i * unit);
        }
        decoder.end(end);
    }

    /** How often a channel changes. */
    int edges(Channel channel) {
        int edges = 0;
        for (int i = 1; i < size; i++) {
            edges += level(channel, i) ^ level(channel, i - 1);
        }
        return edges;
    }

    /** The channels that change, in order. */
    List<Channel> active(List<Channel> channels) {
        return channels.stream().filter(c -> edges(c) > 0).toList();
    }

    /** Samples between the edges of a channel, without what is before the first and behind the last. */
    long[] pulses(Channel channel) {
        long[] pulses = new long[Math.max(0, edges(channel) - 1)];
        long before = -1;
        int n = 0;
        for (int i = 1; i < size && n < pulses.length + 1; i++) {
            if (level(channel, i) != level(channel, i - 1)) {
                if (before >= 0) {
                    pulses[n++] = samples[i] - before;
                }
                before = samples[i];
            }
        }
        return pulses;
    }
}

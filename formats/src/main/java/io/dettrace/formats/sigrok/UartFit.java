package io.dettrace.formats.sigrok;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Guesses how a UART is set: the shortest pulses say how long a bit may be, which is snapped to the usual rates; then
 * decoders are tried, and the one with the fewest broken frames is taken, 8N1 first and parity only if 8N1 does not fit.
 */
final class UartFit {
    private static final int[] RATES = {
        110, 300, 600, 1200, 2400, 4800, 9600, 10400, 14400, 19200, 28800, 31250, 38400, 56000, 57600, 74880, 76800,
        100000, 115200, 128000, 153600, 187500, 230400, 250000, 256000, 312500, 400000, 460800, 500000, 576000, 614400,
        750000, 921600, 1000000, 1152000, 1228800, 1250000, 1500000, 1843200, 2000000, 2500000, 3000000, 3500000,
        3686400, 4000000, 5000000, 6000000, 8000000, 10000000, 12000000
    };

    /** How far a usual rate may be from what the pulses say. */
    private static final double SNAP = 0.2;

    /** How much closer edges must be to the grid, in bits, for a rate that is none of the usual. */
    private static final double USUAL = 0.05;

    /** Frames that must be whole for a frame other than 8N1. */
    private static final int ENOUGH = 16;

    /** Share of frames that must be whole, so that another frame than 8N1 is not looked for. */
    private static final double WHOLE = 0.95;

    private static final UartSettings PLAIN = new UartSettings(1, 8, UartSettings.Parity.NONE, 1, false, false);

    private static final List<UartSettings> OTHERS = List.of(
            new UartSettings(1, 8, UartSettings.Parity.EVEN, 1, false, false),
            new UartSettings(1, 8, UartSettings.Parity.ODD, 1, false, false),
            new UartSettings(1, 7, UartSettings.Parity.EVEN, 1, false, false),
            new UartSettings(1, 7, UartSettings.Parity.ODD, 1, false, false));

    private final Prefix prefix;
    private final List<Channel> channels;
    private final SampleClock clock;

    /**
     * A guess.
     *
     * @param rate the rate it was snapped to, 0 if none
     * @param good whole frames
     * @param bad broken ones
     * @param off how far edges are off the grid of bits, in bits on average
     */
    record Guess(UartSettings settings, long rate, long good, long bad, double off, long high) {
        double quality() {
            return good + bad == 0 ? 0 : (double) good / (good + bad);
        }

        String text() {
            return String.format(
                    Locale.ROOT,
                    "%s, %s: %d of %d frames are whole",
                    rate > 0 ? rate + " baud" : String.format(Locale.ROOT, "%.1f samples a bit", settings.bit()),
                    settings.frame(),
                    good,
                    good + bad);
        }
    }

    UartFit(Prefix prefix, List<Channel> channels, SampleClock clock) {
        this.prefix = prefix;
        this.channels = channels;
        this.clock = clock;
    }

    /** The best guess for all of the channels together, empty if there is no pulse to guess from. */
    Optional<Guess> guess() {
        double shortest = shortest();
        if (shortest < UartSettings.MIN_BIT) {
            return Optional.empty();
        }
        List<double[]> candidates = candidates(shortest);
        Guess best = best(List.of(PLAIN), candidates);
        if (best.quality() < WHOLE) {
            Guess other = best(OTHERS, candidates);
            return Optional.of(other.good() >= ENOUGH && other.quality() >= WHOLE ? other : best);
        }
        return Optional.of(sevenBits(best));
    }

    private Guess best(List<UartSettings> frames, List<double[]> candidates) {
        Guess best = null;
        for (UartSettings frame : frames) {
            for (double[] candidate : candidates) {
                for (boolean inverted : new boolean[] {false, true}) {
                    Guess guess = attempt(inverted(frame, inverted), candidate);
                    best = best == null || isBetter(guess, best) ? guess : best;
                }
            }
        }
        return best;
    }

    private static boolean isBetter(Guess a, Guess b) {
        double gain = a.quality() - b.quality();
        if (Math.abs(gain) > 0.02) {
            return gain > 0;
        }
        if (a.settings().inverted() != b.settings().inverted()) {
            return a.good() > 2 * b.good();
        }
        return a.off() + (a.rate() > 0 ? 0 : USUAL) < b.off() + (b.rate() > 0 ? 0 : USUAL);
    }

    /** Seven bits with parity look like eight whose highest is sometimes set; they are, if the parity is always right. */
    private Guess sevenBits(Guess eight) {
        for (UartSettings other : OTHERS) {
            if (other.dataBits() == 7 && eight.high() >= 4 && eight.good() >= ENOUGH) {
                UartSettings settings = inverted(other, eight.settings().inverted());
                Guess guess = attempt(settings, new double[] {eight.settings().bit(), eight.rate()});
                if (guess.bad() == 0) {
                    return guess;
                }
            }
        }
        return eight;
    }

    private static UartSettings inverted(UartSettings s, boolean inverted) {
        return new UartSettings(s.bit(), s.dataBits(), s.parity(), s.stopBits(), s.msbFirst(), inverted);
    }

    private Guess attempt(UartSettings settings, double[] candidate) {
        UartSettings tried = settings.withBit(candidate[0]);
        long good = 0;
        long bad = 0;
        double off = 0;
        long edges = 0;
        long[] high = {0};
        for (Channel channel : channels) {
            UartDecoder decoder = new UartDecoder(channel, tried, Group.BYTE, "", event -> {
                String hex = (String) event.value("hex");
                high[0] += hex != null && hex.charAt(0) >= '8' ? 1 : 0;
            });
            prefix.replay(decoder);
            good += decoder.good;
            bad += decoder.bad;
            off += decoder.off;
            edges += decoder.edges;
        }
        return new Guess(tried, (long) candidate[1], good, bad, edges == 0 ? 1 : off / edges, high[0]);
    }

    /** Length of a bit in samples, and the rate; usual rates near the shortest pulse, and near a half of it. */
    private List<double[]> candidates(double shortest) {
        List<double[]> found = new ArrayList<>();
        for (int bits = 1; bits <= 2 && clock.isKnown(); bits++) {
            for (int rate : RATES) {
                double bit = (double) clock.rate() / rate;
                if (bit >= UartSettings.MIN_BIT && Math.abs(bit * bits / shortest - 1) < SNAP) {
                    found.add(new double[] {bit, rate});
                }
            }
        }
        found.add(new double[] {shortest, 0});
        return found;
    }

    /** Mean of the shortest pulses that are no exception. */
    private double shortest() {
        long[] all = new long[0];
        for (Channel channel : channels) {
            long[] more = prefix.pulses(channel);
            int n = all.length;
            all = Arrays.copyOf(all, n + more.length);
            System.arraycopy(more, 0, all, n, more.length);
        }
        Arrays.sort(all);
        int enough = Math.max(1, all.length / 50);
        TreeSet<Long> lengths = new TreeSet<>();
        for (long length : all) {
            lengths.add(length);
        }
        for (long length : lengths) {
            int from = first(all, length);
            int to = first(all, length + length / 4 + 1);
            to = to == from ? from + 1 : to;
            if (to - from >= enough && length >= UartSettings.MIN_BIT) {
                return Arrays.stream(all, from, to).average().orElse(0);
            }
        }
        return 0;
    }

    /** Index of the first value that is not less. */
    private static int first(long[] sorted, long value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

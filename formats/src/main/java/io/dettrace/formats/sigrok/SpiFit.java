package io.dettrace.formats.sigrok;

/**
 * Guesses the mode of an SPI bus. CS is active at the level at which the clock runs; CPOL is the clock's level when CS is
 * asserted; data change behind one of the clock's edges, so they are valid at the other.
 */
final class SpiFit {
    private SpiFit() {}

    /** The settings, for words of eight bits, highest first. */
    static SpiSettings guess(Prefix prefix, Channel clk, Channel mosi, Channel miso, Channel cs) {
        int active = cs == null ? 0 : active(prefix, clk, cs);
        int cpol = idle(prefix, clk, cs, active);
        long[] changesAfter = new long[2];
        long lastEdge = -1;
        int lastLevel = 0;
        for (int i = 1; i < prefix.size(); i++) {
            if (prefix.level(clk, i) != prefix.level(clk, i - 1)) {
                lastEdge = prefix.sample(i);
                lastLevel = prefix.level(clk, i);
            }
            boolean selected = cs == null || prefix.level(cs, i) == active && prefix.level(cs, i - 1) == active;
            if (lastEdge >= 0 && selected) {
                changesAfter[lastLevel] += changes(prefix, mosi, i) + changes(prefix, miso, i);
            }
        }
        int sampling = changesAfter[1] > changesAfter[0] ? 0 : changesAfter[0] > changesAfter[1] ? 1 : 1 - cpol;
        return new SpiSettings(cpol, sampling == 1 - cpol ? 0 : 1, true, 8, active);
    }

    private static int changes(Prefix prefix, Channel data, int i) {
        return data == null ? 0 : prefix.level(data, i) ^ prefix.level(data, i - 1);
    }

    private static int active(Prefix prefix, Channel clk, Channel cs) {
        long[] edges = new long[2];
        for (int i = 1; i < prefix.size(); i++) {
            boolean steady = prefix.level(cs, i) == prefix.level(cs, i - 1);
            if (steady && prefix.level(clk, i) != prefix.level(clk, i - 1)) {
                edges[prefix.level(cs, i)]++;
            }
        }
        return edges[1] > edges[0] ? 1 : 0;
    }

    /** The clock's level when CS is asserted, or without CS the one at which it rests longer. */
    private static int idle(Prefix prefix, Channel clk, Channel cs, int active) {
        long[] votes = new long[2];
        for (int i = 1; i < prefix.size(); i++) {
            if (cs == null) {
                votes[prefix.level(clk, i - 1)] += prefix.sample(i) - prefix.sample(i - 1);
            } else if (prefix.level(cs, i) == active && prefix.level(cs, i - 1) != active) {
                votes[prefix.level(clk, i)]++;
            }
        }
        if (votes[0] == votes[1] && prefix.size() > 0) {
            return prefix.level(clk, 0);
        }
        return votes[1] > votes[0] ? 1 : 0;
    }
}

package io.dettrace.formats.sigrok;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Signals with known contents, and the captures that a logic analyser would make of them. Times are in samples. */
final class Wave {
    private final List<String> names;
    private final List<TreeMap<Long, Integer>> levels = new ArrayList<>();

    /** Channels that idle high. */
    Wave(String... names) {
        this.names = List.of(names);
        for (int i = 0; i < names.length; i++) {
            levels.add(new TreeMap<>(Map.of(0L, 1)));
        }
    }

    List<String> names() {
        return names;
    }

    Wave set(int channel, double time, int level) {
        levels.get(channel).put(Math.round(time), level);
        return this;
    }

    private long length() {
        return levels.stream().mapToLong(TreeMap::lastKey).max().orElse(0);
    }

    /** The samples, with some more behind the last change. */
    byte[] samples(int unit, int more) {
        int n = (int) length() + more;
        byte[] samples = new byte[n * unit];
        for (int c = 0; c < names.size() && c < 8 * unit; c++) {
            long until = n;
            for (var level : levels.get(c).descendingMap().entrySet()) {
                for (long i = level.getKey(); i < until; i++) {
                    samples[(int) i * unit + c / 8] |= (byte) (level.getValue() << (c % 8));
                }
                until = level.getKey();
            }
        }
        return samples;
    }

    String metadata(int unit, String rate) {
        StringBuilder text = new StringBuilder("[global]\nsigrok version=0.5.2\n\n[device 1]\ncapturefile=logic-1\n");
        text.append("total probes=").append(names.size()).append('\n');
        text.append(rate.isEmpty() ? "" : "samplerate=" + rate + "\n");
        for (int i = 0; i < names.size(); i++) {
            text.append("probe").append(i + 1).append('=').append(names.get(i)).append('\n');
        }
        return text.append("unitsize=").append(unit).append('\n').toString();
    }

    /** A capture. */
    byte[] capture(String rate) throws IOException {
        return capture(1, rate);
    }

    byte[] capture(int unit, String rate) throws IOException {
        return zip(Map.of(
                "version", "2".getBytes(StandardCharsets.US_ASCII),
                "metadata", metadata(unit, rate).getBytes(StandardCharsets.UTF_8),
                "logic-1-1", samples(unit, 2000)));
    }

    /** A ZIP file of entries in the order of their names, the version first. */
    static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            List<String> order = new ArrayList<>(new TreeMap<>(entries).keySet());
            if (order.remove("version")) {
                order.add(0, "version");
            }
            for (String name : order) {
                ZipEntry entry = new ZipEntry(name);
                entry.setTime(315_532_800_000L);
                zip.putNextEntry(entry);
                zip.write(entries.get(name));
            }
        }
        return out.toByteArray();
    }

    // ---- UART ------------------------------------------------------------------------------------------------------

    /** Frames one behind the other; returns when the last is over. */
    double uart(int channel, double time, UartSettings s, int... values) {
        double t = time;
        int idle = s.inverted() ? 0 : 1;
        levels.get(channel).putIfAbsent(0L, idle);
        if (s.inverted() && levels.get(channel).size() == 1) {
            set(channel, 0, 0);
        }
        for (int value : values) {
            int ones = Integer.bitCount(value);
            set(channel, t, 1 - idle);
            for (int i = 0; i < s.dataBits(); i++) {
                int bit = value >> (s.msbFirst() ? s.dataBits() - 1 - i : i) & 1;
                t += s.bit();
                set(channel, t, bit ^ (1 - idle));
            }
            if (s.parity() != UartSettings.Parity.NONE) {
                t += s.bit();
                set(channel, t, (s.parity().holds(1, ones) ? 1 : 0) ^ (1 - idle));
            }
            t += s.bit();
            set(channel, t, idle);
            t += s.bit() * s.stopBits();
        }
        return t;
    }

    double uart(int channel, double time, double bit, String text) {
        return uart(
                channel,
                time,
                new UartSettings(bit, 8, UartSettings.Parity.NONE, 1, false, false),
                text.chars().toArray());
    }

    // ---- SPI -------------------------------------------------------------------------------------------------------

    /** A transfer on the channels CS, CLK, MOSI, MISO in this order; returns when CS is released. */
    double spi(double time, double half, SpiSettings s, long[] out, long[] in) {
        double t = time;
        set(1, 0, s.cpol());
        set(0, 0, 1 - s.active());
        set(0, t, s.active());
        for (int w = 0; w < out.length; w++) {
            for (int i = 0; i < s.wordSize(); i++) {
                int place = s.msbFirst() ? s.wordSize() - 1 - i : i;
                double shift = s.cpha() == 0 ? t + half / 2 : t + half;
                set(2, shift, (int) (out[w] >>> place & 1));
                set(3, shift, (int) (in[w] >>> place & 1));
                set(1, t + half, 1 - s.cpol());
                set(1, t + 2 * half, s.cpol());
                t += 2 * half;
            }
        }
        t += 2 * half;
        set(0, t, 1 - s.active());
        return t + 4 * half;
    }

    // ---- I2C -------------------------------------------------------------------------------------------------------

    /** A bus on the channels SCL and SDA, 0 and 1; {@code quarter} is a quarter of the clock's period. */
    final class I2c {
        private double t;
        private final double quarter;

        I2c(double time, double quarter) {
            this.t = time;
            this.quarter = quarter;
        }

        private I2c step(int channel, int level) {
            t += quarter;
            set(channel, t, level);
            return this;
        }

        I2c start() {
            return step(1, 1).step(0, 1).step(1, 0).step(0, 0);
        }

        I2c stop() {
            step(1, 0).step(0, 1).step(1, 1);
            t += 8 * quarter;
            return this;
        }

        I2c bit(int bit) {
            step(1, bit).step(0, 1);
            t += quarter;
            return step(0, 0);
        }

        I2c value(int value, boolean ack) {
            for (int i = 7; i >= 0; i--) {
                bit(value >> i & 1);
            }
            return bit(ack ? 0 : 1);
        }

        /** The target holds the clock low. */
        I2c stretch(double samples) {
            t += samples;
            return this;
        }

        /** A spike on SDA while SCL is high. */
        I2c glitch() {
            step(1, 1).step(0, 1).step(1, 0).step(1, 1);
            return step(0, 0);
        }
    }

    I2c i2c(double time, double quarter) {
        return new I2c(time, quarter);
    }

    // ---- 1-Wire ----------------------------------------------------------------------------------------------------

    /** A bus on a channel; {@code micro} samples are a microsecond. */
    final class OneWire {
        private final int channel;
        private final double micro;
        private double t;
        private boolean overdrive;

        OneWire(int channel, double time, double micro) {
            this.channel = channel;
            this.t = time;
            this.micro = micro;
        }

        private void low(double normal, double fast, double thenHigh, double thenHighFast) {
            set(channel, t, 0);
            t += (overdrive ? fast : normal) * micro;
            set(channel, t, 1);
            t += (overdrive ? thenHighFast : thenHigh) * micro;
        }

        OneWire overdrive(boolean on) {
            overdrive = on;
            return this;
        }

        OneWire reset(boolean presence) {
            low(500, 60, 30, 3);
            if (presence) {
                low(120, 12, 400, 45);
            } else {
                t += (overdrive ? 60 : 480) * micro;
            }
            return this;
        }

        /** A slot of a one that is over before its time. */
        OneWire shortSlot() {
            low(6, 1, 10, 1);
            return this;
        }

        /** A reset whose answer has no end. */
        OneWire cutReset() {
            low(500, 60, 30, 3);
            set(channel, t, 0);
            return this;
        }

        OneWire bit(int bit) {
            if (bit == 1) {
                low(6, 1, 64, 9);
            } else {
                low(62, 8, 8, 3);
            }
            return this;
        }

        OneWire value(long value, int bits) {
            for (int i = 0; i < bits; i++) {
                bit((int) (value >>> i & 1));
            }
            return this;
        }

        /** A search that finds this code: bit, complement, direction. */
        OneWire search(long code) {
            for (int i = 0; i < 64; i++) {
                int bit = (int) (code >>> i & 1);
                bit(bit).bit(1 - bit).bit(bit);
            }
            return this;
        }
    }

    OneWire oneWire(int channel, double time, double micro) {
        return new OneWire(channel, time, micro);
    }
}

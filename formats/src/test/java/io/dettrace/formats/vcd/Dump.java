package io.dettrace.formats.vcd;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A dump of a small clocked design: a counter, its parity, a shift register and a bus that is released now and then. */
final class Dump {
    /** A change: the signal's number and its new value. */
    record Change(int signal, String value) {}

    /** All changes at one time. */
    record Step(long time, List<Change> changes) {}

    static final List<String> NAMES = List.of("tb.clk", "tb.dut.count", "tb.dut.parity", "tb.dut.shift", "tb.bus");
    static final int CLOCK = 0;

    private static final int[] WIDTHS = {1, 8, 1, 16, 4};
    private static final int PERIOD = 10;

    final List<Step> steps = new ArrayList<>();

    /** Runs the design for some cycles. */
    static Dump run(int cycles) {
        Dump dump = new Dump();
        List<Change> first = new ArrayList<>();
        first.add(new Change(0, "0"));
        for (int i = 1; i < NAMES.size(); i++) {
            first.add(new Change(i, "x"));
        }
        dump.steps.add(new Step(0, first));
        int shift = 1;
        for (int k = 1; k <= cycles; k++) {
            shift = (shift << 1 | (shift >> 15 ^ shift >> 13 ^ k) & 1) & 0xFFFF;
            List<Change> changes = new ArrayList<>();
            changes.add(new Change(0, "1"));
            changes.add(new Change(1, Integer.toBinaryString(k & 0xFF)));
            changes.add(new Change(2, Integer.toString(Integer.bitCount(k & 0xFF) & 1)));
            changes.add(new Change(3, Integer.toBinaryString(shift)));
            changes.add(new Change(4, k % 3 == 0 ? "z" : k % 3 == 1 ? "x1" : Integer.toBinaryString(k & 7)));
            dump.steps.add(new Step((long) k * PERIOD, changes));
            dump.steps.add(new Step((long) k * PERIOD + PERIOD / 2, List.of(new Change(0, "0"))));
        }
        return dump;
    }

    /** The same, with one value in one cycle exchanged. */
    Dump with(int cycle, int signal, String value) {
        Dump copy = new Dump();
        for (Step s : steps) {
            List<Change> changes = new ArrayList<>(s.changes);
            if (s.time == (long) cycle * PERIOD) {
                changes.replaceAll(c -> c.signal == signal ? new Change(signal, value) : c);
            }
            copy.steps.add(new Step(s.time, changes));
        }
        return copy;
    }

    /** The same, with a signal's change of a cycle made a cycle later instead of the one there. */
    Dump late(int cycle, int signal) {
        Dump copy = new Dump();
        Change moved = null;
        for (Step s : steps) {
            List<Change> changes = new ArrayList<>(s.changes);
            if (s.time == (long) cycle * PERIOD) {
                moved = changes.stream()
                        .filter(c -> c.signal == signal)
                        .findFirst()
                        .orElseThrow();
                changes.remove(moved);
            } else if (s.time == (long) (cycle + 1) * PERIOD) {
                changes.removeIf(c -> c.signal == signal);
                changes.add(moved);
            }
            copy.steps.add(new Step(s.time, changes));
        }
        return copy;
    }

    /** How a dump is written. */
    static final class Style {
        String timescale = "1 ns";
        long unit = 1;
        long delay;
        boolean fullWidth;
        boolean oneLine;
        boolean upper;
        Random shuffle;
        List<String> codes = List.of("!", "\"", "#", "$", "%");
    }

    private static String padded(String value, int width) {
        char first = value.charAt(0);
        char pad = first == '1' ? '0' : first;
        return String.valueOf(pad).repeat(width - value.length()) + value;
    }

    String text(Style style) {
        StringBuilder out = new StringBuilder("$timescale " + style.timescale + " $end\n$scope module tb $end\n");
        String[] c = style.codes.toArray(new String[0]);
        out.append("$var wire 1 " + c[0] + " clk $end\n$var wire 4 " + c[4] + " bus [3:0] $end\n");
        out.append("$scope module dut $end\n$var wire 1 " + c[0] + " clk $end\n$var reg 8 " + c[1]
                + " count [7:0] $end\n$var wire 1 " + c[2] + " parity $end\n$var reg 16 " + c[3]
                + " shift[15:0] $end\n");
        out.append("$upscope $end\n$upscope $end\n$enddefinitions $end\n");
        for (Step s : steps) {
            List<Change> changes = new ArrayList<>(s.changes);
            if (style.shuffle != null) {
                Collections.shuffle(changes, style.shuffle);
            }
            out.append('#').append((s.time + style.delay) * style.unit).append('\n');
            for (Change change : changes) {
                int width = WIDTHS[change.signal];
                String value = style.fullWidth ? padded(change.value, width) : change.value;
                value = style.upper ? value.toUpperCase(java.util.Locale.ROOT) : value;
                out.append(width == 1 ? value : "b" + value + " ")
                        .append(c[change.signal])
                        .append(style.oneLine ? ' ' : '\n');
            }
            out.append(style.oneLine ? "\n" : "");
        }
        return out.toString();
    }

    String text() {
        return text(new Style());
    }

    byte[] bytes() {
        return text().getBytes(StandardCharsets.US_ASCII);
    }
}

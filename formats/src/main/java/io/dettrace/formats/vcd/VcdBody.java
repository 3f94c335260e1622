package io.dettrace.formats.vcd;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.normalize.ValueDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads the value changes of a dump (18.2.2, 18.4.3) time by time. A value is brought into its shortest form, so that it is
 * the same whether a simulator writes all bits or leaves leading ones out (18.2.1: they are 0 before 0 or 1, else the first
 * one again). What repeats a signal's value, as checkpoints do, is no change.
 */
final class VcdBody {
    /** Number of codes whose signals are not asked for. */
    static final int UNWANTED = -2;

    /** Bytes of the text of a real number. */
    static final int MAX_REAL = 256;

    private static final int MAX_DIGITS = 19;

    /** Bytes of a value that is told from others by itself and not by its digest. */
    private static final int SHORT = 6;

    private static final byte[] BIT = new byte[128];
    private static final String PORT_STATES = "DUNZduLHXTlh01?FAaBbCcf";

    static {
        for (char c : "01xzuwlh-".toCharArray()) {
            BIT[c] = (byte) c;
            BIT[Character.toUpperCase(c)] = (byte) c;
        }
    }

    private final VcdTokens tokens;
    private final VcdSignals signals;
    private final ReadContext context;
    private final long[] last;
    private boolean pending;
    private boolean off;
    private long ticks;
    private String fraction = "";
    private long repeated;

    VcdBody(VcdTokens tokens, VcdSignals signals, ReadContext context, boolean pending) {
        this.tokens = tokens;
        this.signals = signals;
        this.context = context;
        this.pending = pending;
        last = new long[signals.count()];
    }

    /** Reads the changes at the next time that has any; false if there are no more. */
    boolean read(VcdStep step) throws IOException {
        step.clear();
        step.ticks = ticks;
        step.fraction = fraction;
        while (pending || tokens.next()) {
            pending = false;
            byte c = tokens.first();
            if (c == '#') {
                time();
                boolean over = step.size > 0 && (ticks != step.ticks || !fraction.equals(step.fraction));
                if (over) {
                    return true;
                }
                step.ticks = ticks;
                step.fraction = fraction;
            } else if (c == '$') {
                command();
            } else {
                change(step, c);
            }
        }
        return step.size > 0;
    }

    // ---- times and commands ----------------------------------------------------------------------------------------

    private void time() throws IOException {
        off = false;
        int from = tokens.from + 1;
        if (tokens.length() == 1) {
            if (!tokens.next()) {
                note("cut_off", "the file ends within a time, which is left out");
                return;
            }
            note("space_in_change", "white space within a time or a change of one bit");
            from = tokens.from;
        }
        byte[] b = tokens.bytes();
        long value = 0;
        int i = from;
        while (i < tokens.to && b[i] >= '0' && b[i] <= '9') {
            int d = b[i++] - '0';
            if (value > (Long.MAX_VALUE - d) / 10) {
                throw tokens.error("a time beyond 64 bits: " + tokens.shown());
            }
            value = value * 10 + d;
        }
        String part = i > from && i < tokens.to ? fraction(b, i) : "";
        if (i == from || part == null) {
            broken("expected a time, # and a number, found \"" + tokens.shown() + "\"");
            return;
        }
        boolean back = value < ticks || value == ticks && compareFractions(part, fraction) < 0;
        if (back) {
            note("time_goes_back", "a time lies before the one before it; its changes are taken at the later time");
            return;
        }
        ticks = value;
        fraction = part;
    }

    /** The digits behind the point of a fractional time, without needless ones; null if that is none. */
    private String fraction(byte[] b, int point) {
        int end = tokens.to;
        if (b[point] != '.' || end - point > MAX_DIGITS) {
            return null;
        }
        for (int i = point + 1; i < end; i++) {
            if (b[i] < '0' || b[i] > '9') {
                return null;
            }
        }
        while (b[end - 1] == '0') {
            end--;
        }
        if (end - 1 > point) {
            note("fractional_time", "a time is no whole number of units");
        }
        return new String(b, point + 1, Math.max(0, end - point - 1), StandardCharsets.ISO_8859_1);
    }

    private static int compareFractions(String a, String b) {
        return a.compareTo(b);
    }

    private void command() throws IOException {
        if (tokens.is("$end")) {
            off = false;
        } else if (tokens.is("$dumpoff") || tokens.is("$dumpportsoff")) {
            off = true;
            note("recording_off", "the dump was switched off for a while; changes meanwhile are not in it");
        } else if (tokens.is("$comment")) {
            VcdHeader.comment(tokens);
        } else if (tokens.is("$var")
                || tokens.is("$scope")
                || tokens.is("$enddefinitions")
                || tokens.is("$timescale")) {
            throw tokens.error(
                    tokens.shown()
                            + " after the first value change; are these two dumps in one file? Each has to be a file of its own");
        } else if (!isSection()) {
            String name = tokens.shown();
            if (!name.equals("$vcdclose")) {
                note("unknown_command", "the command " + name + " is not known and is left out");
            }
            VcdHeader.comment(tokens);
        }
    }

    private boolean isSection() {
        return tokens.is("$dumpvars")
                || tokens.is("$dumpall")
                || tokens.is("$dumpon")
                || tokens.is("$dumpports")
                || tokens.is("$dumpportson")
                || tokens.is("$dumpportsall")
                || tokens.is("$dumpflush")
                || tokens.is("$dumpportsflush");
    }

    // ---- changes ---------------------------------------------------------------------------------------------------

    private void change(VcdStep step, byte c) throws IOException {
        if (!step.room(tokens.length() + 8)) {
            throw tokens.error("more than " + VcdStep.MAX_CHANGES + " changes or " + VcdStep.MAX_BYTES
                    + " bytes of values at one time");
        }
        int before = step.used;
        long offset = tokens.offset();
        long line = tokens.line();
        byte kind;
        if (c >= 0 && BIT[c] != 0) {
            if (tokens.length() > 1) {
                step.values[step.used++] = BIT[c];
                code(step, before, VcdStep.BITS, offset, line, tokens.from + 1);
                return;
            }
            step.values[step.used++] = BIT[c];
            note("space_in_change", "white space within a time or a change of one bit");
            kind = VcdStep.BITS;
        } else {
            kind = value(step, c);
            if (kind < 0) {
                step.used = before;
                return;
            }
        }
        if (!tokens.next()) {
            step.used = before;
            note("cut_off", "the file ends within a change, which is left out");
            return;
        }
        code(step, before, kind, offset, line, tokens.from);
    }

    /** Takes the value of what is more than a bit; -1 if it is none. */
    private byte value(VcdStep step, byte c) throws IOException {
        switch (c) {
            case 'b', 'B' -> {
                return bits(step) ? VcdStep.BITS : -1;
            }
            case 'r', 'R' -> {
                return real(step) ? VcdStep.REAL : -1;
            }
            case 's', 'S' -> {
                System.arraycopy(tokens.bytes(), tokens.from + 1, step.values, step.used, tokens.length() - 1);
                step.used += tokens.length() - 1;
                return VcdStep.TEXT;
            }
            case 'p' -> {
                return port(step) ? VcdStep.PORT : -1;
            }
            default -> {
                broken("expected a value change such as 1! or b101 !, found \"" + tokens.shown() + "\"");
                return -1;
            }
        }
    }

    private boolean bits(VcdStep step) throws IOException {
        byte[] b = tokens.bytes();
        int to = tokens.to;
        int from = tokens.from + 1;
        byte[] out = step.values;
        int at = step.used;
        boolean sound = to - from <= VcdHeader.MAX_WIDTH;
        int first = from;
        while (sound && first + 1 < to && isNeedless(b[first], b[first + 1])) {
            first++;
        }
        int bad = 0;
        for (int i = first; sound && i < to; i++) {
            byte bit = b[i] >= 0 ? BIT[b[i]] : 0;
            bad |= bit - 1;
            out[at++] = bit;
        }
        if (!sound || bad < 0) {
            broken("expected a vector of up to " + VcdHeader.MAX_WIDTH + " bits, such as b101, found \""
                    + tokens.shown() + "\"");
            return false;
        }
        step.used = at;
        return true;
    }

    /** True if a leading bit says nothing: what is left out on the left is 0 before 0 and 1, else the first bit again. */
    private static boolean isNeedless(byte bit, byte next) {
        if (bit == '0') {
            return next == '0' || next == '1';
        }
        return bit != '1' && (bit | 0x20) == (next | 0x20) && bit >= 0 && BIT[bit] != 0;
    }

    private boolean real(VcdStep step) throws IOException {
        try {
            if (tokens.length() > MAX_REAL) {
                throw new NumberFormatException();
            }
            String text = tokens.text().substring(1);
            long bits = Double.doubleToLongBits(number(text));
            for (int i = 56; i >= 0; i -= 8) {
                step.values[step.used++] = (byte) (bits >>> i);
            }
            return true;
        } catch (NumberFormatException e) {
            broken("expected a real number such as r1.5, found \"" + tokens.shown() + "\"");
            return false;
        }
    }

    /** A number as C prints it. */
    private static double number(String text) {
        char end = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
        if (end == 'n' || end == 'N' || end == 'f' || end == 'F' || end == ')') {
            String t = text.toLowerCase(java.util.Locale.ROOT);
            boolean negative = t.startsWith("-");
            t = negative || t.startsWith("+") ? t.substring(1) : t;
            if (t.startsWith("nan")) {
                return Double.NaN;
            }
            if (t.equals("inf")) {
                return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            }
            throw new NumberFormatException();
        }
        if (end < '.' || end > '9') {
            throw new NumberFormatException();
        }
        return Double.parseDouble(text);
    }

    /** A port's states and their strengths (18.4.3); the strengths are not kept. */
    private boolean port(VcdStep step) throws IOException {
        byte[] b = tokens.bytes();
        boolean sound = tokens.length() > 1 && tokens.length() <= VcdHeader.MAX_WIDTH;
        for (int i = tokens.from + 1; sound && i < tokens.to; i++) {
            sound = PORT_STATES.indexOf(b[i]) >= 0;
        }
        if (!sound) {
            broken("expected the states of a port such as pDU, found \"" + tokens.shown() + "\"");
            return false;
        }
        System.arraycopy(b, tokens.from + 1, step.values, step.used, tokens.length() - 1);
        step.used += tokens.length() - 1;
        for (int strength = 0; strength < 2; strength++) {
            if (!tokens.next()) {
                note("cut_off", "the file ends within a change, which is left out");
                return false;
            }
        }
        return true;
    }

    /** What a port's state is as a bit. */
    static char bit(byte state) {
        return switch (state) {
            case 'D', 'd', 'L', 'l', '0' -> '0';
            case 'U', 'u', 'H', 'h', '1' -> '1';
            case 'Z', 'T', 'F', 'f' -> 'z';
            default -> 'x';
        };
    }

    /** Takes the code, which begins at {@code from} and ends the change. */
    private void code(VcdStep step, int before, byte kind, long offset, long line, int from) throws InputException {
        int signal = signals.codes.get(tokens.bytes(), from, tokens.to);
        if (signal < 0 || off) {
            step.used = before;
            if (signal == VcdCodes.NONE && !off) {
                broken("no $var has the identifier code of the change \"" + tokens.shown() + "\"");
            }
            return;
        }
        if (kind == VcdStep.BITS && step.used == before) {
            if (signals.width(signal) > 0) {
                broken("expected a vector such as b101, found no bits before the code \"" + tokens.shown() + "\"");
            }
            return; // A variable of no bits has no values to change.
        }
        byte what = kind;
        if (kind == VcdStep.BITS) {
            if (signals.kind(signal) == VcdSignals.EVENT) {
                what = VcdStep.TRIGGER;
            } else if (step.used - before > Math.max(1, signals.width(signal))) {
                narrow(step, before, Math.max(1, signals.width(signal)));
            }
        }
        int n = step.used - before;
        long digest = n > SHORT ? ValueDigest.of(step.values, before, n) : 0;
        long value = n > SHORT ? digest + what | Long.MIN_VALUE : word(step, before, what);
        if (value == last[signal] && what != VcdStep.TRIGGER) {
            step.used = before;
            repeated++;
            return;
        }
        last[signal] = value;
        step.add(signal, what, offset, line, (int) (tokens.offset() + tokens.length() - offset), digest);
    }

    /** Leaves out the bits that the variable has not. */
    private void narrow(VcdStep step, int before, int width) {
        int n = step.used - before;
        int from = before + n - width;
        while (from + 1 < step.used && isNeedless(step.values[from], step.values[from + 1])) {
            from++;
        }
        System.arraycopy(step.values, from, step.values, before, step.used - from);
        step.used = before + step.used - from;
        note("too_wide", "a value has more bits than its variable; the lowest are taken");
    }

    /** A short value and its kind as one word. */
    private static long word(VcdStep step, int from, byte kind) {
        byte[] b = step.values;
        long word = step.used - from + 1 << 3 | kind;
        for (int i = from; i < step.used; i++) {
            word = word << 8 | b[i] & 0xFF;
        }
        return word;
    }

    /** Changes that were none so far. */
    long repeated() {
        return repeated;
    }

    private void note(String code, String message) {
        context.note(code, message, tokens.place());
    }

    private void broken(String what) throws InputException {
        if (!context.lenient()) {
            throw tokens.error(what + "; --lenient leaves such changes out and counts them");
        }
        note("broken_events", "what is no value change is left out");
    }
}

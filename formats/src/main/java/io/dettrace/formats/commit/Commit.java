package io.dettrace.formats.commit;

import io.dettrace.formats.record.EventRecord;
import java.util.Locale;

/**
 * A committed instruction, or a trap, in the form that all logs are brought into: numbers in hexadecimal without leading
 * zeros, registers as {@code x5}, {@code f0}, {@code v8}; what is written to {@code x0} is no write.
 */
final class Commit {
    private static final String[] ABI =
            ("zero ra sp gp tp t0 t1 t2 s0 s1 a0 a1 a2 a3 a4 a5 a6 a7 s2 s3 s4 s5 s6 s7 s8 s9 s10" + " s11 t3 t4 t5 t6")
                    .split(" ");
    private static final String[] FLOAT_ABI =
            ("ft0 ft1 ft2 ft3 ft4 ft5 ft6 ft7 fs0 fs1 fa0 fa1 fa2 fa3 fa4 fa5 fa6 fa7 fs2 fs3"
                            + " fs4 fs5 fs6 fs7 fs8 fs9 fs10 fs11 ft8 ft9 ft10 ft11")
                    .split(" ");

    boolean open;
    String hart = "0";
    String event = "commit";
    String pc;
    String insn;
    String mnemonic;
    String priv;
    String cause;
    String tval;
    String step;
    final StringBuilder rd = new StringBuilder();
    final StringBuilder value = new StringBuilder();
    final StringBuilder csr = new StringBuilder();
    final StringBuilder csrValue = new StringBuilder();
    final StringBuilder mem = new StringBuilder();
    final StringBuilder store = new StringBuilder();
    long line;
    long offset;
    long end;

    void clear() {
        open = false;
        hart = "0";
        event = "commit";
        pc = insn = mnemonic = priv = cause = tval = step = null;
        for (StringBuilder b : new StringBuilder[] {rd, value, csr, csrValue, mem, store}) {
            b.setLength(0);
        }
    }

    /** Takes a write to a register by any of its names; false if that is none. */
    boolean write(String name, String hex) {
        String register = register(name);
        if (register == null) {
            return false;
        }
        if (!register.equals("x0")) {
            add(rd, register);
            add(value, hex(hex));
        }
        return true;
    }

    void writeCsr(String name, String hex) {
        add(csr, name.toLowerCase(Locale.ROOT));
        add(csrValue, hex(hex));
    }

    void load(String address) {
        add(mem, hex(address));
    }

    void store(String address, String data) {
        add(mem, hex(address));
        add(store, hex(data));
    }

    private static void add(StringBuilder list, String item) {
        list.append(list.length() == 0 ? "" : ",").append(item);
    }

    /** A number's digits in their shortest form, such as {@code 0x1f}. */
    static String hex(String text) {
        int at = text.startsWith("0x") || text.startsWith("0X") ? 2 : 0;
        while (at + 1 < text.length() && text.charAt(at) == '0') {
            at++;
        }
        return "0x" + text.substring(at).toLowerCase(Locale.ROOT);
    }

    static boolean isHex(String text) {
        int from = text.startsWith("0x") ? 2 : 0;
        for (int i = from; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return text.length() > from && text.length() - from <= MAX_DIGITS;
    }

    /** Digits of a number; the longest are vector registers. */
    static final int MAX_DIGITS = 1 << 16;

    /** The register's number form, such as {@code x5} for {@code t0}; null if there is none of that name. */
    static String register(String name) {
        String n = name.toLowerCase(Locale.ROOT);
        for (int i = 0; i < ABI.length; i++) {
            if (n.equals(ABI[i])) {
                return "x" + i;
            }
            if (n.equals(FLOAT_ABI[i])) {
                return "f" + i;
            }
        }
        if (n.equals("fp")) {
            return "x8";
        }
        boolean numbered = n.length() >= 2 && n.length() <= 3 && "xfv".indexOf(n.charAt(0)) >= 0;
        for (int i = 1; numbered && i < n.length(); i++) {
            numbered = n.charAt(i) >= '0' && n.charAt(i) <= '9';
        }
        if (!numbered) {
            return null;
        }
        int number = Integer.parseInt(n.substring(1));
        return number < 32 ? n.charAt(0) + Integer.toString(number) : null;
    }

    void fill(EventRecord record, int file, String log) {
        record.clear();
        record.at(file, line, offset, (int) Math.min(Integer.MAX_VALUE, end - offset));
        record.text("hart", "hart " + hart);
        record.text("event", event);
        text(record, "pc", pc);
        text(record, "insn", insn);
        text(record, "rd", rd);
        text(record, "value", value);
        text(record, "mem", mem);
        text(record, "store", store);
        text(record, "csr", csr);
        text(record, "csr_value", csrValue);
        text(record, "priv", priv);
        text(record, "cause", cause);
        text(record, "tval", tval);
        text(record, "mnemonic", mnemonic);
        record.text("log", log);
    }

    private static void text(EventRecord record, String path, CharSequence value) {
        if (value != null && value.length() > 0) {
            record.text(path, value);
        }
    }
}

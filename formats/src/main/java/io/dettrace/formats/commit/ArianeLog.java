package io.dettrace.formats.commit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CVA6's instruction tracer: time, cycle, level, pc, a flag, word, disassembly, and registers. Written and read registers look
 * alike there; the word's own field says which one is written.
 */
final class ArianeLog implements LogKind {
    private static final Pattern ROW = Pattern.compile(
            "\\s*\\d{1,18}(?:\\.\\d+)?\\s?[munpf]s\\s+\\d{1,18} ([MSUD]) ([0-9a-fA-F]{8,16}) \\d ([0-9a-fA-F]{4,8}) (.*)");
    private static final Pattern REGISTER = Pattern.compile("\\b([a-z][a-z0-9]{1,3}) *:([0-9a-fA-F]{8,16})\\b");
    private static final Pattern ADDRESS = Pattern.compile("VA: *([0-9a-fA-F]{1,16})");
    private static final Map<String, String> LEVELS = Map.of("M", "3", "S", "1", "U", "0", "D", "3");

    private static final Pattern TRAP =
            Pattern.compile("Exception @.{1,40}, PC: ([0-9a-fA-F]{8,16}), Cause: ([^,]{1,60})(?:,\\s*(.*))?");
    private static final Pattern TVAL = Pattern.compile("\\s*tval: +([0-9a-fA-F]{1,16}),?\\s*");

    @Override
    public String name() {
        return "cva6";
    }

    @Override
    public int matches(List<String> head) {
        return (int) head.stream().filter(l -> ROW.matcher(l).matches()).count();
    }

    @Override
    public Line take(String line, Commit before, Commit next) {
        Matcher m = ROW.matcher(line);
        if (!m.matches()) {
            return trap(line, before, next);
        }
        next.priv = LEVELS.get(m.group(1));
        next.pc = Commit.hex(m.group(2));
        next.insn = Commit.hex(m.group(3));
        String rest = m.group(4);
        Matcher r = REGISTER.matcher(rest);
        int written = written(Long.parseLong(m.group(3), 16));
        boolean done = false;
        int end = rest.length();
        while (r.find()) {
            end = Math.min(end, r.start());
            String register = Commit.register(r.group(1));
            boolean is = written > 0 && ("x" + written).equals(register) || ("f" + written).equals(register);
            if (register != null && is && !done) {
                done = next.write(register, r.group(2));
            }
        }
        next.mnemonic = rest.substring(0, end).strip().replaceAll("\\s+", " ");
        Matcher a = ADDRESS.matcher(rest);
        if (a.find()) {
            next.load(a.group(1));
        }
        return Line.NEW;
    }

    /** {@code Exception @ 25ns, PC: 80000100, Cause: Illegal Instruction,}, and perhaps {@code tval:} behind it or below. */
    private static Line trap(String line, Commit before, Commit next) {
        Matcher t = TRAP.matcher(line);
        if (!t.matches()) {
            Matcher value = TVAL.matcher(line);
            boolean belongs = value.matches() && before.open && before.cause != null;
            before.tval = belongs ? Commit.hex(value.group(1)) : before.tval;
            return belongs ? Line.MORE : Line.OTHER;
        }
        String cause = t.group(2).strip().toLowerCase(Locale.ROOT).replace(' ', '_');
        next.event = cause.endsWith("interrupt") ? "interrupt" : "exception";
        next.cause = cause;
        next.pc = Commit.hex(t.group(1));
        Matcher value = TVAL.matcher(t.group(3) == null ? "" : t.group(3));
        next.tval = value.matches() ? Commit.hex(value.group(1)) : null;
        return Line.NEW;
    }

    /** Number of the register that a word of 32 bits writes, 0 for none (unprivileged specification, table 24.1). */
    static int written(long word) {
        int opcode = (int) word & 0x7F;
        boolean none = opcode == 0x63 || opcode == 0x23 || opcode == 0x27 || opcode == 0x0F;
        return none || (word & 3) != 3 ? 0 : (int) (word >> 7) & 31;
    }
}

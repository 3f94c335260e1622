package io.dettrace.formats.commit;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The trace of the Sail model: an instruction, then a line for each write; a trap makes the instruction before one. */
final class SailLog implements LogKind {
    private static final Pattern START = Pattern.compile(
            "\\[\\d{1,18}\\] \\[(M|H?S|U|VS|VU)\\]: 0x([0-9a-fA-F]{1,16}) \\(0x([0-9a-fA-F]{1,8})\\)(?: (.*))?");
    private static final Pattern WRITE = Pattern.compile("([xfv]\\d{1,2}) <- 0x([0-9a-fA-F]{1,16384})");
    private static final Pattern CSR =
            Pattern.compile("CSR (\\S+)(?: \\(0x[0-9a-fA-F]+\\))? <- 0x([0-9a-fA-F]{1,16}).*");
    private static final Pattern MEMORY =
            Pattern.compile("(?:mem|htif)\\[([A-Z]*,?)0x([0-9a-fA-F]{1,16})\\] (<-|->) 0x([0-9a-fA-F]{1,64}).*");
    private static final Map<String, String> LEVELS =
            Map.of("M", "3", "S", "1", "HS", "1", "VS", "1", "U", "0", "VU", "0");
    private static final Pattern HANDLING =
            Pattern.compile("handling (exc|int)#(\\S+) at priv \\S+ .*\\btval[ =]0x([0-9a-fA-F]{1,16}).*");

    @Override
    public String name() {
        return "sail";
    }

    @Override
    public int matches(List<String> head) {
        return (int) head.stream().filter(l -> START.matcher(l).matches()).count();
    }

    @Override
    public Line take(String line, Commit before, Commit next) {
        Matcher m = START.matcher(line);
        if (m.matches()) {
            next.priv = LEVELS.get(m.group(1));
            next.pc = Commit.hex(m.group(2));
            next.insn = Commit.hex(m.group(3));
            next.mnemonic = m.group(4);
            return Line.NEW;
        }
        return before.open ? more(line, before) : Line.OTHER;
    }

    private static Line more(String line, Commit before) {
        Matcher w = WRITE.matcher(line);
        if (w.matches()) {
            return before.write(w.group(1), w.group(2)) ? Line.MORE : Line.BROKEN;
        }
        Matcher c = CSR.matcher(line);
        if (c.matches()) {
            before.writeCsr(c.group(1), c.group(2));
            return Line.MORE;
        }
        Matcher mem = MEMORY.matcher(line);
        if (mem.matches()) {
            if (mem.group(1).startsWith("X")) {
                return Line.SKIP;
            }
            if (mem.group(3).equals("<-")) {
                before.store(mem.group(2), mem.group(4));
            } else {
                before.load(mem.group(2));
            }
            return Line.MORE;
        }
        if (line.startsWith("trapping from ")) {
            String text = line.strip();
            before.event = "exception";
            before.cause = text.substring(text.lastIndexOf(' ') + 1).replace('-', '_');
            before.insn = null;
            return Line.MORE;
        }
        return handling(line, before);
    }

    /** {@code handling exc#misaligned-load at priv M | tval=0x80000401}, the value that a trap comes with. */
    private static Line handling(String line, Commit before) {
        Matcher h = HANDLING.matcher(line);
        if (!h.matches()) {
            return Line.OTHER;
        }
        before.event = h.group(1).equals("int") ? "interrupt" : "exception";
        before.cause = before.cause == null && !h.group(2).startsWith("0x")
                ? h.group(2).replace('-', '_')
                : before.cause;
        before.tval = Commit.hex(h.group(3));
        before.insn = null;
        return Line.MORE;
    }
}

package io.dettrace.formats.commit;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Imperas' riscvOVPsim with {@code --trace --tracechange}: {@code Info 2: 'riscvOVPsim/cpu', 0x80000004(_start+4): Machine f1402573
 * csrr a0,mhartid}, and below it a line for each register that has another value than before.
 */
final class ImperasLog implements LogKind {
    private static final Pattern ROW =
            Pattern.compile("Info (?:\\d{1,18}: )?'([^']{1,200})', 0x([0-9a-fA-F]{1,16})(?:\\([^)]*\\))?: "
                    + "(?:([A-Z][a-z]+) +)?([0-9a-fA-F]{4,8}) +(.*)");
    private static final Pattern CHANGE =
            Pattern.compile("Info +([a-z][a-z0-9_]*) ([0-9a-fA-F]{1,64}) -> ([0-9a-fA-F]{1,64})\\s*");
    private static final Pattern HART = Pattern.compile("(\\d{1,9})$");
    private static final Map<String, String> LEVELS = Map.of("Machine", "3", "Supervisor", "1", "User", "0");

    @Override
    public String name() {
        return "imperas";
    }

    @Override
    public int matches(List<String> head) {
        return (int) head.stream().filter(l -> ROW.matcher(l).matches()).count();
    }

    @Override
    public Line take(String line, Commit before, Commit next) {
        if (!line.startsWith("Info ")) {
            return Line.OTHER;
        }
        Matcher m = ROW.matcher(line);
        if (m.matches()) {
            Matcher hart = HART.matcher(m.group(1));
            next.hart = hart.find() ? hart.group(1) : "0";
            next.pc = Commit.hex(m.group(2));
            next.priv = m.group(3) == null ? null : LEVELS.get(m.group(3));
            next.insn = Commit.hex(m.group(4));
            next.mnemonic = m.group(5).strip().replaceAll("\\s+", " ");
            return Line.NEW;
        }
        Matcher c = CHANGE.matcher(line);
        if (!c.matches() || !before.open) {
            return Line.OTHER;
        }
        if (!before.write(c.group(1), c.group(3))) {
            before.writeCsr(c.group(1), c.group(3));
        }
        return Line.MORE;
    }
}

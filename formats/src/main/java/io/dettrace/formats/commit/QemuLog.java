package io.dettrace.formats.commit;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log of QEMU's plugin {@code execlog}: {@code 0, 0x1000, 0x297, "auipc t0,0"}, behind it loads, stores and registers that
 * changed. QEMU's own {@code -d in_asm} says what was translated, not what ran, and is not read.
 */
final class QemuLog implements LogKind {
    private static final Pattern ROW =
            Pattern.compile("(\\d{1,9}), 0x([0-9a-fA-F]{1,16}), 0x([0-9a-fA-F]{1,16}), \"([^\"]*)\"(.*)");
    private static final Pattern MEMORY = Pattern.compile(", (?:load|store), 0x([0-9a-fA-F]{1,16})");
    private static final Pattern REGISTER = Pattern.compile(", ([a-z][a-z0-9/]*) -> 0x([0-9a-fA-F]{1,64})");

    @Override
    public String name() {
        return "qemu";
    }

    @Override
    public int matches(List<String> head) {
        return (int) head.stream().filter(l -> ROW.matcher(l).matches()).count();
    }

    @Override
    public Line take(String line, Commit before, Commit next) {
        Matcher m = ROW.matcher(line);
        if (!m.matches()) {
            return Line.OTHER;
        }
        next.hart = m.group(1);
        next.pc = Commit.hex(m.group(2));
        next.insn = Commit.hex(m.group(3));
        next.mnemonic = m.group(4);
        Matcher memory = MEMORY.matcher(m.group(5));
        while (memory.find()) {
            next.load(memory.group(1));
        }
        Matcher register = REGISTER.matcher(m.group(5));
        while (register.find()) {
            String name = register.group(1);
            next.write(name.substring(name.indexOf('/') + 1), register.group(2)); // x5/t0
        }
        return Line.NEW;
    }
}

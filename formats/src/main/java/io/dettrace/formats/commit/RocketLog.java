package io.dettrace.formats.commit;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rocket's {@code +verbose} log: a line a cycle; those that are not valid committed nothing. */
final class RocketLog implements LogKind {
    private static final Pattern ROW = Pattern.compile(
            "C *(\\d{1,9}): +\\d{1,18} \\[(\\d)\\] pc=\\[([0-9a-fA-F]{1,16})\\] W\\[r *(\\d{1,2})=([0-9a-fA-F]{1,16})\\]\\[(\\d)\\]"
                    + "(?: R\\[r *\\d{1,2}=[0-9a-fA-F]{1,16}\\]){0,3} inst=\\[([0-9a-fA-F]{1,8})\\](.*)");

    @Override
    public String name() {
        return "rocket";
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
        if (m.group(2).equals("0")) {
            return Line.SKIP;
        }
        next.hart = m.group(1);
        next.pc = Commit.hex(m.group(3));
        next.insn = Commit.hex(m.group(7));
        next.mnemonic = m.group(8).strip();
        if (!m.group(6).equals("0")) {
            next.write("x" + m.group(4), m.group(5));
        }
        return Line.NEW;
    }
}

package io.dettrace.formats.commit;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ibex's tracer and its relatives (RI5CY, CV32E40P): time, cycle, pc, word, decoded instruction, registers and memory. */
final class TracerLog implements LogKind {
    private static final Pattern ROW = Pattern.compile(
            "\\s*(\\d{1,18}(?: ?[munpf]s)?)\\s+(\\d{1,18})\\s+([0-9a-fA-F]{8,16})\\s+([0-9a-fA-F]{4}|[0-9a-fA-F]{8})\\s+(\\S.*)");
    private static final Pattern WRITE = Pattern.compile("(?:^|\\s)([xf]\\d{1,2})=(?:0x)?([0-9a-fA-F]{1,16})(?=\\s|$)");
    private static final Pattern ADDRESS = Pattern.compile("(?:^|\\s)PA:(?:0x)?([0-9a-fA-F]{1,16})(?=\\s|$)");
    private static final Pattern STORED = Pattern.compile("(?:^|\\s)store:(?:0x)?([0-9a-fA-F]{1,16})(?=\\s|$)");

    @Override
    public String name() {
        return "tracer";
    }

    @Override
    public int matches(List<String> head) {
        boolean titled = head.stream().limit(4).anyMatch(TracerLog::isTitle);
        long rows = head.stream().filter(l -> ROW.matcher(l).matches()).count();
        return titled ? (int) rows : 0;
    }

    private static boolean isTitle(String line) {
        String[] words = line.strip().split("\\s+");
        return words.length >= 4
                && words[0].equals("Time")
                && words[1].equals("Cycle")
                && words[2].equals("PC")
                && words[3].startsWith("Ins");
    }

    @Override
    public Line take(String line, Commit before, Commit next) {
        Matcher m = ROW.matcher(line);
        if (!m.matches()) {
            return isTitle(line) ? Line.SKIP : Line.OTHER;
        }
        next.pc = Commit.hex(m.group(3));
        next.insn = Commit.hex(m.group(4));
        String rest = m.group(5);
        String[] parts = rest.split("\\t");
        next.mnemonic = (parts.length > 1 && parts[1].indexOf('=') < 0 ? parts[0] + " " + parts[1] : parts[0])
                .strip()
                .replaceAll("\\s+", " ");
        Matcher w = WRITE.matcher(rest);
        while (w.find()) {
            next.write(w.group(1), w.group(2));
        }
        Matcher a = ADDRESS.matcher(rest);
        if (a.find()) {
            Matcher s = STORED.matcher(rest);
            if (s.find()) {
                next.store(a.group(1), s.group(1));
            } else {
                next.load(a.group(1));
            }
        }
        return Line.NEW;
    }
}

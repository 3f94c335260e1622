package io.dettrace.formats.commit;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whisper's {@code --logfile}: tag, hart, pc, word, resource, address, value, disassembly; a plus says that more follows. */
final class WhisperLog implements LogKind {
    private static final Pattern ROW = Pattern.compile(
            "#(\\d{1,18}) (\\d{1,9}) (?:[MSUmsu]+ )?([0-9a-fA-F]{8,16}) +([0-9a-fA-F]{4,8}) ([rfcmv-]) ([0-9a-fA-F]{1,16}) +"
                    + "([0-9a-fA-F]{1,16384})(?: +(.*))?");

    @Override
    public String name() {
        return "whisper";
    }

    @Override
    public int matches(List<String> head) {
        return (int) head.stream().filter(l -> ROW.matcher(l).matches()).count();
    }

    @Override
    public Line take(String line, Commit before, Commit next) {
        Matcher m = ROW.matcher(line);
        if (!m.matches()) {
            return line.startsWith("#") ? Line.BROKEN : Line.OTHER;
        }
        boolean same =
                before.open && m.group(1).equals(before.step) && m.group(2).equals(before.hart);
        Commit into = same ? before : next;
        into.step = m.group(1);
        into.hart = m.group(2);
        into.pc = Commit.hex(m.group(3));
        into.insn = Commit.hex(m.group(4));
        String text = m.group(8);
        into.mnemonic = text == null ? null : text.replaceAll("\\s*\\+$", "");
        switch (m.group(5)) {
            case "r" -> into.write("x" + number(m.group(6)), m.group(7));
            case "f" -> into.write("f" + number(m.group(6)), m.group(7));
            case "v" -> into.write("v" + number(m.group(6)), m.group(7));
            case "c" -> into.writeCsr("0x" + m.group(6), m.group(7));
            case "m" -> into.store(m.group(6), m.group(7));
            default -> {
                // The instruction wrote nothing.
            }
        }
        return same ? Line.MORE : Line.NEW;
    }

    private static String number(String hex) {
        try {
            return Integer.toString(Integer.parseInt(hex, 16));
        } catch (NumberFormatException tooLarge) {
            return "?";
        }
    }
}

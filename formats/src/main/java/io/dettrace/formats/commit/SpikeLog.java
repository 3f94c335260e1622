package io.dettrace.formats.commit;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spike's {@code --log-commits}, also as CVA6's, BOOM's and Dromajo's own logs write it, from before there were privilege levels on, and
 * mixed with the disassembly of {@code -l}. An instruction that only the disassembly has was not committed, unless the log is
 * nothing but disassembly.
 */
final class SpikeLog implements LogKind {
    private static final Pattern START = Pattern.compile(
            "(?:core +(?<core>\\d{1,9}): |(?<hart>\\d{1,9}) (?=[0-7] 0x))?(?: *(?<level>[0-7]) )? *0x(?<pc>[0-9a-fA-F]{1,32}) "
                    + "\\(0x(?<word>[0-9a-fA-F]{1,48})\\)(?<rest>.*)");
    private static final Pattern TRAP = Pattern.compile(
            "core +(\\d{1,9}): +(?:(exception) (\\S+), epc 0x([0-9a-fA-F]{1,32})|tval 0x([0-9a-fA-F]{1,32}))\\s*");
    private static final Pattern LABEL = Pattern.compile("core +\\d+: +>>>>.*|core +\\d+: Executed \\d+ times.*");
    private static final Pattern CSR = Pattern.compile("c\\d+_\\S+");
    private static final Pattern SHAPE = Pattern.compile("[eml]f?\\d+");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private boolean onlyDisassembly;
    private String mnemonic;
    private String mnemonicPc;

    @Override
    public String name() {
        return "spike";
    }

    @Override
    public int matches(List<String> head) {
        int commits = 0;
        int listed = 0;
        for (String line : head) {
            Matcher m = START.matcher(bare(line));
            if (m.matches()) {
                boolean plain = isListing(m.group("rest"));
                commits += plain ? 0 : 1;
                listed += plain ? 1 : 0;
            }
        }
        onlyDisassembly = commits == 0;
        return commits + listed;
    }

    private static String bare(String line) {
        return line.startsWith("(spike) ") ? line.substring(8) : line;
    }

    @Override
    public Line take(String raw, Commit before, Commit next) {
        String line = bare(raw);
        if (!line.startsWith("core") && !line.startsWith("0x") && !line.startsWith(" ") && !startsWithLevel(line)) {
            return Line.OTHER;
        }
        Matcher m = START.matcher(line);
        if (m.matches()) {
            return instruction(m, next);
        }
        if (!line.startsWith("core")) {
            return Line.OTHER;
        }
        return LABEL.matcher(line).matches() ? Line.SKIP : trap(line, before, next);
    }

    /** True if what follows the word is an instruction's name and not what it did. */
    private static boolean isListing(String rest) {
        String text = rest.strip();
        int end = text.indexOf(' ');
        String first = end < 0 ? text : text.substring(0, end);
        boolean effect = first.isEmpty()
                || first.endsWith("mem")
                || first.length() == 1 && "xfv".contains(first)
                || SHAPE.matcher(first).matches()
                || CSR.matcher(first).matches()
                || Commit.register(first) != null;
        return !effect;
    }

    /** A level, or a hart and a level as Dromajo writes them. */
    private static boolean startsWithLevel(String line) {
        int digits = 0;
        while (digits < line.length() && line.charAt(digits) >= '0' && line.charAt(digits) <= '9') {
            digits++;
        }
        return digits > 0 && digits < 10 && line.startsWith(" ", digits);
    }

    private Line instruction(Matcher m, Commit next) {
        String hart = m.group("core") == null ? m.group("hart") : m.group("core");
        next.hart = hart == null ? "0" : hart;
        next.priv = m.group("level");
        next.pc = Commit.hex(m.group("pc"));
        next.insn = Commit.hex(m.group("word"));
        String rest = m.group("rest");
        if (isListing(rest)) {
            mnemonic = rest.strip();
            mnemonicPc = next.pc;
            next.mnemonic = mnemonic;
            return onlyDisassembly ? Line.NEW : Line.SKIP;
        }
        next.mnemonic = next.pc.equals(mnemonicPc) ? mnemonic : null;
        return effects(rest.strip(), next) ? Line.NEW : Line.BROKEN;
    }

    /** Takes what the instruction did: {@code x5 0x1 mem 0x8000 0x2 c768_mstatus 0x0 e32 m1 l4 v8 0x...}. */
    private static boolean effects(String rest, Commit into) {
        String[] words = rest.isEmpty() ? new String[0] : SPACES.split(rest);
        int i = 0;
        while (i < words.length) {
            String word = words[i++];
            if (word.equals("mem") || word.equals("lmem") || word.equals("smem")) {
                if (i == words.length || !isNumber(words[i])) {
                    return false;
                }
                String address = words[i++];
                boolean stores = i < words.length && isNumber(words[i]);
                if (stores) {
                    into.store(address, words[i++]);
                } else {
                    into.load(address);
                }
                continue;
            }
            if (word.length() == 1 && i < words.length && "xfv".contains(word)) {
                word += words[i++];
            }
            boolean shape = SHAPE.matcher(word).matches();
            if (shape && (i == words.length || !isNumber(words[i]))) {
                continue;
            }
            if (i == words.length) {
                // Before an mret's last write some versions leave the value out.
                return CSR.matcher(word).matches();
            }
            String value = words[i];
            if (CSR.matcher(word).matches()) {
                i += isNumber(value) ? 1 : 0;
                into.writeCsr(word.substring(word.indexOf('_') + 1), isNumber(value) ? value : "0x0");
            } else if (!isNumber(value) || !into.write(word, value)) {
                return false;
            } else {
                i++;
            }
        }
        return true;
    }

    private static boolean isNumber(String word) {
        return word.startsWith("0x") && Commit.isHex(word);
    }

    private static Line trap(String line, Commit before, Commit next) {
        Matcher t = TRAP.matcher(line);
        if (!t.matches()) {
            return Line.BROKEN;
        }
        if (t.group(2) == null) {
            before.tval = Commit.hex(t.group(5));
            return before.open ? Line.MORE : Line.SKIP;
        }
        String cause = t.group(3);
        next.hart = t.group(1);
        next.event = cause.startsWith("interrupt") ? "interrupt" : "exception";
        next.cause = (cause.startsWith("trap_") ? cause.substring(5) : cause).replace('-', '_');
        next.pc = Commit.hex(t.group(4));
        return Line.NEW;
    }
}

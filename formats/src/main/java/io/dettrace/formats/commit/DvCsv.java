package io.dettrace.formats.commit;

import java.util.ArrayList;
import java.util.List;

/** The trace of riscv-dv, a table with a column each for pc, word ({@code binary}), registers and CSRs written. */
final class DvCsv implements LogKind {
    private static final List<String> LEVELS = List.of("0", "1", "2", "3");

    private List<String> columns = List.of();

    @Override
    public String name() {
        return "riscv-dv";
    }

    private static boolean isTitle(String line) {
        List<String> words = cells(line);
        return words.contains("pc") && words.contains("binary") && (words.contains("gpr") || words.contains("csr"));
    }

    @Override
    public int matches(List<String> head) {
        if (head.isEmpty() || !isTitle(head.get(0))) {
            return 0;
        }
        columns = cells(head.get(0));
        return (int) head.stream()
                .skip(1)
                .filter(l -> Commit.isHex(cell(cells(l), "pc")))
                .count();
    }

    private String cell(List<String> row, String column) {
        int i = columns.indexOf(column);
        return i >= 0 && i < row.size() ? row.get(i).strip() : "";
    }

    @Override
    public Line take(String line, Commit before, Commit next) {
        if (isTitle(line)) {
            return Line.SKIP;
        }
        List<String> row = cells(line);
        String pc = cell(row, "pc");
        String word = cell(row, "binary");
        if (!Commit.isHex(pc) || !word.isEmpty() && !Commit.isHex(word)) {
            return line.isBlank() ? Line.SKIP : Line.BROKEN;
        }
        next.pc = Commit.hex(pc);
        next.insn = word.isEmpty() ? null : Commit.hex(word);
        String text = cell(row, "instr_str");
        next.mnemonic = text.isEmpty() ? cell(row, "instr") : text;
        next.priv = LEVELS.contains(cell(row, "mode")) ? cell(row, "mode") : null;
        for (String write : cell(row, "gpr").split(";")) {
            int colon = write.indexOf(':');
            boolean sound = colon > 0 && Commit.isHex(write.substring(colon + 1));
            if (!write.isBlank()
                    && (!sound || !next.write(write.substring(0, colon).strip(), write.substring(colon + 1)))) {
                return Line.BROKEN;
            }
        }
        for (String write : cell(row, "csr").split(";")) {
            int colon = write.indexOf(':');
            if (colon > 0 && Commit.isHex(write.substring(colon + 1))) {
                next.writeCsr(write.substring(0, colon).strip(), write.substring(colon + 1));
            }
        }
        return Line.NEW;
    }

    /** The cells of a row; quotes may hold commas. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}

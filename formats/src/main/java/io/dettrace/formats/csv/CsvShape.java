package io.dettrace.formats.csv;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the first lines of a text say about it as a table: its separator, and whether it is one. */
final class CsvShape {
    /** Lines that are looked at. */
    private static final int LOOK = 200;

    private static final String SEPARATORS = ",;\t|";
    private static final int MAX_NAME = 120;

    /** Characters of a row that a quote leaves open. */
    private static final int MAX_OPEN = 4_096;

    private CsvShape() {}

    /** The separator that all lines have equally often, at least once; of several the most frequent. */
    static Optional<Character> separator(List<String> head) {
        List<String> lines = table(head);
        char best = 0;
        int most = 0;
        for (char separator : SEPARATORS.toCharArray()) {
            int n = lines.size() < 2 ? 0 : count(lines.get(0), separator);
            for (String line : lines) {
                n = count(line, separator) == n ? n : 0;
            }
            if (n > most) {
                most = n;
                best = separator;
            }
        }
        return most == 0 ? Optional.empty() : Optional.of(best);
    }

    private static List<String> table(List<String> head) {
        List<String> lines = new ArrayList<>();
        String open = "";
        for (String part : head) {
            String line = open + part;
            open = line.chars().filter(c -> c == '"').count() % 2 == 1 && line.length() < MAX_OPEN ? line + " " : "";
            if (!open.isEmpty()) {
                continue;
            }
            boolean comment = lines.isEmpty() && isComment(line);
            if (!line.isBlank() && !comment && lines.size() < LOOK) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** A line before the table that is none of its rows; sigrok and what comes of it begin those with a semicolon. */
    static boolean isComment(String line) {
        return line.startsWith("#") || line.startsWith("; ");
    }

    /** True if the numbers below the header are written with a comma before the decimals, none with a point. */
    static boolean hasDecimalCommas(List<String> head, char separator) {
        if (separator == ',') {
            return false;
        }
        int commas = 0;
        for (String line : table(head)) {
            for (String cell : cells(line, separator)) {
                if (cell.indexOf('.') >= 0 && CsvNumber.isNumber(cell)) {
                    return false;
                }
                commas += cell.indexOf(',') >= 0 && CsvNumber.json(cell, true) != null ? 1 : 0;
            }
        }
        return commas > 0;
    }

    private static int count(String line, char separator) {
        int n = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            n += c == separator && !quoted ? 1 : 0;
        }
        return n;
    }

    /** True if the text is a table beyond doubt: every line has the same columns, named in the first, with numbers below. */
    static boolean isTable(List<String> head) {
        Optional<Character> separator = separator(head);
        if (separator.isEmpty()) {
            return false;
        }
        List<String> lines = table(head);
        Set<String> names = new HashSet<>();
        int named = 0;
        List<String> first = cells(lines.get(0), separator.get());
        boolean channels = CsvHeader.isAxis(first.get(0));
        boolean sigrok = head.get(0).startsWith("; CSV"); // it names all channels "logic"
        for (String cell : first) {
            boolean name = isName(cell) || channels && isChannel(cell);
            if (!name || !cell.isEmpty() && !names.add(cell) && !sigrok) {
                return false;
            }
            named += cell.isEmpty() ? 0 : 1;
        }
        for (String line : lines.subList(1, lines.size())) {
            List<String> row = cells(line, separator.get());
            for (int i = 0; i < Math.min(row.size(), first.size()); i++) {
                if (isName(first.get(i))
                        && !first.get(i).isEmpty()
                        && first.get(i).equals(row.get(i))) {
                    return false; // What comes again is a value and no name.
                }
            }
        }
        boolean comma = hasDecimalCommas(head, separator.get());
        boolean numbers = lines.stream()
                .skip(1)
                .anyMatch(l -> cells(l, separator.get()).stream().anyMatch(c -> CsvNumber.json(c, comma) != null));
        return numbers && named * 2 >= first.size();
    }

    private static List<String> cells(String line, char separator) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.split(Pattern.quote(String.valueOf(separator)), -1)) {
            String plain = cell.strip();
            boolean quoted = plain.length() >= 2 && plain.startsWith("\"") && plain.endsWith("\"");
            cells.add(quoted ? plain.substring(1, plain.length() - 1) : plain);
        }
        return cells;
    }

    /** The number of a channel, perhaps with a decoder's name ({@code 0:UART: RX/TX}), beside a column of times. */
    private static boolean isChannel(String cell) {
        int i = 0;
        while (i < cell.length() && CsvNumber.isDigit(cell.charAt(i))) {
            i++;
        }
        return i > 0 && i <= 4 && (i == cell.length() || cell.charAt(i) == ':' && cell.length() <= MAX_NAME);
    }

    /** True if a column may be called so, or may be without a name. */
    static boolean isName(String cell) {
        if (cell.isEmpty()) {
            return true;
        }
        if (cell.length() > MAX_NAME || CsvNumber.isNumber(cell) || Character.isDigit(cell.charAt(0))) {
            return false;
        }
        for (int i = 0; i < cell.length(); i++) {
            if ("{}\"=\0".indexOf(cell.charAt(i)) >= 0 || cell.charAt(i) < ' ') {
                return false;
            }
        }
        return !cell.startsWith("[") && cell.split("\\s+").length <= 8;
    }
}

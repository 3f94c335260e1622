package io.dettrace.formats.csv;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of the columns: units in brackets are no part of them, and each stands once. */
final class CsvHeader {
    /** What stands in brackets right behind a name as its unit, and not as an index. */
    private static final Pattern UNITS =
            Pattern.compile("[num\u00B5\u03BCp]?s|sec(onds?)?|[num\u00B5\u03BC]?[VAW]|[kMG]?Hz|%|\u00B0C");

    private static final Set<String> AXES = Set.of("time", "timestamp", "t", "x-axis", "sample", "id");

    private CsvHeader() {}

    /** True for a first column that places the rows, so that the others may be called by the numbers of channels. */
    static boolean isAxis(String cell) {
        return AXES.contains(withoutUnit(cell.strip()).toLowerCase(Locale.ROOT));
    }

    /** Names for the cells of a header. */
    static List<String> names(List<String> cells) {
        List<String> names = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i).strip();
            String name = withoutUnit(cell);
            if (name.isEmpty()) {
                name = cell.isEmpty() ? "column" + (i + 1) : cell;
            }
            String unique = name;
            for (int n = 2; !taken.add(unique); n++) {
                unique = name + "#" + n;
            }
            names.add(unique);
        }
        return names;
    }

    private static String withoutUnit(String cell) {
        int open = Math.max(cell.lastIndexOf('['), cell.lastIndexOf('('));
        boolean bracketed = open > 0 && (cell.endsWith("]") || cell.endsWith(")"));
        boolean unit = bracketed
                && (cell.charAt(open - 1) == ' '
                        || UNITS.matcher(cell.substring(open + 1, cell.length() - 1))
                                .matches());
        return unit ? cell.substring(0, open).strip() : cell;
    }

    /** The unit in brackets in lower case, empty if there is none. */
    static String unit(String cell) {
        String c = cell.strip();
        String rest = c.substring(withoutUnit(c).length()).strip();
        return rest.length() < 2
                ? ""
                : rest.substring(1, rest.length() - 1).strip().toLowerCase(Locale.ROOT);
    }

    /** True if a row says the units of the columns: no numbers in it, and short. */
    static boolean isUnits(List<String> cells) {
        return cells.stream().allMatch(c -> c.strip().length() <= 12 && !CsvNumber.isNumber(c))
                && cells.stream()
                        .anyMatch(
                                c -> c.strip()
                                        .matches(
                                                "[\\[(].*[\\])]|-|%|[num\u00B5]?s|k?[mgVAWK]|rad(/s)?|m/s\\^?2?|N|Hz|deg(C|ree)?|seconds?|[Vv]olts?|[Aa]mp(ere)?s?"));
    }
}

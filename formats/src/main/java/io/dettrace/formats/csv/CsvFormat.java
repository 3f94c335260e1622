package io.dettrace.formats.csv;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.record.FileByFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.TimeScale;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Tables of values that commas, semicolons, tabs or bars part (RFC 4180). An event is a row, a field is a column. */
public final class CsvFormat implements RecordFormat {
    /** Rows that a table has before a cut, without which its last line would be too much of what tells it. */
    private static final int CUT_TABLE = 2;

    private static final Set<String> TIMES = Set.of("t", "time", "timestamp", "zeit", "times");
    private static final Map<String, TimeScale> SCALES = Map.of(
            "s", TimeScale.S,
            "sec", TimeScale.S,
            "second", TimeScale.S,
            "seconds", TimeScale.S,
            "ms", TimeScale.MS,
            "us", TimeScale.US,
            "\u00B5s", TimeScale.US,
            "\u03BCs", TimeScale.US,
            "ns", TimeScale.NS);

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public String title() {
        return "separated values (CSV)";
    }

    @Override
    public boolean claims(Head head) {
        List<String> finished = head.finishedLines();
        return CsvShape.isTable(head.lines()) || finished.size() > CUT_TABLE && CsvShape.isTable(finished);
    }

    @Override
    public List<FormatOption> options() {
        return List.of(
                new FormatOption(
                        "header",
                        "line if the first row names the columns (default), none if it is data, or the names to use instead,"
                                + " parted by commas"),
                new FormatOption(
                        "columns", "the columns to read, parted by commas; with header=none their names in order"),
                new FormatOption("separator", "comma, semicolon, tab or bar; by default it is found"),
                new FormatOption(
                        "decimal", "comma if numbers are written as 1,5, point if as 1.5; by default it is found"));
    }

    @Override
    public Mapping mapping(RecordInput input) throws IOException {
        Mapping.Builder b = Mapping.builder();
        try (CsvTable table = CsvTable.open(input.file(), 0, CsvOptions.of(input), new ReadContext(true, -1))) {
            for (int i = 0; i < table.header().size(); i++) {
                String name = table.header().get(i);
                String lower = name.toLowerCase(Locale.ROOT);
                String unit = table.unit(i).toLowerCase(Locale.ROOT);
                if (TIMES.contains(lower) || lower.equals("x-axis") && SCALES.containsKey(unit)) {
                    b.field(Role.TIME, name, "named as a time; times are not compared as values");
                    b.timeScale(SCALES.getOrDefault(unit, TimeScale.AUTO));
                    break;
                }
            }
        }
        return b.build();
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public RecordReader open(RecordInput input, ReadContext context) throws IOException {
        CsvOptions options = CsvOptions.of(input);
        return FileByFile.open(input, (file, number) -> CsvTable.open(file, number, options, context));
    }
}

package io.dettrace.formats.csv;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The rows of one table as events. */
final class CsvTable implements RecordReader {
    private final EventRecord record = new EventRecord();
    private final InputFile file;
    private final int number;
    private final CsvRows rows;
    private final CsvOptions options;
    private final boolean decimalComma;
    private final ReadContext context;
    private List<String> header = List.of();
    private List<String> units = List.of();
    private int[] paths = {};
    private boolean ahead;

    private CsvTable(
            InputFile file, int number, CsvRows rows, CsvOptions options, boolean decimalComma, ReadContext context) {
        this.file = file;
        this.number = number;
        this.rows = rows;
        this.options = options;
        this.decimalComma = decimalComma;
        this.context = context;
    }

    static CsvTable open(InputFile file, int number, CsvOptions options, ReadContext context) throws IOException {
        List<String> lines = Head.of(List.of(file)).lines();
        char separator = options.separator().isPresent()
                ? options.separator().get()
                : CsvShape.separator(lines).orElse(',');
        boolean comma = options.decimalComma().orElseGet(() -> CsvShape.hasDecimalCommas(lines, separator));
        CsvTable table = new CsvTable(file, number, new CsvRows(file, separator), options, comma, context);
        try {
            table.head();
            return table;
        } catch (IOException | RuntimeException e) {
            table.close();
            throw e;
        }
    }

    /** Reads the header and a row of units behind it. */
    private void head() throws IOException {
        if (!rows.next(true)) {
            return;
        }
        List<String> first = cells();
        boolean data = options.noHeader()
                || !options.names().isEmpty() && first.stream().anyMatch(CsvNumber::isNumber);
        if (data || !options.names().isEmpty()) {
            List<String> names = options.noHeader() ? options.columns() : options.names();
            header = new ArrayList<>(names);
            for (int i = names.size(); i < first.size(); i++) {
                header.add("column" + (i + 1));
            }
        } else {
            header = CsvHeader.names(first);
            units = first.stream().map(CsvHeader::unit).toList();
        }
        if (header.size() > EventRecord.MAX_FIELDS) {
            throw error("more than " + EventRecord.MAX_FIELDS + " columns");
        }
        choose();
        ahead = data;
        if (!data && rows.next(false)) {
            List<String> second = rows.cells();
            boolean isUnits = second != null && second.size() == header.size() && CsvHeader.isUnits(second);
            units = isUnits
                    ? second.stream()
                            .map(c -> c.strip().replaceAll("[\\[\\]()]", ""))
                            .toList()
                    : units;
            ahead = !isUnits;
        }
    }

    /** Gives the columns that are asked for a number, the others none. */
    private void choose() throws InputException {
        List<String> wanted = options.noHeader() ? List.of() : options.columns();
        for (String column : wanted) {
            if (!header.contains(column)) {
                throw error("has no column \"" + column + "\", which --with columns names; it has "
                        + String.join(", ", header.subList(0, Math.min(20, header.size()))));
            }
        }
        paths = new int[header.size()];
        for (int i = 0; i < paths.length; i++) {
            paths[i] = wanted.isEmpty() || wanted.contains(header.get(i)) ? record.path(header.get(i)) : -1;
        }
    }

    /** The names of the columns. */
    List<String> header() {
        return header;
    }

    /** The unit of a column, empty if it is not said. */
    String unit(int column) {
        return column < units.size() ? units.get(column) : "";
    }

    private List<String> cells() throws InputException {
        List<String> cells = rows.cells();
        if (cells == null) {
            throw error("the quotes of the row are wrong");
        }
        return cells;
    }

    private InputException error(String what) {
        return InputException.at(file.name(), rows.line(), 0, rows.offset(), what);
    }

    @Override
    public EventRecord record() {
        return record;
    }

    @Override
    public boolean next() throws IOException {
        while (ahead || rows.next(false)) {
            ahead = false;
            List<String> cells = rows.cells();
            int n = cells == null ? 0 : cells.size();
            boolean trailing = n == paths.length + 1 && cells.get(n - 1).isBlank();
            if (cells != null && (n == paths.length || trailing)) {
                fill(cells);
                return true;
            }
            if (!context.lenient()) {
                throw error(
                        cells == null
                                ? "the quotes of the row are wrong; --lenient leaves such rows out and counts them"
                                : "expected " + paths.length + " columns, found " + n
                                        + "; --lenient leaves such rows out and counts them");
            }
            context.note("broken_events", "a row has other columns than the header", file.name() + ":" + rows.line());
        }
        return false;
    }

    private void fill(List<String> cells) {
        record.clear();
        record.at(number, rows.line(), rows.offset(), rows.length());
        for (int i = 0; i < paths.length; i++) {
            if (paths[i] < 0) {
                continue;
            }
            String cell = cells.get(i);
            String json = CsvNumber.json(cell, decimalComma);
            if (json != null) {
                record.decimal(paths[i], json);
            } else if (cell.isEmpty()) {
                record.nothing(paths[i]);
            } else {
                record.text(paths[i], cell);
            }
        }
    }

    @Override
    public long bytesRead() {
        return rows.bytesRead();
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}

package io.dettrace.formats.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.dettrace.event.InputException;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.TextLines;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rows of a table with their places; a row goes over several lines where a quoted cell does. */
final class CsvRows implements Closeable {
    /** Bytes of a row. */
    static final int MAX_ROW = 16 << 20;

    private final InputFile file;
    private final TextLines lines;
    private final CsvReader.CsvReaderBuilder parser;
    private final ByteArrayOutputStream joined = new ByteArrayOutputStream();
    private long line;
    private long offset;
    private int length;
    private String text = "";

    CsvRows(InputFile file, char separator) throws IOException {
        this.file = file;
        lines = new TextLines(file);
        parser = CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(false)
                .maxBufferSize(MAX_ROW * 2);
    }

    /** Goes to the next row that is neither empty nor a comment before the table. */
    boolean next(boolean comments) throws IOException {
        while (lines.next()) {
            begin();
            boolean open = append();
            while (open && lines.next()) {
                joined.write('\n');
                open = !append();
                if (joined.size() > MAX_ROW) {
                    throw InputException.at(
                            file.name(),
                            line,
                            0,
                            offset,
                            "a row of more than " + MAX_ROW + " bytes; is a quote not closed?");
                }
            }
            length = (int) (lines.offset() + lines.end() - lines.start() - offset);
            text = joined.toString(StandardCharsets.UTF_8);
            if (!text.isBlank() && !(comments && CsvShape.isComment(text))) {
                return true;
            }
        }
        return false;
    }

    private void begin() {
        joined.reset();
        line = lines.number();
        offset = lines.offset();
    }

    /** Adds the line; true if it has an odd number of quotes, so that one is left open or closed. */
    private boolean append() {
        byte[] b = lines.bytes();
        boolean odd = false;
        for (int i = lines.start(); i < lines.end(); i++) {
            odd ^= b[i] == '"';
        }
        joined.write(b, lines.start(), lines.end() - lines.start());
        return odd;
    }

    /** The cells of the row, or null if its quotes are wrong. */
    List<String> cells() {
        try {
            return parser.ofSingleCsvRecord(text).getFields();
        } catch (CsvParseException e) {
            return null;
        }
    }

    long line() {
        return line;
    }

    long offset() {
        return offset;
    }

    int length() {
        return length;
    }

    long bytesRead() {
        return lines.bytesRead();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

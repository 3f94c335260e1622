package io.dettrace.formats.log;

import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.formats.record.TextLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The commands, inputs and lines of output of one scenario file. */
final class DatadrivenReader implements RecordReader {
    private final int number;
    private final TextLines lines;
    private final EventRecord record;
    private final LogEvent event;
    private final LogLine line = new LogLine();
    private final int sectionPath;
    private Section section = Section.BETWEEN;

    private enum Section {
        /** Before a command. */
        BETWEEN,
        /** Behind a command, before the rule. */
        INPUT,
        /** Right behind the rule; a second rule makes it fenced. */
        RULED,
        OUTPUT,
        /** Output that goes on to two rules, empty lines included. */
        FENCED,
        /** Behind one of the two rules that end fenced output. */
        UNFENCING
    }

    DatadrivenReader(InputFile file, int number, EventRecord record) throws IOException {
        this.number = number;
        this.record = record;
        event = new LogEvent(record, null);
        sectionPath = record.path("section");
        lines = new TextLines(file);
    }

    @Override
    public EventRecord record() {
        return record;
    }

    @Override
    public boolean next() throws IOException {
        while (lines.next()) {
            byte[] bytes = new String(lines.bytes(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8)
                    .getBytes(StandardCharsets.UTF_8);
            String name = take(new String(bytes, StandardCharsets.UTF_8));
            if (name != null) {
                int indent = 0;
                while (indent < bytes.length && bytes[indent] == ' ') {
                    indent++;
                }
                byte[] text = new byte[bytes.length - indent];
                System.arraycopy(bytes, indent, text, 0, text.length);
                line.parse(text, 0, text.length);
                event.write(line, text, text.length);
                record.text(sectionPath, name);
                record.at(number, lines.number(), lines.offset(), lines.end() - lines.start());
                return true;
            }
        }
        return false;
    }

    /** Goes past a line; the name of what it is as an event, or null if it is none. */
    private String take(String text) {
        boolean rule = text.equals(DatadrivenFormat.RULE);
        boolean blank = text.isBlank();
        switch (section) {
            case BETWEEN -> {
                if (blank || text.startsWith("#")) {
                    return null;
                }
                section = Section.INPUT;
                return "command";
            }
            case INPUT -> {
                section = rule ? Section.RULED : section;
                return rule || blank ? null : "input";
            }
            case RULED -> {
                section = rule ? Section.FENCED : blank ? Section.BETWEEN : Section.OUTPUT;
                return rule || blank ? null : "output";
            }
            case OUTPUT -> {
                section = blank ? Section.BETWEEN : section;
                return blank ? null : "output";
            }
            case FENCED -> {
                section = rule ? Section.UNFENCING : section;
                return rule || blank ? null : "output";
            }
            case UNFENCING -> {
                section = rule ? Section.BETWEEN : Section.FENCED;
                return rule || blank ? null : "output";
            }
        }
        return null;
    }

    @Override
    public long bytesRead() {
        return lines.bytesRead();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

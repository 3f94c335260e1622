package io.dettrace.formats.jepsen;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.TextLines;
import io.dettrace.normalize.TimeText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Operations as lines of process, type, function, value and error between tabs, as {@code history.txt} and {@code jepsen.log}
 * have them; other lines of a log are counted.
 */
final class LineHistory extends History {
    /** An operation; in a log something stands before it, ending in blanks, such as {@code INFO  jepsen.util - }. */
    static final Pattern LINE =
            Pattern.compile("^(?<before>(?:[^\\t]*[ ])?)(?<process>[0-9]+|:?[a-z][a-z0-9_.-]*)[\\t ]+"
                    + ":(?<type>invoke|ok|fail|info)[\\t ]+:?(?<f>[^\\s:]\\S*)(?:[\\t ]+(?<rest>.*))?$");

    private static final Pattern TIME = Pattern.compile("\\[([^\\]]+)\\]");

    private final TextLines lines;

    LineHistory(InputFile file, int number, boolean independent, ReadContext context, EventRecord record)
            throws IOException {
        super(file, number, independent, context, record);
        lines = new TextLines(file);
    }

    @Override
    Edn.Dict read() throws IOException {
        while (lines.next()) {
            String text = new String(lines.bytes(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8);
            place(lines.number(), lines.offset(), lines.end() - lines.start());
            Matcher m = LINE.matcher(text);
            if (!m.matches()) {
                if (!text.isBlank()) {
                    context.note("other_lines", "lines of the log that are no operations", file.name() + ":" + line);
                }
                continue;
            }
            try {
                return operation(m);
            } catch (EdnParser.SyntaxException | EdnParser.TooLong e) {
                broken(e.getMessage());
            }
        }
        return null;
    }

    static Edn.Dict operation(Matcher m) throws IOException, EdnParser.SyntaxException {
        List<Edn> entries = new ArrayList<>();
        String process = m.group("process");
        boolean client = Character.isDigit(process.charAt(0));
        add(entries, "process", client ? new Edn.Literal(number(process)) : new Edn.Text(process.replace(":", "")));
        add(entries, "type", new Edn.Text(m.group("type")));
        add(entries, "f", new Edn.Text(m.group("f")));
        EdnParser parser = new EdnParser(new ByteArrayInputStream(
                String.valueOf(m.group("rest") == null ? "" : m.group("rest")).getBytes(StandardCharsets.UTF_8)));
        add(entries, "value", parser.peekForm() < 0 ? Edn.Literal.NIL : parser.form());
        if (parser.peekForm() >= 0) {
            add(entries, "error", parser.form());
        }
        Matcher time = TIME.matcher(m.group("before"));
        if (time.find()) {
            long nanos = TimeText.nanosOf(time.group(1));
            if (nanos != TimeText.NONE) {
                add(entries, "time", new Edn.Literal(Long.toString(nanos)));
            }
        }
        return new Edn.Dict(entries);
    }

    private static String number(String digits) {
        int from = 0;
        while (from < digits.length() - 1 && digits.charAt(from) == '0') {
            from++;
        }
        return digits.substring(from);
    }

    private static void add(List<Edn> entries, String key, Edn value) {
        entries.add(new Edn.Text(key));
        entries.add(value);
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

package io.dettrace.formats.sigrok;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** What is read from a capture, as short texts. */
final class Decoded {
    private Decoded() {}

    static final String FILE = "capture.sr";

    /** Events as {@code lane kind field=value ...} without times. */
    static List<String> events(Path folder, byte[] capture, Map<String, String> options) throws IOException {
        return events(folder, capture, options, new ReadContext(false, -1));
    }

    static List<String> events(Path folder, byte[] capture, Map<String, String> options, ReadContext context)
            throws IOException {
        List<String> events = new ArrayList<>();
        try (RecordReader reader = new SigrokFormat().open(input(folder, capture, options), context)) {
            while (reader.next()) {
                events.add(text(reader.record()));
            }
        }
        return events;
    }

    static RecordInput input(Path folder, byte[] capture, Map<String, String> options) throws IOException {
        Path path = Files.createTempFile(folder, "capture", ".sr");
        Files.write(path, capture);
        return new RecordInput(FILE, List.of(new InputFile(path, FILE)), options);
    }

    private static String text(EventRecord event) {
        StringJoiner text = new StringJoiner(" ");
        for (int i = 0; i < event.size(); i++) {
            String path = event.pathOf(i);
            if (path.equals("lane") || path.equals("kind")) {
                text.add(event.value(i));
            } else if (!path.equals("time_ns") && !path.equals("sample") && !path.equals("dialog")) {
                text.add(path + "=" + event.value(i));
            }
        }
        return text.toString();
    }
}

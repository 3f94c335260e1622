package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import java.util.List;

/**
 * The statement that wrote a log record, from OpenTelemetry's conventions for code and their older names: its function or
 * file with the line, the place as one text, or the logger with the line.
 */
final class LogSource {
    private LogSource() {}

    /**
     * The statement; empty if it is not told.
     *
     * @param scope instrumentation scope, which is the logger in logs; empty if not told
     */
    static String of(List<Field> attributes, String scope) {
        String function = "";
        String file = "";
        String line = "";
        String location = "";
        String logger = "";
        for (int i = 0; i < attributes.size(); i++) {
            Field f = attributes.get(i);
            switch (f.path()) {
                case "code.function.name" -> function = f.text();
                case "code.function" -> function = function.isEmpty() ? f.text() : function;
                case "code.file.path", "code.filepath" -> file = file.isEmpty() ? f.text() : file;
                case "code.line.number", "code.lineno" -> line = line.isEmpty() ? f.text() : line;
                case "code.location" -> location = f.text();
                case "logger.name" -> logger = f.text();
                default -> {}
            }
        }
        if (!function.isEmpty()) {
            return line.isEmpty() ? function : function + ":" + line;
        }
        if (!file.isEmpty()) {
            return line.isEmpty() ? file : file + ":" + line;
        }
        if (!location.isEmpty()) {
            return location;
        }
        String name = logger.isEmpty() ? scope : logger;
        return name.isEmpty() || line.isEmpty() ? name : name + "#" + line;
    }
}

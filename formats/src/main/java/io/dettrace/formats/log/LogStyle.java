package io.dettrace.formats.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What begins an event in a log. */
enum LogStyle {
    /** A line with a time; lines without one belong to the event before. */
    TIMES,
    /** A line with a level, or any that is not indented. */
    LEVELS;

    /** Share of lines that have to begin with a time; the others may be stack traces. */
    private static final int MIN_TIMED_PERCENT = 10;

    /** Share of lines that have to begin with a level if none has a time. */
    private static final int MIN_LEVELLED_PERCENT = 50;

    private static final int MIN_LINES = 2;

    /** The style of a text that begins with these lines, or empty if it looks like no log. */
    static Optional<LogStyle> of(List<String> lines) {
        LogLine line = new LogLine();
        long all = 0;
        long timed = 0;
        long levelled = 0;
        for (String text : lines) {
            if (text.isBlank()) {
                continue;
            }
            if (isBinary(text)) {
                return Optional.empty();
            }
            byte[] bytes = withoutColours(text).getBytes(StandardCharsets.UTF_8);
            LogLine.Kind kind = line.parse(bytes, 0, bytes.length);
            all++;
            timed += line.hasTime() ? 1 : 0;
            levelled += kind != LogLine.Kind.PLAIN ? 1 : 0;
        }
        if (timed >= Math.min(MIN_LINES, all) && timed > 0 && timed * 100 >= all * MIN_TIMED_PERCENT) {
            return Optional.of(TIMES);
        }
        return levelled >= MIN_LINES && levelled * 100 >= all * MIN_LEVELLED_PERCENT
                ? Optional.of(LEVELS)
                : Optional.empty();
    }

    private static String withoutColours(String text) {
        return text.indexOf(0x1B) < 0 ? text : text.replaceAll("\u001B\\[[0-?]*+[ -/]*+[@-~]", "");
    }

    /** True if a line holds what no log does. */
    private static boolean isBinary(String text) {
        int odd = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            odd += c < ' ' && c != '\t' && c != 0x1B || c == '\uFFFD' ? 1 : 0;
        }
        return odd > 2 && odd * 20 > text.length();
    }
}

package io.dettrace.formats.pattern;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The layouts of common text logs with vector clocks, and which of them a file has.
 *
 * <p>A layout fits if it accounts for at least {@value #MIN_PERCENT} % of the lines that are not blank among the first
 * {@value #SAMPLE_LINES} with clocks that are objects of counts and have the event's host. Of those that fit, the one that
 * accounts for most lines wins, then the one that comes first in the table.
 */
public final class LogLayouts {
    /** Lines of a file that are looked at. */
    static final int SAMPLE_LINES = 200;

    /** Bytes of a file that are looked at. */
    static final int SAMPLE_BYTES = 1 << 20;

    /** Share of lines that a layout has to account for. */
    static final int MIN_PERCENT = 95;

    private static final String DELIMITER = "^={3,}[ \\t]*(?<trace>[^=\\n][^\\n]*?)[ \\t]*={3,}[ \\t]*$";
    private static final String GAP = "[ \\t]+";
    private static final String BARE_TIME = "(?<time>\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?"
            + "(?:Z|[+-]\\d\\d:?\\d\\d)?"
            + "|\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?"
            + "|\\d{1,2}/\\d{1,2}/\\d{4} \\d{1,2}:\\d\\d:\\d\\d(?:[.,]\\d+)?(?: [AP]M)?"
            + "|\\d{1,2}/\\d{1,2}/\\d\\d \\d{1,2}:\\d\\d(?::\\d\\d(?:[.,]\\d+)?)?(?: [AP]M)?"
            + "|(?:[A-Z][a-z]{2},? )?[A-Z][a-z]{2} [ \\d]?\\d \\d\\d:\\d\\d:\\d\\d(?:[.,]\\d+)?(?: [A-Z]{2,5})?(?: \\d{4})?"
            + "|\\d\\d:\\d\\d:\\d\\d[.,]\\d+"
            + "|\\d{10,19}(?:\\.\\d+)?)";
    private static final String TIME = "\\[?" + BARE_TIME + "\\]?" + GAP;
    private static final String WORD = "(?<source>\\S+)" + GAP;
    private static final String CLOCK = "(?<clock>\\{[^{}\\n]*\\})";
    private static final String HOST_CLOCK = "(?<host>\\S+)" + GAP + CLOCK;
    private static final String EVENT = "(?<event>\\S[^\\n]*)";

    /** A line of text that may be empty, as programs write events without one, but is not the next event's clock. */
    private static final String LINE = "(?!\\S+[ \\t]+\\{)(?<event>\\S[^\\n]*|[ \\t]*(?=\\n))";

    private static final String END = "[ \\t]*$";

    // spotless:off
    private static final List<Layout> LAYOUTS = List.of(
            new Layout("a line with time, host and clock, then a line of text",
                    "^" + TIME + HOST_CLOCK + "[ \\t]*\\n" + LINE + "$"),
            new Layout("a line with host and clock, then a line with time and text",
                    "^" + HOST_CLOCK + "[ \\t]*\\n" + TIME + EVENT + "$"),
            new Layout("a line with time and source in brackets, level and text, then a line with host and clock",
                    "^\\[" + BARE_TIME + GAP
                            + "(?<source>[^\\]\\n]+)\\]" + GAP + "(?<level>[A-Z]+)" + GAP + EVENT + "\\n" + HOST_CLOCK + END),
            new Layout("a line with time and text, then a line with host and clock",
                    "^" + TIME + EVENT + "\\n" + HOST_CLOCK + END),
            new Layout("a line with a word, time and text, then a line with host and clock",
                    "^" + WORD + TIME + EVENT + "\\n" + HOST_CLOCK + END),
            new Layout("a line with host and clock, then a line of text",
                    "^" + HOST_CLOCK + "[ \\t]*\\n" + LINE + "$"),
            new Layout("a line of text, then a line with host and clock",
                    "^" + EVENT + "\\n" + HOST_CLOCK + END),
            new Layout("one line as Akka writes it: level, time, thread, address with the host, clock, text",
                    "^\\[(?<level>\\w+)\\] \\[(?<time>[^\\]\\n]+)\\] \\[(?<thread>[^\\]\\n]*)\\]"
                            + " \\[(?<source>(?:[^\\]\\n]*/)?)(?<host>[^/\\]\\n]+)\\] " + CLOCK + "[ \\t]*" + EVENT + "?$"),
            new Layout("one line: time, host, clock, text",
                    "^" + TIME + HOST_CLOCK + "[ \\t]+" + EVENT + "$"),
            new Layout("one line: host, clock, text",
                    "^" + HOST_CLOCK + "[ \\t]+" + EVENT + "$"),
            new Layout("one line: time, text, host, clock",
                    "^" + TIME + "(?<event>\\S[^\\n]*?)" + GAP + HOST_CLOCK + END),
            new Layout("one line: text, host, clock",
                    "^(?<event>\\S[^\\n]*?)" + GAP + HOST_CLOCK + END),
            new Layout("one line: time, other words, host, clock, text",
                    "^" + TIME + "(?<source>[^{\\n]*[\\s\\[(/])?(?<host>[^\\s\\[\\](){}/:,]+)[\\])]?:?" + GAP + CLOCK
                            + "[ \\t]*" + EVENT + "?$"),
            new Layout("one line: other words, host, clock, text",
                    "^(?<source>[^{\\n]*[\\s\\[(/])?(?<host>[^\\s\\[\\](){}/:,]+)[\\])]?:?" + GAP + CLOCK
                            + "[ \\t]*" + EVENT + "?$"),
            new Layout("states of a TLC trace with Host and Clock, as its ShiViz module writes them",
                    "^State \\d+: <(?<event>[^ >\\n]+)[^>\\n]*>\\n/\\\\ Host = (?<host>\\S+)\\n/\\\\ Clock = \"" + CLOCK
                            + "\"(?<state>(?:\\n/\\\\ [^\\n]*+)*+)$", 30));
    // spotless:on

    private static final JsonFactory JSON = new JsonFactory();

    private LogLayouts() {}

    /**
     * The mapping for a text log in one of the layouts, or empty if it is in none of them.
     *
     * @throws InputException if the file cannot be read
     */
    public static Optional<Mapping> detect(InputFile file) throws IOException {
        byte[] sample = sample(file);
        Optional<Mapping> own = OwnExpression.of(sample);
        if (own.isPresent()) {
            return own;
        }
        Layout best = null;
        double most = 0;
        for (Layout layout : LAYOUTS) {
            double share = share(file, sample, layout);
            if (share > most) {
                best = layout;
                most = share;
            }
        }
        return best == null ? Optional.empty() : Optional.of(mapping(file, best, (int) (100 * most)));
    }

    /** The first lines of a file, whole ones only. */
    private static byte[] sample(InputFile file) throws IOException {
        byte[] bytes;
        try (InputStream in = file.open()) {
            bytes = in.readNBytes(SAMPLE_BYTES);
        }
        int end = 0;
        int lines = 0;
        for (int i = 0; i < bytes.length && lines < SAMPLE_LINES; i++) {
            boolean lineEnd = bytes[i] == '\n' || bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] != '\n';
            if (lineEnd) {
                lines++;
                end = i + 1;
            }
        }
        return Arrays.copyOf(bytes, bytes.length < SAMPLE_BYTES && lines < SAMPLE_LINES ? bytes.length : end);
    }

    /** Share of the lines that a layout accounts for, 0 if it does not fit. */
    private static double share(InputFile file, byte[] sample, Layout layout) throws IOException {
        Mapping mapping =
                Mapping.builder().pattern(layout.pattern).delimiter(DELIMITER).build();
        try (EventScanner scanner = new EventScanner(
                file,
                new ByteArrayInputStream(sample),
                mapping,
                new ReadContext(true, -1),
                EventScanner.MAX_EVENT_BYTES)) {
            EventPattern.Group host = scanner.pattern().group("host").orElseThrow();
            EventPattern.Group clock = scanner.pattern().group("clock").orElseThrow();
            double events = 0;
            double good = 0;
            while (scanner.next()) {
                events++;
                good += isClockOf(scanner.group(host), scanner.group(clock)) ? 1 : 0;
            }
            double matched = scanner.lines().matched();
            double share = events == 0
                    ? 0
                    : good / events * matched / (matched + scanner.lines().foreign());
            return share * 100 >= layout.minPercent ? share : 0;
        } catch (InputException doesNotFit) {
            return 0;
        }
    }

    private static boolean isClockOf(String host, String clock) {
        boolean own = false;
        String text = clock.startsWith("{\\\"") ? clock.replace("\\\"", "\"") : clock;
        try (JsonParser p = JSON.createParser(text)) {
            boolean good = p.nextToken() == JsonToken.START_OBJECT;
            while (good && p.nextToken() == JsonToken.FIELD_NAME) {
                own |= p.currentName().equals(host);
                good = p.nextToken() == JsonToken.VALUE_NUMBER_INT
                        && p.getText().charAt(0) != '-';
            }
            return good && own;
        } catch (IOException notJson) {
            return false;
        }
    }

    private static Mapping mapping(InputFile file, Layout layout, int percent) throws IOException {
        Mapping.Builder builder = Mapping.builder()
                .pattern(layout.pattern)
                .reason(
                        "pattern",
                        "the lines are a log with vector clocks (" + percent + " % of the first " + SAMPLE_LINES
                                + " fit): " + layout.what)
                .field(Role.LANE, "host", "it is the entry of its own that every vector clock has")
                .field(Role.CLOCK, "clock", "it is a vector clock: an object of host names to counts");
        if (layout.pattern.contains("(?<time>")) {
            builder.field(Role.TIME, "time", "it is a date and time, or a count since 1970");
        }
        if (layout.pattern.contains("(?<thread>")) {
            builder.field(Role.IGNORE, "thread", "which thread of a pool runs an event changes from run to run");
        }
        if (hasDelimiter(file)) {
            builder.delimiter(DELIMITER)
                    .reason("delimiter", "lines such as \"=== name ===\" part the file into executions");
        }
        return builder.build();
    }

    /** Looks through the whole file, as a second execution may begin anywhere. */
    private static boolean hasDelimiter(InputFile file) throws IOException {
        EventPattern delimiter = EventPattern.compile("delimiter", DELIMITER);
        try (TextWindow window = new TextWindow(file.open())) {
            WindowMatcher matcher = new WindowMatcher(window, delimiter);
            int at = 0;
            while (!window.ended()) {
                at -= window.more(at);
                if (matcher.find(at, window.length(), window.ended())) {
                    return true;
                }
                at = window.bytesFrom(matcher.start()) > EventScanner.MAX_EVENT_BYTES
                        ? window.length()
                        : matcher.start();
            }
            return false;
        } catch (TextWindow.TooManyStepsException none) {
            return false;
        }
    }

    /**
     * A layout.
     *
     * @param what what it looks like
     * @param pattern what reads it
     * @param minPercent share of lines that it has to account for; less where the pattern cannot fit by chance and other
     *     output of the program stands around
     */
    private record Layout(String what, String pattern, int minPercent) {
        Layout(String what, String pattern) {
            this(what, pattern, MIN_PERCENT);
        }
    }
}

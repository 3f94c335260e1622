package io.dettrace.formats.pattern;

import io.dettrace.event.InputException;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.normalize.Mapping;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pass over the events of one text log, or of one execution in it.
 *
 * <p>The text is cut into executions by the delimiter, and in each the pattern is matched again and again, as ShiViz does.
 * What stands before the first delimiter is an execution only if it holds an event. {@link LineAccount} keeps the books of
 * lines that no match touches.
 */
final class EventScanner implements Closeable {
    /** Bytes of an event; a line that is longer cannot be read either. */
    static final int MAX_EVENT_BYTES = 16 << 20;

    /** Executions to read: none, only their names. */
    private static final int NONE = -2;

    private static final int ALL = -1;

    private final InputFile file;
    private final int maxEventBytes;
    private final int wanted;
    private final EventPattern pattern;
    private final TextWindow window;
    private final WindowMatcher events;
    private final WindowMatcher delimiters;
    private final Optional<EventPattern.Group> trace;
    private final LineAccount lines;
    private final List<String> names = new ArrayList<>();

    private int position;
    private boolean inPreamble = true;
    private boolean preambleHasEvents;
    private boolean ended;

    /** End of the part in which delimiters have been looked for, or the start of the one found. */
    private int searched;

    private boolean delimiterFound;

    private int start;
    private int end;

    EventScanner(InputFile file, InputStream in, Mapping mapping, ReadContext context, int maxEventBytes)
            throws InputException {
        this(file, in, mapping, context, maxEventBytes, Math.max(ALL, context.execution()));
    }

    private EventScanner(
            InputFile file, InputStream in, Mapping mapping, ReadContext context, int maxEventBytes, int wanted)
            throws InputException {
        this.file = file;
        this.maxEventBytes = maxEventBytes;
        this.wanted = wanted;
        pattern = pattern(mapping);
        EventPattern delimiter = mapping.delimiter().isPresent()
                ? EventPattern.compile("delimiter", mapping.delimiter().get())
                : null;
        window = new TextWindow(in);
        events = new WindowMatcher(window, pattern);
        delimiters = delimiter == null ? null : new WindowMatcher(window, delimiter);
        trace = delimiter == null ? Optional.empty() : delimiter.group("trace");
        lines = new LineAccount(file, window, context);
    }

    /** The mapping's pattern, which must be there and have named groups. */
    static EventPattern pattern(Mapping mapping) throws InputException {
        String source = mapping.pattern()
                .orElseThrow(() ->
                        new InputException("a text log needs a pattern, a regular expression with named groups such as"
                                + " (?<host>\\S*) (?<clock>\\{.*\\})\\n(?<event>.*)"));
        EventPattern pattern = EventPattern.compile("pattern", source);
        if (pattern.groups().isEmpty()) {
            throw new InputException(
                    "the pattern has no named group such as (?<event>.*), so an event has no field; found " + source);
        }
        return pattern;
    }

    /** Names of the executions in a text. */
    static List<String> executions(InputFile file, InputStream in, Mapping mapping) throws IOException {
        try (EventScanner scanner =
                new EventScanner(file, in, mapping, new ReadContext(true, ALL), MAX_EVENT_BYTES, NONE)) {
            scanner.next();
            return List.copyOf(scanner.names);
        }
    }

    /** Goes to the next event; false at the end. */
    boolean next() throws IOException {
        while (!ended) {
            searchDelimiter();
            boolean last = delimiterFound || window.ended();
            if (isMatching() && find(events, pattern, position, searched, last)) {
                if (takeEvent()) {
                    return true;
                }
                continue;
            }
            int until = isMatching() ? events.start() : searched;
            lines.pass(position, until, isActive(), false);
            position = until;
            if (!last) {
                readMore();
            } else if (delimiterFound) {
                enterNext();
            } else {
                finish();
            }
        }
        return false;
    }

    /** Brings {@link #searched} and {@link #delimiterFound} up to date. */
    private void searchDelimiter() throws IOException {
        if (delimiters == null) {
            searched = window.length();
        } else if (!delimiterFound) {
            delimiterFound = find(delimiters, null, searched, window.length(), window.ended());
            searched = delimiters.start();
        }
    }

    private boolean find(WindowMatcher matcher, EventPattern events, int from, int to, boolean last)
            throws InputException {
        try {
            return matcher.find(from, to, last);
        } catch (TextWindow.TooManyStepsException e) {
            throw endless(matcher, events, "takes too long here (more than " + WindowMatcher.MAX_STEPS + " steps)");
        } catch (StackOverflowError e) {
            throw endless(matcher, events, "goes too deep here");
        }
    }

    private InputException endless(WindowMatcher matcher, EventPattern events, String what) throws InputException {
        lines.pass(position, Math.max(position, matcher.start()), false, false);
        return lines.error(
                matcher.start(),
                "the " + (events == null ? "delimiter" : "pattern") + " " + what
                        + "; let it begin with ^ and avoid repetitions inside repetitions, such as (a+)+ or (a|b)*");
    }

    /** True where events of the text are wanted. */
    private boolean isActive() {
        return wanted == ALL || wanted == execution();
    }

    /** True where the pattern has to be tried: also to learn whether the text before the first delimiter counts. */
    private boolean isMatching() {
        return isActive() || inPreamble && !preambleHasEvents;
    }

    /** Number of the execution that the text at hand belongs to. */
    private int execution() {
        return names.size() - (inPreamble ? 0 : 1);
    }

    /** Goes past the match found; true if it is an event to hand out. */
    private boolean takeEvent() throws InputException {
        start = events.start();
        end = events.end();
        while (end > start && window.at(end - 1) == '\n') {
            end--;
        }
        boolean active = isActive();
        preambleHasEvents |= inPreamble;
        lines.pass(position, start, active, false);
        lines.markEvent(active);
        if (end > start && window.offset(end) - window.offset(start) > maxEventBytes) {
            throw tooLong(start);
        }
        lines.pass(start, events.end(), active, true);
        position = events.end();
        return active && end > start;
    }

    /** Reads until at least one more line is there. */
    private void readMore() throws IOException {
        int before = window.length();
        while (window.length() == before && !window.ended()) {
            int keep = Math.min(position, searched);
            if (window.bytesFrom(keep) > (long) maxEventBytes + TextWindow.CHUNK) {
                throw tooLong(position);
            }
            int shift = window.more(keep);
            position -= shift;
            searched -= shift;
            before -= shift;
        }
    }

    private InputException tooLong(int at) {
        return lines.error(
                at,
                "an event or line is longer than the limit of " + maxEventBytes
                        + " bytes; make the pattern stop at a line end, or cut the line");
    }

    private void enterNext() throws IOException {
        if (inPreamble && preambleHasEvents) {
            names.add("execution 1");
        } else if (inPreamble) {
            lines.forget();
        }
        inPreamble = false;
        names.add(trace.map(delimiters::group)
                .filter(name -> !name.isBlank())
                .map(String::strip)
                .orElse("execution " + (names.size() + 1)));
        lines.pass(position, delimiters.end(), false, true);
        position = delimiters.end();
        searched = position;
        delimiterFound = false;
        if (wanted >= 0 && execution() > wanted) {
            finish();
        }
    }

    private void finish() throws IOException {
        ended = true;
        if (inPreamble && (preambleHasEvents || delimiters == null)) {
            names.add("execution 1");
        }
        lines.end();
        if (wanted >= names.size() && !(wanted == 0 && names.isEmpty())) {
            throw new InputException(file.name() + ": has " + names.size() + " executions, but number " + (wanted + 1)
                    + " is asked for; found " + String.join(", ", names));
        }
        if (wanted != NONE) {
            lines.judge(pattern.source());
        }
    }

    /** Text of a group of the event, or null if it took no part. */
    String group(EventPattern.Group group) {
        return events.group(group);
    }

    /** The event's line, from 1. */
    long line() {
        return lines.eventLine();
    }

    /** Byte offset of the event. */
    long offset() {
        return window.offset(start);
    }

    /** Length of the event in bytes, without the line end. */
    int length() {
        return (int) (window.offset(end) - window.offset(start));
    }

    /** Bytes gone past. */
    long bytesRead() {
        return window.offset(position);
    }

    LineAccount lines() {
        return lines;
    }

    EventPattern pattern() {
        return pattern;
    }

    @Override
    public void close() throws IOException {
        window.close();
    }
}

package io.dettrace.timing;

import io.dettrace.event.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of hard limits, one a line:
 *
 * <pre>
 * # comment
 * delay "dequeue" in worker-*: at most 5 ms
 * from "enqueue" in api to "dequeue" in worker-*: at most 20 ms
 * from "lock" to "unlock": at most 200 us
 * every "tick" in timer: 1 ms within 50 us
 * </pre>
 *
 * <p>Words with spaces, colons, quotes or a number sign stand in quotes, in which a backslash makes the next character plain.
 *
 * @param file what the file is called
 * @param all the limits in the order of the file
 */
public record Budgets(String file, List<Budget> all) {
    /** No limits. */
    public static final Budgets NONE = new Budgets("", List.of());

    /** Limits that one file may state. */
    public static final int MAX_BUDGETS = 1_000;

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(\"(?:[^\"\\\\]|\\\\.)*\")|(#.*)|(:)|([^\\s\":#]+))");
    private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|µs|ms|s|min)?");
    private static final Map<String, Long> UNITS = new TreeMap<>(Map.of(
            "ns", 1L, "us", 1_000L, "µs", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L, "min", 60_000_000_000L));

    /**
     * Reads a file's text.
     *
     * @throws InputException naming line and column of what is wrong
     */
    public static Budgets parse(String file, String text) throws InputException {
        List<Budget> budgets = new ArrayList<>();
        String[] lines = text.split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            Line line = new Line(file, i + 1, lines[i]);
            if (!line.isEmpty()) {
                if (budgets.size() == MAX_BUDGETS) {
                    throw wrong(file, i + 1, 1, "more than " + MAX_BUDGETS + " budgets; part them into several files");
                }
                budgets.add(line.budget());
            }
        }
        return new Budgets(file, List.copyOf(budgets));
    }

    /**
     * Nanoseconds of a duration such as {@code 1.5ms}; the unit may stand apart.
     *
     * @throws NumberFormatException if it is none, or has no unit
     */
    public static long nanos(String text) {
        Matcher m = DURATION.matcher(text.replace(" ", ""));
        if (!m.matches() || m.group(2) == null && Double.parseDouble(m.group(1)) != 0) {
            throw new NumberFormatException(
                    "expected a duration such as 1.5ms (ns, us, ms, s, min), found \"" + text + "\"");
        }
        long unit = m.group(2) == null ? 1 : UNITS.get(m.group(2));
        double nanos = Double.parseDouble(m.group(1)) * unit;
        if (nanos > Long.MAX_VALUE / 2) {
            throw new NumberFormatException("the duration " + text + " is too long");
        }
        return Math.round(nanos);
    }

    private static InputException wrong(String file, int line, int column, String what) {
        return new InputException(file + ":" + line + ":" + column + ": " + what);
    }

    /** One line, taken apart. */
    private static final class Line {
        private final String file;
        private final int number;
        private final String text;
        private final List<String> words = new ArrayList<>();
        private final List<Integer> columns = new ArrayList<>();
        private int at;

        Line(String file, int number, String text) throws InputException {
            this.file = file;
            this.number = number;
            Matcher m = TOKEN.matcher(text);
            int end = 0;
            String said = text;
            while (m.find() && m.start() == end) {
                end = m.end();
                if (m.group(2) != null) {
                    said = text.substring(0, m.start(2));
                    break;
                }
                String word = m.group().strip();
                words.add(word);
                columns.add(m.end() - word.length() + 1);
            }
            if (!text.substring(end).isBlank()) {
                throw wrong(file, number, end + 1, "a string without its closing quote");
            }
            this.text = said.strip();
        }

        boolean isEmpty() {
            return words.isEmpty();
        }

        Budget budget() throws InputException {
            String what = word("delay, from or every");
            Budget budget;
            switch (what) {
                case "delay" -> {
                    Budget.Events events = events();
                    expect(":");
                    budget = new Budget.OwnDelay(number, text, events, atMost());
                }
                case "from" -> {
                    Budget.Events from = events();
                    expect("to");
                    boolean named = at + 1 < words.size() && words.get(at + 1).equals("in");
                    Budget.Events to = events();
                    expect(":");
                    budget = new Budget.Response(number, text, from, to, !named, atMost());
                }
                case "every" -> {
                    Budget.Events events = events();
                    expect(":");
                    long period = duration();
                    if (period == 0) {
                        throw wrongAt(at - 1, "a period longer than 0");
                    }
                    expect("within");
                    budget = new Budget.Period(number, text, events, period, duration());
                }
                default -> throw wrongAt(0, "delay, from or every");
            }
            if (at < words.size()) {
                throw wrongAt(at, "the end of the line");
            }
            return budget;
        }

        private long atMost() throws InputException {
            expect("at");
            expect("most");
            return duration();
        }

        private Budget.Events events() throws InputException {
            String kind = name("a kind of event, or *");
            if (at < words.size() && words.get(at).equals("in")) {
                at++;
                return new Budget.Events(kind, name("a lane"));
            }
            return new Budget.Events(kind, "*");
        }

        private String name(String what) throws InputException {
            String word = word(what);
            if (word.equals(":")) {
                throw wrongAt(at - 1, what);
            }
            return word.charAt(0) == '"' ? word.substring(1, word.length() - 1).replaceAll("\\\\(.)", "$1") : word;
        }

        private long duration() throws InputException {
            int first = at;
            String text = word("a duration such as 5 ms");
            if (at < words.size() && UNITS.containsKey(words.get(at))) {
                text += words.get(at++);
            }
            try {
                return nanos(text);
            } catch (NumberFormatException none) {
                throw wrongAt(first, "a duration such as 5 ms (ns, us, ms, s, min)");
            }
        }

        private void expect(String word) throws InputException {
            if (at == words.size() || !words.get(at).equals(word)) {
                throw wrongAt(at, "\"" + word + "\"");
            }
            at++;
        }

        private String word(String what) throws InputException {
            if (at == words.size()) {
                throw wrongAt(at, what);
            }
            return words.get(at++);
        }

        private InputException wrongAt(int word, String expected) {
            boolean end = word >= words.size();
            int last = words.size() - 1;
            int column = end ? columns.get(last) + words.get(last).length() : columns.get(word);
            return wrong(
                    file,
                    number,
                    column,
                    "expected " + expected + ", found " + (end ? "the end of the line" : words.get(word)));
        }
    }
}

package io.dettrace.replay.schedule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the lines of a schedule file. */
final class ScheduleParser {
    private static final String FIRST = Schedule.FORMAT + " " + Schedule.VERSION;

    private final String file;
    private final Schedule.Builder built = Schedule.builder();
    private final Set<String> keys = new HashSet<>();
    private final Set<String> places = new HashSet<>();
    private int number;
    private boolean named;

    ScheduleParser(String file) {
        this.file = file;
    }

    Schedule parse(List<String> lines) throws ScheduleException {
        for (String line : lines) {
            number++;
            if (line.length() > Schedule.MAX_LINE) {
                throw wrong("the line has more than " + Schedule.MAX_LINE + " characters");
            }
            String text = line.strip();
            if (!text.isEmpty() && text.charAt(0) != '#') {
                line(text);
            }
        }
        if (!named) {
            number = 1;
            throw wrong("expected '" + FIRST + "', found an empty file");
        }
        return built.build();
    }

    private void line(String text) throws ScheduleException {
        int space = text.indexOf(' ');
        String word = space < 0 ? text : text.substring(0, space);
        String rest = space < 0 ? "" : text.substring(space + 1).strip();
        if (!named) {
            begin(word, rest, text);
        } else if (word.equals(Preemption.WORD)) {
            preemption(text);
        } else if (word.equals(Choice.WORD)) {
            choice(text);
        } else {
            header(word, rest);
        }
    }

    private void begin(String word, String version, String text) throws ScheduleException {
        if (!word.equals(Schedule.FORMAT)) {
            throw wrong("expected '" + FIRST + "', found '" + brief(text) + "'; this is no schedule file");
        }
        if (!version.equals(Integer.toString(Schedule.VERSION))) {
            throw wrong("version '" + brief(version) + "' of the format is not known here, only " + Schedule.VERSION
                    + "; use the DetTrace that wrote the file, or a newer one");
        }
        named = true;
    }

    private void header(String key, String value) throws ScheduleException {
        if (!isKey(key)) {
            throw wrong("expected a key of lower-case letters, '" + Preemption.WORD + "' or '" + Choice.WORD
                    + "', found '" + brief(key) + "'");
        }
        if (!places.isEmpty()) {
            throw wrong("expected '" + Preemption.WORD + "' or '" + Choice.WORD + "' behind the first decision, found '"
                    + brief(key) + "'; move it up to the header");
        }
        if (!keys.add(key)) {
            throw wrong("the key '" + key + "' stands in the header twice; keep one");
        }
        if (keys.size() > Schedule.MAX_HEADER_LINES) {
            throw wrong("the header has more than " + Schedule.MAX_HEADER_LINES + " lines");
        }
        built.header(key, value);
    }

    private void preemption(String text) throws ScheduleException {
        String[] words = words(text, "switch THREAD EVENT[.REPETITION] TO");
        int point = words[2].indexOf('.');
        long n = count(point < 0 ? words[2] : words[2].substring(0, point), Long.MAX_VALUE, "event number");
        int rep = point < 0 ? 0 : (int) count(words[2].substring(point + 1), Integer.MAX_VALUE, "repetition");
        Preemption read = new Preemption(words[1], n, rep, words[3]);
        once("s " + read.thread() + " " + n + "." + rep);
        built.add(read);
    }

    private void choice(String text) throws ScheduleException {
        String[] words = words(text, "choose THREAD EVENT TO");
        Choice read = new Choice(words[1], count(words[2], Long.MAX_VALUE, "event number"), words[3]);
        once("c " + read.thread() + " " + read.n());
        built.add(read);
    }

    private void once(String place) throws ScheduleException {
        if (!places.add(place)) {
            throw wrong("a second decision at the same place of the same thread; keep one");
        }
        if (places.size() > Schedule.MAX_DECISIONS) {
            throw wrong("more than " + Schedule.MAX_DECISIONS + " decisions");
        }
    }

    /** The four words of a decision's line, the second and the last of which are threads. */
    private String[] words(String text, String form) throws ScheduleException {
        String[] words = new String[4];
        int count = 0;
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf(' ', at);
            end = end < 0 ? text.length() : end;
            if (end > at) {
                if (count == words.length) {
                    throw wrong("expected '" + form + "', found '" + brief(text) + "'");
                }
                words[count++] = text.substring(at, end);
            }
            at = end + 1;
        }
        if (count < words.length) {
            throw wrong("expected '" + form + "', found '" + brief(text) + "'");
        }
        for (int i = 1; i < words.length; i += 2) {
            if (!ThreadPaths.isPath(words[i])) {
                throw wrong("expected a thread such as 0.1, found '" + brief(words[i]) + "'");
            }
        }
        return words;
    }

    private long count(String text, long max, String what) throws ScheduleException {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                throw wrong("expected the " + what + ", a whole number from 0, found '" + brief(text) + "'");
            }
        }
        try {
            long value = Long.parseLong(text);
            if (value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Empty, or too large: said below.
        }
        throw wrong("expected the " + what + ", a whole number from 0 to " + max + ", found '" + brief(text) + "'");
    }

    /** True for a lower-case letter followed by lower-case letters, digits and hyphens. */
    static boolean isKey(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z';
            if (!letter && (i == 0 || c != '-' && (c < '0' || c > '9'))) {
                return false;
            }
        }
        return !text.isEmpty() && !text.equals(Preemption.WORD) && !text.equals(Choice.WORD);
    }

    private static String brief(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    private ScheduleException wrong(String what) {
        return new ScheduleException(file, number, what);
    }
}

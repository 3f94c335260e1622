package io.dettrace.oracle.rules;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.dettrace.event.InputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words of one rule, which may go over several lines, with their places. */
final class RuleWords {
    /** Words that mean something in rules; a kind or field of that name stands in quotes. */
    static final Set<String> RESERVED = Set.of(
            "machine",
            "every",
            "never",
            "at",
            "conserve",
            "monotone",
            "bound",
            "deadline",
            "fifo",
            "kind",
            "lane",
            "time",
            "by",
            "overall",
            "on",
            "is",
            "followed",
            "preceded",
            "within",
            "after",
            "until",
            "together",
            "across",
            "and",
            "most",
            "once",
            "times",
            "of",
            "end",
            "-",
            "+",
            "falling",
            "strictly",
            "step",
            "start",
            "final",
            "no",
            "others");

    /** Signs of two characters, and of one. */
    private static final List<String> LONG_SIGNS = List.of("->", "..", "<=", ">=", "!=");

    private static final String SIGNS = ",:;|()=<>*";
    private static final JsonFactory JSON = new JsonFactory();

    private record Word(String text, int line, int column) {}

    private final String file;
    private final List<Word> words = new ArrayList<>();
    private int endLine;
    private int endColumn;
    private int at;

    RuleWords(String file) {
        this.file = file;
    }

    static Map<String, Long> units() {
        Map<String, Long> units = new LinkedHashMap<>();
        units.put("ns", 1L);
        units.put("us", 1_000L);
        units.put("ms", 1_000_000L);
        units.put("s", 1_000_000_000L);
        units.put("min", 60_000_000_000L);
        units.put("h", 3_600_000_000_000L);
        return Collections.unmodifiableMap(units);
    }

    /** A name as it must be written to be read back. */
    static String quoted(String name) {
        if (isPlain(name) && !RESERVED.contains(name) || Decimals.parse(name) != null && isNumber(name)) {
            return name;
        }
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(name)) + "\"";
    }

    private static boolean isPlain(String name) {
        boolean plain = !name.isEmpty() && !name.endsWith(".") && !name.contains("..");
        for (int i = 0; plain && i < name.length(); i++) {
            char c = name.charAt(i);
            boolean first = Character.isLetter(c) || "_$/@".indexOf(c) >= 0;
            plain = first || i > 0 && (c >= '0' && c <= '9' || c == '-' || c == '.');
        }
        return plain;
    }

    private static boolean isNumber(String name) {
        return name.matches("-?[0-9]+(\\.[0-9]+)?");
    }

    /** Adds a line's words. */
    void add(String line, int number) throws InputException {
        int from = 0;
        while (from < line.length() && line.charAt(from) != '#') {
            if (Character.isWhitespace(line.charAt(from))) {
                from++;
                continue;
            }
            int to = wordEnd(line, from);
            if (to < 0) {
                throw at(number, from + 1, "a string without its closing quote");
            }
            words.add(new Word(line.substring(from, to), number, from + 1));
            from = to;
        }
        endLine = number;
        endColumn = line.stripTrailing().length() + 1;
    }

    /** Where the word that begins at {@code from} ends, or -1 for a string that does not end. */
    private static int wordEnd(String line, int from) {
        if (line.charAt(from) == '"') {
            int i = from + 1;
            while (i < line.length() && line.charAt(i) != '"') {
                i += line.charAt(i) == '\\' ? 2 : 1;
            }
            return i < line.length() ? i + 1 : -1;
        }
        if (isLongSign(line, from)) {
            return from + 2;
        }
        if (SIGNS.indexOf(line.charAt(from)) >= 0) {
            return from + 1;
        }
        int i = from + 1;
        while (i < line.length()
                && !Character.isWhitespace(line.charAt(i))
                && (SIGNS + "\"#").indexOf(line.charAt(i)) < 0
                && !isLongSign(line, i)) {
            i++;
        }
        return i;
    }

    private static boolean isLongSign(String line, int at) {
        return LONG_SIGNS.stream().anyMatch(s -> line.startsWith(s, at));
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    int firstLine() {
        return words.get(0).line;
    }

    boolean atEnd() {
        return at == words.size();
    }

    /** True, and goes on, if these words come next. */
    boolean skip(String... expected) {
        if (!comes(expected)) {
            return false;
        }
        at += expected.length;
        return true;
    }

    boolean comes(String... expected) {
        for (int i = 0; i < expected.length; i++) {
            if (at + i >= words.size() || !words.get(at + i).text.equals(expected[i])) {
                return false;
            }
        }
        return true;
    }

    /** True if the word after the next is this one. */
    boolean second(String expected) {
        return at + 1 < words.size() && words.get(at + 1).text.equals(expected);
    }

    void expect(String... expected) throws InputException {
        for (String word : expected) {
            if (!skip(word)) {
                throw wrong("\"" + word + "\"");
            }
        }
    }

    /** A kind, field, state or value: a plain word or a string in quotes. */
    String name(String what) throws InputException {
        if (atEnd()) {
            throw wrong(what);
        }
        String word = words.get(at).text;
        if (word.charAt(0) == '"') {
            try (JsonParser p = JSON.createParser(word)) {
                p.nextToken();
                String text = p.getText();
                at++;
                return text;
            } catch (IOException broken) {
                throw wrong("a JSON string");
            }
        }
        if (RESERVED.contains(word)) {
            throw wrong(what + " (in quotes if it is called " + word + ")");
        }
        if (!Character.isLetterOrDigit(word.codePointAt(0)) && "_$/@-!.".indexOf(word.charAt(0)) < 0
                || word.equals("->")
                || word.equals("..")
                || word.equals("!=")) {
            throw wrong(what);
        }
        at++;
        return word;
    }

    BigDecimal number() throws InputException {
        BigDecimal value = atEnd() ? null : Decimals.parse(words.get(at).text);
        if (value == null) {
            throw wrong("a number");
        }
        at++;
        return new BigDecimal(Decimals.text(value)); // 1.0 and 1 are one number, and so is the rule
    }

    /** A whole number that is not negative. */
    long count(String what) throws InputException {
        String word = atEnd() ? "" : words.get(at).text;
        if (!word.matches("[0-9]{1,18}")) {
            throw wrong(what);
        }
        at++;
        return Long.parseLong(word);
    }

    /** A number and a unit, as nanoseconds. */
    long duration() throws InputException {
        int here = at;
        BigDecimal value = number();
        Long unit = atEnd() ? null : Rule.UNITS.get(words.get(at).text);
        if (unit == null) {
            throw wrong("a unit, " + String.join(", ", Rule.UNITS.keySet()));
        }
        at++;
        try {
            long nanos = value.multiply(BigDecimal.valueOf(unit)).longValueExact();
            if (nanos >= 0) {
                return nanos;
            }
        } catch (ArithmeticException beyond) {
            // below
        }
        at = here;
        throw wrong("a duration of whole nanoseconds below 292 years");
    }

    /** The comparison that comes next, if one does. */
    Condition.Comparison comparison() throws InputException {
        Condition.Comparison found =
                atEnd() ? null : Condition.Comparison.of(words.get(at).text).orElse(null);
        if (found == null) {
            throw wrong("=, !=, <, <=, > or >=");
        }
        at++;
        return found;
    }

    InputException wrong(String expected) {
        boolean end = atEnd();
        return at(
                end ? endLine : words.get(at).line,
                end ? endColumn : words.get(at).column,
                "expected " + expected + ", found " + (end ? "the end of the rule" : words.get(at).text));
    }

    private InputException at(int line, int column, String what) {
        return new InputException(file + ":" + line + ":" + column + ": " + what);
    }

    /** An error at the word before the next. */
    InputException wrongBefore(String expected) {
        at = Math.max(0, at - 1);
        return wrong(expected);
    }
}

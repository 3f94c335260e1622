package io.dettrace.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.dettrace.event.InputException;
import io.dettrace.normalize.FieldRule;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.MappingFile;
import io.dettrace.normalize.NoiseRules;
import io.dettrace.timing.DelayRule;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text form of a {@link Profile}, for people to read, change and keep.
 *
 * <p>Format, UTF-8: the first line is {@code # dettrace profile 1}, or {@code 2} where there are rules for delays. Sections are {@code [evidence]} ({@code key = value}
 * lines), {@code [mapping]} (the lines of a {@link MappingFile}), {@code [learnt]} and {@code [by hand]} (rules), and {@code
 * [timing]} (learnt rules for delays, which may stand in {@code [by hand]} too). A rule is one line; what follows {@code #} is its evidence or reason:
 *
 * <pre>
 * field "KIND" path: any | id | time | same | function of PATH
 * field "KIND" path: range 2.5 to 20
 * field "KIND" path: one of "a", "b"
 * field "KIND" path: counter step 1
 * event "KIND": optional, 0 to 7 times
 * event "KIND", "KIND": repeats, 1 to 5 times
 * order "KIND", "KIND": independent
 * delay "KIND" in "LANE" after "KIND": 0 ns to 1.5 ms | any
 * </pre>
 *
 * <p>{@code *} in place of a kind stands for every kind; {@code , or absent} behind a field's rule says that events may lack
 * the field. Kinds are JSON strings; paths too where they hold more than letters, digits and {@code . _ - $ /}.
 */
public final class ProfileFile {
    /** First line of the file. */
    public static final String MAGIC = "# dettrace profile 1";

    /** First line of a file with rules for delays, which readers of the first version do not know. */
    public static final String MAGIC_WITH_DELAYS = "# dettrace profile 2";

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(\"(?:[^\"\\\\]|\\\\.)*\")|([,:])|(#.*)|([^\\s,:\"#]+))");
    private static final Pattern PLAIN = Pattern.compile("[\\w.$/-]+");
    private static final JsonFactory JSON = new JsonFactory();

    private ProfileFile() {}

    // ---- reading ---------------------------------------------------------------------------------------------------

    /**
     * Reads a profile.
     *
     * @param file the file's name, for messages
     * @throws InputException naming the line and column that are wrong
     */
    public static Profile parse(String file, String text) throws InputException {
        String[] lines = text.split("\r?\n|\r", -1);
        String magic = lines[0].replace("\uFEFF", "").strip();
        if (!magic.equals(MAGIC) && !magic.equals(MAGIC_WITH_DELAYS)) {
            throw wrong(
                    file,
                    1,
                    1,
                    "expected \"" + MAGIC + "\" or \"" + MAGIC_WITH_DELAYS + "\" as the first line of a profile");
        }
        Map<String, String> evidence = new LinkedHashMap<>();
        StringBuilder mapping = new StringBuilder("# dettrace mapping 1");
        List<Profile.Entry> learnt = new ArrayList<>();
        List<Profile.Entry> byHand = new ArrayList<>();
        List<DelayRule> delays = new ArrayList<>();
        String section = "";
        Set<String> sections = new HashSet<>();
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i].strip();
            boolean says = !line.isEmpty() && line.charAt(0) != '#';
            // The mapping's lines keep their places, so that its messages name them.
            mapping.append('\n')
                    .append(
                            section.equals("[mapping]") && !line.startsWith("[")
                                    ? lines[i]
                                    : " ".repeat(lines[i].length()));
            if (says && line.charAt(0) == '[') {
                section = section(file, i + 1, line);
                sections.add(section);
            } else if (says) {
                switch (section) {
                    case "[evidence]" -> fact(evidence, file, i + 1, line);
                    case "[learnt]" -> learnt.add(new Line(file, i + 1, lines[i]).entry());
                    case "[by hand]" -> {
                        Line rule = new Line(file, i + 1, lines[i]);
                        if (rule.isAboutDelays()) {
                            delays.add(DelayLine.parse(rule, true));
                        } else {
                            byHand.add(rule.entry());
                        }
                    }
                    case "[timing]" -> delays.add(DelayLine.parse(new Line(file, i + 1, lines[i]), false));
                    case "[mapping]" -> {}
                    default ->
                        throw wrong(file, i + 1, 1, "expected a section such as [by hand], found \"" + line + "\"");
                }
            }
        }
        if (!sections.contains("[mapping]")) {
            throw wrong(
                    file,
                    lines.length,
                    1,
                    "expected a section [mapping], which says what the fields mean; \"dettrace learn\" writes it, and"
                            + " \"dettrace compare --explain-mapping\" prints its lines");
        }
        Mapping fields = MappingFile.parse(file, mapping.toString());
        return new Profile(evidence, fields, learnt, byHand, delays);
    }

    private static InputException wrong(String file, int line, int column, String what) {
        return new InputException(file + ":" + line + ":" + column + ": " + what);
    }

    private static String section(String file, int number, String line) throws InputException {
        if (!Set.of("[evidence]", "[mapping]", "[learnt]", "[timing]", "[by hand]")
                .contains(line)) {
            throw wrong(
                    file,
                    number,
                    1,
                    "expected [evidence], [mapping], [learnt], [timing] or [by hand], found \"" + line + "\"");
        }
        return line;
    }

    private static void fact(Map<String, String> evidence, String file, int number, String line) throws InputException {
        int eq = line.indexOf('=');
        if (eq < 1) {
            throw wrong(file, number, 1, "expected \"key = value\", found \"" + line + "\"");
        }
        evidence.put(line.substring(0, eq).strip(), line.substring(eq + 1).strip());
    }

    /** The rule in one line, without evidence. */
    public static Rule parseRule(String text) throws InputException {
        return new Line("rule", 1, text).entry().rule();
    }

    /** One rule's words. */
    static final class Line {
        private final String file;
        private final int number;
        private final List<String> words = new ArrayList<>();
        private final List<Integer> columns = new ArrayList<>();
        private final int length;
        private String comment = "";
        private int at;

        Line(String file, int number, String text) throws InputException {
            this.file = file;
            this.number = number;
            length = text.stripTrailing().length();
            Matcher m = TOKEN.matcher(text);
            int end = 0;
            while (m.find() && m.start() == end) {
                end = m.end();
                if (m.group(3) != null) {
                    comment = m.group(3).substring(1).strip();
                } else {
                    words.add(m.group().strip());
                    columns.add(m.end() - m.group().strip().length() + 1);
                }
            }
            if (!text.substring(end).isBlank()) {
                throw ProfileFile.wrong(
                        file,
                        number,
                        end
                                + 1
                                + (text.length()
                                        - end
                                        - text.substring(end).stripLeading().length()),
                        "a string without its closing quote");
            }
        }

        /** True if the rule is one for delays. */
        boolean isAboutDelays() {
            return words.get(0).equals("delay");
        }

        /** The evidence or reason. */
        String comment() {
            return comment;
        }

        /** How many words were taken. */
        int position() {
            return at;
        }

        /** Goes back to a word that is wrong. */
        void back(int position) {
            at = position;
        }

        /** Takes the next word if it is this one. */
        boolean takes(String word) {
            boolean is = at < words.size() && words.get(at).equals(word);
            at += is ? 1 : 0;
            return is;
        }

        /** Expects no more words. */
        void end() throws InputException {
            if (at < words.size()) {
                throw wrong("the end of the rule");
            }
        }

        Profile.Entry entry() throws InputException {
            Rule rule = switch (word("field, event or order")) {
                case "field" -> field();
                case "event" -> event();
                case "order" -> order();
                default -> {
                    at--;
                    throw wrong("field, event or order");
                }
            };
            end();
            return new Profile.Entry(rule, comment);
        }

        private Rule field() throws InputException {
            String kind = kind();
            String path = text(word("a field's path"));
            expect(":");
            FieldRule rule = form();
            if (at < words.size()) {
                expect(",");
                expect("or");
                expect("absent");
                rule = rule.orAbsent();
            }
            return new Rule.OfField(kind, path, rule);
        }

        private FieldRule form() throws InputException {
            String form = word("how the field is compared");
            switch (form) {
                case "any":
                    return FieldRule.of(FieldRule.Form.ANY);
                case "id":
                    return FieldRule.of(FieldRule.Form.ID);
                case "time":
                    return FieldRule.of(FieldRule.Form.TIME);
                case "same":
                    return FieldRule.of(FieldRule.Form.SAME);
                case "range":
                    double low = decimal();
                    expect("to");
                    double high = decimal();
                    if (high < low) {
                        at--;
                        throw wrong("a number of " + FieldRule.number(low) + " or more");
                    }
                    return FieldRule.range(low, high);
                case "counter":
                    if (at < words.size() && words.get(at).equals("step")) {
                        at++;
                        return FieldRule.counter(decimal());
                    }
                    return FieldRule.counter(0);
                case "function":
                    expect("of");
                    return FieldRule.functionOf(text(word("a field's path")));
                case "one":
                    expect("of");
                    Set<String> values = new LinkedHashSet<>();
                    values.add(quoted());
                    while (at + 1 < words.size() && words.get(at).equals(",") && isQuoted(words.get(at + 1))) {
                        at++;
                        values.add(quoted());
                    }
                    return FieldRule.oneOf(values);
                default:
                    at--;
                    throw wrong("any, id, time, same, range, one of, counter or function of");
            }
        }

        private Rule event() throws InputException {
            List<String> kinds = new ArrayList<>(List.of(quoted()));
            while (at < words.size() && words.get(at).equals(",")) {
                at++;
                kinds.add(quoted());
            }
            expect(":");
            String what = word("optional or repeats");
            boolean repeats = what.equals("repeats") && kinds.size() <= NoiseRules.MAX_BODY;
            if (!repeats && (!what.equals("optional") || kinds.size() > 1)) {
                at--;
                throw wrong(
                        kinds.size() == 1
                                ? "optional or repeats"
                                : "repeats, behind at most " + NoiseRules.MAX_BODY + " kinds");
            }
            long low = repeats ? 1 : 0;
            long high = Long.MAX_VALUE;
            if (at < words.size()) {
                expect(",");
                low = count(low);
                expect("to");
                high = count(low);
                expect("times");
            }
            return repeats ? new Rule.Repeats(kinds, low, high) : new Rule.Optional(kinds.get(0), low, high);
        }

        /** A whole number that is not less than {@code least}. */
        private long count(long least) throws InputException {
            String word = word("a whole number");
            try {
                long n = Long.parseLong(word);
                if (n >= least) {
                    return n;
                }
            } catch (NumberFormatException none) {
                // said below
            }
            at--;
            throw wrong("a whole number of " + least + " or more");
        }

        private Rule order() throws InputException {
            String kind = quoted();
            expect(",");
            String other = quoted();
            expect(":");
            expect("independent");
            return new Rule.Independent(kind, other);
        }

        String kind() throws InputException {
            if (at < words.size() && words.get(at).equals(NoiseRules.ANY_KIND)) {
                at++;
                return NoiseRules.ANY_KIND;
            }
            return quoted();
        }

        String quoted() throws InputException {
            String word = word("a string in quotes");
            if (!isQuoted(word)) {
                at--;
                throw wrong("a string in quotes");
            }
            return text(word);
        }

        private static boolean isQuoted(String word) {
            return word.charAt(0) == '"';
        }

        private String text(String word) throws InputException {
            if (!isQuoted(word)) {
                return word;
            }
            try (JsonParser p = JSON.createParser(word)) {
                p.nextToken();
                return p.getText();
            } catch (IOException broken) {
                at--;
                throw wrong("a JSON string");
            }
        }

        private double decimal() throws InputException {
            String word = word("a number");
            try {
                return new BigDecimal(word).doubleValue();
            } catch (NumberFormatException none) {
                at--;
                throw wrong("a number");
            }
        }

        void expect(String word) throws InputException {
            if (at == words.size() || !words.get(at).equals(word)) {
                throw wrong("\"" + word + "\"");
            }
            at++;
        }

        String word(String what) throws InputException {
            if (at == words.size()) {
                throw wrong(what);
            }
            return words.get(at++);
        }

        InputException wrong(String expected) {
            boolean end = at >= words.size();
            int column = end ? length + 1 : columns.get(at);
            return ProfileFile.wrong(
                    file,
                    number,
                    column,
                    "expected " + expected + ", found " + (end ? "the end of the line" : words.get(at)));
        }
    }

    // ---- writing ---------------------------------------------------------------------------------------------------

    /** The file's text. */
    public static String write(Profile profile) {
        StringBuilder out = new StringBuilder(profile.delays().isEmpty() ? MAGIC : MAGIC_WITH_DELAYS).append('\n');
        out.append("# What is noise between passing runs. What no rule mentions is compared strictly.\n");
        section(out, "[evidence]");
        profile.evidence()
                .forEach((k, v) -> out.append(k).append(" = ").append(v).append('\n'));
        section(out, "[mapping]");
        String mapping = MappingFile.write(profile.mapping());
        out.append(mapping.substring(mapping.indexOf('\n') + 1));
        section(out, "[learnt]");
        profile.learnt().forEach(e -> line(out, e));
        if (profile.delays().stream().anyMatch(d -> !d.byHand())) {
            section(out, "[timing]");
            out.append("# How long events may take after what enabled them, for compare --timing.\n");
            profile.delays().stream().filter(d -> !d.byHand()).forEach(d -> line(out, DelayLine.write(d), d.why()));
        }
        section(out, "[by hand]");
        out.append("# Rules here win over learnt ones and are kept when the profile is learnt again.\n");
        profile.byHand().forEach(e -> line(out, e));
        profile.delays().stream().filter(DelayRule::byHand).forEach(d -> line(out, DelayLine.write(d), d.why()));
        return out.toString();
    }

    /**
     * The text of a profile with one more rule at the end of what is by hand; all else stays as it is. A rule about the same that
     * stands before it holds no more.
     */
    public static String withRule(String text, Profile.Entry rule) {
        StringBuilder line = new StringBuilder();
        line(line, rule);
        List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)", -1)));
        lines.removeIf(String::isEmpty);
        int last = -1;
        boolean byHand = false;
        for (int i = 0; i < lines.size(); i++) {
            String said = lines.get(i).strip();
            byHand = said.startsWith("[") ? said.equals("[by hand]") : byHand;
            last = byHand && !said.isEmpty() ? i : last;
        }
        if (last < 0) {
            lines.add((text.endsWith("\n") ? "" : "\n") + "\n[by hand]\n");
            last = lines.size() - 1;
        }
        String before = lines.get(last);
        lines.set(last, before.endsWith("\n") ? before : before + "\n");
        lines.add(last + 1, line.toString());
        return String.join("", lines);
    }

    private static void section(StringBuilder out, String name) {
        out.append('\n').append(name).append('\n');
    }

    private static void line(StringBuilder out, Profile.Entry entry) {
        line(out, write(entry.rule()), entry.why());
    }

    private static void line(StringBuilder out, String rule, String why) {
        out.append(rule);
        if (!why.isEmpty()) {
            out.append("  # ").append(why.replaceAll("\\s+", " "));
        }
        out.append('\n');
    }

    /** A rule for delays as a line, without evidence. */
    public static String write(DelayRule rule) {
        return DelayLine.write(rule);
    }

    /** One rule as a line, without evidence. */
    public static String write(Rule rule) {
        if (rule instanceof Rule.OfField f) {
            String kind = f.kind().equals(NoiseRules.ANY_KIND) ? NoiseRules.ANY_KIND : quote(f.kind());
            return "field " + kind + " " + path(f.path()) + ": " + form(f.rule())
                    + (f.rule().optional() ? ", or absent" : "");
        }
        if (rule instanceof Rule.Optional o) {
            return "event " + quote(o.kind()) + ": optional" + times(o.low(), o.high());
        }
        if (rule instanceof Rule.Repeats r) {
            return "event "
                    + String.join(
                            ", ", r.kinds().stream().map(ProfileFile::quote).toList())
                    + ": repeats" + times(r.low(), r.high());
        }
        Rule.Independent i = (Rule.Independent) rule;
        return "order " + quote(i.kind()) + ", " + quote(i.other()) + ": independent";
    }

    private static String times(long low, long high) {
        return high == Long.MAX_VALUE ? "" : ", " + low + " to " + high + " times";
    }

    private static String form(FieldRule rule) {
        return switch (rule.form()) {
            case ANY -> "any";
            case ID -> "id";
            case TIME -> "time";
            case SAME -> "same";
            case RANGE -> "range " + FieldRule.number(rule.low()) + " to " + FieldRule.number(rule.high());
            case ONE_OF ->
                "one of "
                        + String.join(
                                ", ",
                                new TreeSet<>(rule.values())
                                        .stream().map(ProfileFile::quote).toList());
            case COUNTER -> rule.high() == 0 ? "counter" : "counter step " + FieldRule.number(rule.high());
            case FUNCTION_OF -> "function of " + path(rule.other().orElseThrow());
        };
    }

    private static String path(String path) {
        return PLAIN.matcher(path).matches() ? path : quote(path);
    }

    static String quote(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}

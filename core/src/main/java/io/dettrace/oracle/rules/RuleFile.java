package io.dettrace.oracle.rules;

import io.dettrace.event.InputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The text form of rules, for people to read, write and keep. Described in {@code docs/reference/rules.md}, with its grammar.
 *
 * <p>The first line is {@code # dettrace rules 1}. A rule is a line; lines that begin with white space go on with it; what
 * follows {@code #} is a comment.
 */
public final class RuleFile {
    /** First line of the file. */
    public static final String MAGIC = "# dettrace rules 1";

    /** Rules that a file may have. */
    public static final int MAX_RULES = 10_000;

    /** Characters that a file may have. */
    public static final int MAX_LENGTH = 8 << 20;

    private final String file;
    private final List<Rule.Entry> entries = new ArrayList<>();
    private List<String> kind = List.of();
    private List<String> lane = List.of();
    private Optional<String> time = Optional.empty();
    private RuleWords words;

    private RuleFile(String file) {
        this.file = file;
    }

    /**
     * Reads rules.
     *
     * @param file the file's name, for messages
     * @throws InputException naming the line and column that are wrong
     */
    public static Rule.All parse(String file, String text) throws InputException {
        if (text.length() > MAX_LENGTH) {
            throw new InputException(file + ": is no rule file: has more than " + MAX_LENGTH + " characters");
        }
        String[] lines = text.split("\r?\n|\r", -1);
        if (!lines[0].replace("\uFEFF", "").strip().equals(MAGIC)) {
            throw new InputException(file + ":1:1: expected \"" + MAGIC + "\" as the first line of a rule file");
        }
        RuleFile it = new RuleFile(file);
        it.all(lines);
        return new Rule.All(it.entries, it.kind, it.lane, it.time);
    }

    private void all(String[] lines) throws InputException {
        StringBuilder text = new StringBuilder();
        words = new RuleWords(file);
        for (int i = 1; i <= lines.length; i++) {
            String line = i == lines.length ? "end" : lines[i];
            boolean says = !line.isBlank() && line.strip().charAt(0) != '#';
            if (says && !Character.isWhitespace(line.charAt(0)) && !words.isEmpty()) {
                statement(text.toString());
                text.setLength(0);
                words = new RuleWords(file);
            }
            if (says && i < lines.length) {
                words.add(line, i + 1);
                text.append(text.isEmpty() ? "" : " ").append(bare(line));
            }
        }
    }

    /** The line without its comment. */
    private static String bare(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '#' && !quoted) {
                return line.substring(0, i).strip();
            }
        }
        return line.strip();
    }

    private void statement(String text) throws InputException {
        if (words.skip("kind")) {
            kind = names("a field");
        } else if (words.skip("lane")) {
            lane = names("a field");
        } else if (words.skip("time")) {
            time = Optional.of(words.name("a field"));
        } else {
            if (entries.size() == MAX_RULES) {
                throw words.wrong("no more than " + MAX_RULES + " rules");
            }
            entries.add(new Rule.Entry(rule(), file, words.firstLine(), text));
        }
        if (!words.atEnd()) {
            throw words.wrong("the end of the rule");
        }
    }

    private Rule rule() throws InputException {
        if (words.skip("machine")) {
            return machine();
        } else if (words.skip("every")) {
            return every();
        } else if (words.skip("never", "together")) {
            return together();
        } else if (words.skip("never")) {
            return never();
        } else if (words.skip("at", "most")) {
            return atMost();
        } else if (words.skip("conserve")) {
            return conserve();
        } else if (words.skip("monotone")) {
            return monotone();
        } else if (words.skip("bound")) {
            return bound();
        } else if (words.skip("deadline")) {
            EventPattern first = pattern();
            words.expect("->");
            EventPattern then = pattern();
            Scope scope = scope(Scope.EACH_LANE);
            words.expect("within");
            return new Rule.Deadline(first, then, scope, words.duration());
        } else if (words.skip("fifo")) {
            EventPattern in = pattern();
            words.expect("->");
            EventPattern out = pattern();
            words.expect("of");
            return new Rule.Fifo(in, out, words.name("a field"), scope(Scope.OVERALL));
        }
        throw words.wrong(
                "machine, every, never, at most, conserve, monotone, bound, deadline, fifo, kind, lane or time");
    }

    // ---- kinds of rules --------------------------------------------------------------------------------------------

    private Rule machine() throws InputException {
        String name = words.name("the machine's name");
        Scope scope = scope(Scope.EACH_LANE);
        Optional<String> field = words.skip("on") ? Optional.of(words.name("a field")) : Optional.empty();
        words.expect(":");
        Set<Rule.Machine.Move> moves = new LinkedHashSet<>();
        Set<String> starts = new LinkedHashSet<>();
        Set<String> finals = new LinkedHashSet<>();
        Set<String> states = new LinkedHashSet<>();
        boolean closed = false;
        boolean events = false;
        do {
            if (words.skip("start")) {
                starts.addAll(names("a state"));
            } else if (words.skip("final")) {
                finals.addAll(names("a state"));
            } else if (words.skip("no")) {
                words.expect("others");
                closed = true;
            } else if (!words.atEnd()) {
                boolean labelled = words.second(":");
                if (!moves.isEmpty() && labelled != events) {
                    throw words.wrong(events ? "an event and a colon before each of its transitions" : "a state");
                }
                events = labelled;
                chain(labelled, moves, states);
            }
        } while (words.skip(";"));
        if (moves.isEmpty()) {
            throw words.wrong("a transition, such as QUEUED -> RUNNING");
        }
        if (!words.atEnd()) {
            throw words.wrong("-> or ;");
        }
        Set<String> unknown = new LinkedHashSet<>(starts);
        unknown.addAll(finals);
        unknown.removeAll(states);
        if (!unknown.isEmpty()) {
            throw words.wrongBefore("start and final states that occur in a transition, which "
                    + unknown.iterator().next() + " does not");
        }
        if (starts.isEmpty()) {
            starts.add(states.iterator().next());
        }
        return new Rule.Machine(name, scope, field, List.copyOf(moves), starts, finals, closed);
    }

    private void chain(boolean labelled, Set<Rule.Machine.Move> moves, Set<String> states) throws InputException {
        String event = labelled ? words.name("an event") : null;
        if (labelled) {
            words.expect(":");
        }
        List<String> from = names("a state");
        states.addAll(from);
        do {
            words.expect("->");
            List<String> to = names("a state");
            states.addAll(to);
            for (String f : from) {
                to.forEach(t -> moves.add(new Rule.Machine.Move(event, f, t)));
            }
            from = to;
        } while (words.comes("->"));
    }

    private Rule every() throws InputException {
        EventPattern event = pattern();
        Scope scope = scope(Scope.EACH_LANE);
        words.expect("is");
        boolean followed = words.skip("followed");
        if (!followed && !words.skip("preceded")) {
            throw words.wrong("followed or preceded");
        }
        words.expect("by");
        EventPattern other = pattern();
        OptionalLong within = words.skip("within") ? OptionalLong.of(words.duration()) : Rule.NO_LIMIT;
        return followed
                ? new Rule.Follows(event, other, scope, within)
                : new Rule.Preceded(event, other, scope, within);
    }

    private Rule never() throws InputException {
        EventPattern event = pattern();
        if (!words.skip("after")) {
            return new Rule.AtMost(0, event, Scope.OVERALL);
        }
        EventPattern first = pattern();
        Scope scope = scope(Scope.EACH_LANE);
        return new Rule.Never(event, first, scope, words.skip("until") ? Optional.of(pattern()) : Optional.empty());
    }

    private Rule atMost() throws InputException {
        long most = 1;
        if (!words.skip("once")) {
            most = words.count("once, or a number of times");
            words.expect("times");
        }
        EventPattern event = pattern();
        return new Rule.AtMost(most, event, scope(Scope.EACH_LANE));
    }

    private Rule together() throws InputException {
        Rule.Interval one = interval();
        Optional<Rule.Interval> other = words.skip("and") ? Optional.of(interval()) : Optional.empty();
        Scope scope = scope(Scope.OVERALL);
        Scope holder = words.skip("across") ? new Scope(keys()) : Scope.EACH_LANE;
        return new Rule.Together(one, other, scope, holder);
    }

    private Rule.Interval interval() throws InputException {
        EventPattern enter = pattern();
        words.expect("..");
        return new Rule.Interval(enter, pattern());
    }

    private Rule conserve() throws InputException {
        List<Rule.Term> terms = new ArrayList<>();
        boolean minus = words.skip("-");
        do {
            minus = terms.isEmpty() ? minus : minus(words);
            Optional<String> field = words.second("of") ? Optional.of(words.name("a field")) : Optional.empty();
            if (field.isPresent()) {
                words.expect("of");
            }
            terms.add(new Rule.Term(minus, field, pattern()));
        } while (words.comes("-") || words.comes("+"));
        Condition.Comparison comparison = words.comparison();
        BigDecimal bound = words.number();
        boolean atEnd = words.skip("at", "end");
        return new Rule.Conserve(List.copyOf(terms), comparison, bound, atEnd, scope(Scope.OVERALL));
    }

    private static boolean minus(RuleWords words) throws InputException {
        boolean minus = words.skip("-");
        if (!minus) {
            words.expect("+");
        }
        return minus;
    }

    private Rule monotone() throws InputException {
        String field = words.name("a field");
        boolean falling = words.skip("falling");
        boolean strictly = words.skip("strictly");
        Optional<BigDecimal> step = words.skip("step") ? Optional.of(words.number()) : Optional.empty();
        EventPattern event = words.skip("on") ? pattern() : EventPattern.any();
        return new Rule.Monotone(field, falling, strictly, step, event, scope(Scope.EACH_LANE));
    }

    private Rule bound() throws InputException {
        String field = words.name("a field");
        Optional<BigDecimal> low = Optional.empty();
        Optional<BigDecimal> high = Optional.empty();
        if (words.skip(">=")) {
            low = Optional.of(words.number());
        } else if (words.skip("<=")) {
            high = Optional.of(words.number());
        } else {
            low = Optional.of(words.number());
            words.expect("..");
            high = Optional.of(words.number());
            if (high.get().compareTo(low.get()) < 0) {
                throw words.wrongBefore("a number from " + Decimals.text(low.get()) + " on");
            }
        }
        return new Rule.Bound(field, low, high, words.skip("on") ? pattern() : EventPattern.any());
    }

    // ---- parts -----------------------------------------------------------------------------------------------------

    private EventPattern pattern() throws InputException {
        List<EventPattern.One> alternatives = new ArrayList<>();
        do {
            String name = words.skip("*") ? EventPattern.ANY : words.name("an event's kind");
            List<Condition> conditions = new ArrayList<>();
            if (words.skip("(")) {
                do {
                    String path = words.name("a field");
                    Condition.Comparison comparison = words.comparison();
                    conditions.add(new Condition(path, comparison, words.name("a value")));
                } while (words.skip(","));
                words.expect(")");
            }
            alternatives.add(new EventPattern.One(name, conditions));
        } while (words.skip("|"));
        return new EventPattern(alternatives);
    }

    private Scope scope(Scope usual) throws InputException {
        if (words.skip("overall")) {
            return Scope.OVERALL;
        }
        return words.skip("by") ? new Scope(keys()) : usual;
    }

    private List<String> keys() throws InputException {
        List<String> keys = new ArrayList<>();
        do {
            keys.add(words.skip("lane") ? Scope.LANE : words.name("a field"));
        } while (words.skip(","));
        return keys;
    }

    private List<String> names(String what) throws InputException {
        List<String> names = new ArrayList<>();
        do {
            names.add(words.name(what));
        } while (words.skip(","));
        return names;
    }
}

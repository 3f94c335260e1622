package io.dettrace.oracle.history.model;

import io.dettrace.oracle.history.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses expressions of model files by recursive descent, the loosest first: {@code or}, {@code and}, {@code not}, comparison,
 * sum, product, value.
 */
final class ExpressionParser {
    /** A text that is no expression. */
    static final class SyntaxException extends Exception {
        private static final long serialVersionUID = 1L;

        final int column;

        SyntaxException(String message, int column) {
            super(message);
            this.column = column;
        }
    }

    /** Parentheses, lists and {@code not} inside each other. */
    static final int MAX_DEPTH = 100;

    /** Characters of an expression. */
    static final int MAX_LENGTH = 2_000;

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(?<number>[0-9]+(?:\\.[0-9]+)?)|(?<text>\"(?:[^\"\\\\]|\\\\.)*\")"
                    + "|(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<sign>!=|<=|>=|[-+*=<>(),\\[\\]]))");

    private final String text;
    private final Set<String> names;
    private final Matcher matcher;
    private String token = "";
    private int start;
    private int next;
    private int depth;

    private ExpressionParser(String text, Set<String> names) throws SyntaxException {
        this.text = text;
        this.names = names;
        matcher = TOKEN.matcher(text);
        advance();
    }

    /**
     * Parses a whole text.
     *
     * @param names what it may speak of
     */
    static Expression parse(String text, Set<String> names) throws SyntaxException {
        if (text.length() > MAX_LENGTH) {
            throw new SyntaxException("an expression may have " + MAX_LENGTH + " characters", 1);
        }
        ExpressionParser parser = new ExpressionParser(text, names);
        Expression all = parser.or();
        if (!parser.token.isEmpty()) {
            throw parser.wrong("expected the end or an operator, found " + parser.token);
        }
        return all;
    }

    private void advance() throws SyntaxException {
        int from = next;
        start = from;
        if (text.substring(from).isBlank()) {
            token = "";
            return;
        }
        if (!matcher.find(from) || matcher.start() != from) {
            throw wrong("expected a name, a number, a string or a sign, found "
                    + text.substring(from).strip());
        }
        token = matcher.group().strip();
        next = matcher.end();
        start = next - token.length();
    }

    private SyntaxException wrong(String what) {
        return new SyntaxException(what, start + 1);
    }

    private boolean takes(String expected) throws SyntaxException {
        boolean is = token.equals(expected);
        if (is) {
            advance();
        }
        return is;
    }

    private void expect(String expected) throws SyntaxException {
        if (!takes(expected)) {
            throw wrong("expected " + expected + ", found " + (token.isEmpty() ? "the end" : token));
        }
    }

    private Expression or() throws SyntaxException {
        if (++depth > MAX_DEPTH) {
            throw wrong("nested deeper than " + MAX_DEPTH);
        }
        Expression left = and();
        while (takes("or")) {
            Expression a = left;
            Expression b = and();
            left = names -> Value.of(a.holds(names) || b.holds(names));
        }
        depth--;
        return left;
    }

    private Expression and() throws SyntaxException {
        Expression left = not();
        while (takes("and")) {
            Expression a = left;
            Expression b = not();
            left = names -> Value.of(a.holds(names) && b.holds(names));
        }
        return left;
    }

    private Expression not() throws SyntaxException {
        boolean negated = false;
        while (takes("not")) {
            negated = !negated;
        }
        Expression of = comparison();
        return negated ? names -> Value.of(!of.holds(names)) : of;
    }

    private Expression comparison() throws SyntaxException {
        Expression left = joined(Set.of("+", "-"));
        return Set.of("=", "!=", "<", "<=", ">", ">=").contains(token)
                ? join(left, operator(), joined(Set.of("+", "-")))
                : left;
    }

    private Expression joined(Set<String> operators) throws SyntaxException {
        boolean sum = operators.contains("+");
        Expression left = sum ? joined(Set.of("*")) : value();
        while (operators.contains(token)) {
            left = join(left, operator(), sum ? joined(Set.of("*")) : value());
        }
        return left;
    }

    private String operator() throws SyntaxException {
        String operator = token;
        advance();
        return operator;
    }

    private static Expression join(Expression a, String operator, Expression b) {
        return names -> Functions.join(operator, a.of(names), b.of(names));
    }

    private Expression value() throws SyntaxException {
        if (takes("(")) {
            Expression inside = or();
            expect(")");
            return inside;
        }
        if (takes("[")) {
            List<Expression> items = list("]");
            return new Expression.Apply(Value::of, items);
        }
        if (takes("-")) {
            if (++depth > MAX_DEPTH) {
                throw wrong("nested deeper than " + MAX_DEPTH);
            }
            Expression of = value();
            depth--;
            return names -> Functions.join("-", Value.of(0), of.of(names));
        }
        String word = token;
        if (word.isEmpty()) {
            throw wrong("expected a value, found the end");
        }
        char first = word.charAt(0);
        if (Character.isDigit(first)) {
            advance();
            return constant(Value.of(new BigDecimal(word)));
        }
        if (first == '"') {
            advance();
            return constant(Value.parse(word));
        }
        if (!Character.isLetter(first) && first != '_') {
            throw wrong("expected a value, found " + word);
        }
        return named(word);
    }

    private Expression named(String word) throws SyntaxException {
        switch (word) {
            case "true", "false", "nil" -> {
                advance();
                return constant(Value.parse(word.equals("nil") ? "null" : word));
            }
            default -> {
                int at = start;
                advance();
                if (!token.equals("(")) {
                    if (!names.contains(word)) {
                        throw new SyntaxException(word + " is no state variable, argument or function here", at + 1);
                    }
                    return values -> values.get(word);
                }
                Functions.Known known = Functions.NAMED.get(word);
                if (known == null) {
                    throw new SyntaxException("there is no function " + word, at + 1);
                }
                expect("(");
                List<Expression> arguments = list(")");
                if (arguments.size() != known.arguments()) {
                    throw new SyntaxException(
                            word + " takes " + known.arguments() + " arguments, found " + arguments.size(), at + 1);
                }
                return new Expression.Apply(known.function(), arguments);
            }
        }
    }

    private List<Expression> list(String end) throws SyntaxException {
        List<Expression> all = new ArrayList<>();
        if (takes(end)) {
            return all;
        }
        do {
            all.add(or());
        } while (takes(","));
        expect(end);
        return all;
    }

    private static Expression constant(Value value) {
        return names -> value;
    }
}

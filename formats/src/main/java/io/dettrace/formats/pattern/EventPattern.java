package io.dettrace.formats.pattern;

import io.dettrace.event.InputException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression with named groups, in the syntax of Java or of JavaScript.
 *
 * <p>Group names may be anything between {@code <} and {@code >}. What Java refuses is read once more as JavaScript would:
 * a brace that is no repetition and a bracket inside a class stand for themselves. {@code ^} and {@code $} match at line
 * ends, which are all {@code \n}.
 *
 * @param source the expression as the user wrote it
 * @param groups the named groups in the order of the expression
 * @param starts where matches can start
 */
record EventPattern(String source, Pattern pattern, List<Group> groups, Starts starts, char firstLiteral) {
    /** Characters of an expression that messages show. */
    private static final int MAX_SHOWN = 400;

    /** A named group: the name that Java knows it by, and the field that it is. */
    record Group(String id, String path) {}

    /** Where in the text a match can start at all. */
    enum Starts {
        /** At the starts of lines: the expression begins with {@code ^}. */
        LINE,
        /** At a certain character that the expression begins with. */
        LITERAL,
        ANYWHERE
    }

    /**
     * Compiles an expression.
     *
     * @param what what it is for, for messages: {@code pattern} or {@code delimiter}
     */
    static EventPattern compile(String what, String source) throws InputException {
        PatternSyntaxException asJava;
        try {
            return compile(source, false);
        } catch (PatternSyntaxException e) {
            asJava = e;
        }
        try {
            return compile(source, true);
        } catch (PatternSyntaxException neither) {
            throw new InputException(
                    "the " + what + " is not a valid regular expression: " + asJava.getDescription() + "; found "
                            + shorten(source),
                    asJava);
        } catch (StackOverflowError e) {
            throw new InputException("the " + what + " is nested too deeply; found " + shorten(source), e);
        }
    }

    private static String shorten(String source) {
        return source.length() <= MAX_SHOWN ? source : source.substring(0, MAX_SHOWN) + "...";
    }

    private static EventPattern compile(String source, boolean javaScript) {
        PatternRewriter rewriter = new PatternRewriter(source, javaScript);
        String rewritten = rewriter.rewrite();
        Pattern pattern = Pattern.compile(rewritten, Pattern.MULTILINE | Pattern.UNIX_LINES);
        Starts starts = Starts.ANYWHERE;
        char first = 0;
        if (!rewriter.hasTopLevelChoice() && !rewritten.isEmpty()) {
            first = literal(rewritten);
            starts = rewritten.charAt(0) == '^' && !isQuantified(rewritten, 1)
                    ? Starts.LINE
                    : first != 0 ? Starts.LITERAL : Starts.ANYWHERE;
        }
        return new EventPattern(source, pattern, rewriter.groups(), starts, first);
    }

    /** The character that every match begins with, or 0. */
    private static char literal(String regex) {
        char c = regex.charAt(0);
        if (c == '\\' && regex.length() > 1 && "[](){}.*+?^$|\\/-=\"<>:,;#".indexOf(regex.charAt(1)) >= 0) {
            return isQuantified(regex, 2) ? 0 : regex.charAt(1);
        }
        boolean plain = c < 0x80 && "[](){}.*+?^$|\\".indexOf(c) < 0;
        return plain && !isQuantified(regex, 1) ? c : 0;
    }

    private static boolean isQuantified(String regex, int at) {
        return at < regex.length() && "*?+{".indexOf(regex.charAt(at)) >= 0;
    }

    /** The group that is field {@code path}. */
    Optional<Group> group(String path) {
        return groups.stream().filter(g -> g.path().equals(path)).findFirst();
    }
}

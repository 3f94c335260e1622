package io.dettrace.formats.pattern;

import java.util.regex.Matcher;

/**
 * Finds matches of one expression in a {@link TextWindow} as if the whole text were in memory.
 *
 * <p>Every place where a match may start is tried by itself. If the attempt looked at the end of the window and more text
 * may follow, its outcome is open: the search stops there, to be taken up again when the window has grown. So a match is
 * never cut and never missed. Empty matches are no matches.
 */
final class WindowMatcher {
    /** Characters that one attempt to match may look at; more is the exponential search of a bad expression. */
    static final long MAX_STEPS = 50_000_000;

    /** Characters that all attempts together may look at before {@link #MAX_STEPS_PER_CHARACTER} counts. */
    static final long FREE_STEPS = 1_000_000_000;

    /** Characters looked at for each character of text, on average. */
    static final long MAX_STEPS_PER_CHARACTER = 20_000;

    private final TextWindow window;
    private final EventPattern pattern;
    private final Matcher matcher;
    private long steps;
    private long characters;
    private int start;
    private int end;

    WindowMatcher(TextWindow window, EventPattern pattern) {
        this.window = window;
        this.pattern = pattern;
        matcher = pattern.pattern().matcher(window);
        matcher.useAnchoringBounds(false);
        matcher.useTransparentBounds(true);
    }

    /**
     * Looks for the first match that starts at {@code from} or later and ends at {@code to} or before.
     *
     * @param last true if nothing that matters follows {@code to}
     * @return true if there is one; else {@link #start} is the first place where one may still come to start
     * @throws TextWindow.TooManyStepsException if the expression takes too long; {@link #start} is where
     * @throws StackOverflowError if the expression goes too deep; {@link #start} is where
     */
    boolean find(int from, int to, boolean last) {
        for (start = candidate(from, to); start < to; start = candidate(start + 1, to)) {
            matcher.region(start, to);
            boolean found = attempt();
            if (!last && (matcher.hitEnd() || matcher.requireEnd())) {
                return false;
            }
            if (found && matcher.end() > start) {
                end = matcher.end();
                return true;
            }
        }
        start = to;
        return false;
    }

    private boolean attempt() {
        window.allowSteps(MAX_STEPS);
        try {
            return matcher.lookingAt();
        } finally {
            steps += MAX_STEPS - Math.max(0, window.stepsLeft());
            if (steps > FREE_STEPS + MAX_STEPS_PER_CHARACTER * characters) {
                throw new TextWindow.TooManyStepsException();
            }
        }
    }

    private int candidate(int from, int to) {
        int at = from;
        switch (pattern.starts()) {
            case LINE -> {
                while (at < to && at > 0 && window.at(at - 1) != '\n') {
                    at++;
                }
            }
            case LITERAL -> {
                while (at < to && window.at(at) != pattern.firstLiteral()) {
                    at++;
                }
            }
            default -> {}
        }
        characters += at - from + 1;
        return Math.min(at, to);
    }

    /** Start of the match. */
    int start() {
        return start;
    }

    /** End of the match, exclusive. */
    int end() {
        return end;
    }

    /** Text of a group, or null if it took no part. */
    String group(EventPattern.Group group) {
        int from = matcher.start(group.id());
        return from < 0 ? null : window.text(from, matcher.end(group.id()));
    }
}

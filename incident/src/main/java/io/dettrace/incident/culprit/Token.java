package io.dettrace.incident.culprit;

import io.dettrace.incident.window.Names;

/** What comes next in a span, as a number: what it is, and the name. */
final class Token {
    static final long START = 1L << 32;
    static final long END = 2L << 32;
    static final long END_IN_ERROR = 3L << 32;
    private static final long CHILD = 4L << 32;
    private static final long LOG = 6L << 32;
    private static final long NAME = (1L << 32) - 1;

    private Token() {}

    static long child(int operation) {
        return CHILD | operation;
    }

    static long log(int statement) {
        return LOG | statement;
    }

    static boolean isChild(long token) {
        return (token & ~NAME) == CHILD;
    }

    static boolean isLog(long token) {
        return (token & ~NAME) == LOG;
    }

    static int name(long token) {
        return (int) (token & NAME);
    }

    /** For people: {@code owner} is the operation of the span in which it happens. */
    static String text(long token, Names names, int owner) {
        if (token == START) {
            return names.get(owner) + " start";
        }
        if (token == END) {
            return names.get(owner) + " end";
        }
        if (token == END_IN_ERROR) {
            return names.get(owner) + " end in error";
        }
        String name = names.get(name(token));
        return isLog(token) ? name : name + " start";
    }
}

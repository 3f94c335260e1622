package io.dettrace.replay;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of one method between which something should have been atomic: from the line by which the program came to the
 * one event to the line by which it came to the other.
 *
 * @param method class and method
 * @param file the source file's name
 * @param from the earlier line in the source
 * @param to the later line, or the same
 */
record Region(String method, String file, int from, int to) {
    private static final Pattern FRAME = Pattern.compile("(.+)\\(([^():]+):(\\d+)\\)");

    /**
     * The innermost method in which both events lie. As long as the outer frames are the same the two belong to one call;
     * where the lines first differ, or at the innermost frame, is the method that does the one and then the other.
     *
     * @param one frames to the one event, the innermost first
     * @param other frames to the other
     */
    static Optional<Region> around(List<String> one, List<String> other) {
        Optional<Region> around = Optional.empty();
        for (int i = 1; i <= Math.min(one.size(), other.size()); i++) {
            Matcher a = FRAME.matcher(one.get(one.size() - i));
            Matcher b = FRAME.matcher(other.get(other.size() - i));
            if (!a.matches() || !b.matches() || !a.group(1).equals(b.group(1))) {
                return around;
            }
            int first = Integer.parseInt(a.group(3));
            int second = Integer.parseInt(b.group(3));
            around = Optional.of(new Region(a.group(1), a.group(2), Math.min(first, second), Math.max(first, second)));
            if (first != second) {
                return around;
            }
        }
        return around;
    }

    /** True if a frame says in which line of which file it is. */
    static boolean hasLine(String frame) {
        return FRAME.matcher(frame).matches();
    }

    /** The region as a place: {@code demo.Queue.take(Queue.java:14-18)}. */
    String place() {
        return method + "(" + file + ":" + from + (to == from ? "" : "-" + to) + ")";
    }
}

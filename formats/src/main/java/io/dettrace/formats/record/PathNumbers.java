package io.dettrace.formats.record;

import java.util.Arrays;

/** The numbers that paths of other events have in one event, remembered so that a copy costs no look-up by name. */
public final class PathNumbers {
    private final EventRecord to;
    private EventRecord from;
    private int[] known = new int[0];

    /** Numbers of paths in {@code to}. */
    public PathNumbers(EventRecord to) {
        this.to = to;
    }

    /** The number of the path that is number {@code path} in {@code event}. */
    public int of(EventRecord event, int path) {
        if (event != from) {
            from = event;
            known = new int[Math.max(64, event.pathCount())];
        }
        if (path >= known.length) {
            known = Arrays.copyOf(known, Math.max(path + 1, 2 * known.length));
        }
        if (known[path] == 0) {
            known[path] = 1 + to.path(event.pathNumbered(path));
        }
        return known[path] - 1;
    }
}

package io.dettrace.incident.family;

import io.dettrace.incident.culprit.Units;
import io.dettrace.incident.window.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One window's requests at a service, and the calls to it. */
final class RootSide {
    /** A request at the service. */
    record Unit(
            int span, int request, long start, long end, double own, double ahead, boolean fails, boolean failsAtAll) {
        double all() {
            return (end - start) / 1e6;
        }
    }

    /**
     * A call of the service.
     *
     * @param again true if a call of the same caller's request to it failed before
     * @param againFails true if that one failed and this too
     */
    record Call(
            int span,
            int request,
            boolean failed,
            boolean unanswered,
            boolean givenUp,
            boolean nested,
            boolean again,
            boolean againFails) {}

    /** Failed calls that no span answers and that took longer than 99 % of the baseline's were given up. */
    private static final double SLOW = 0.99;

    final Window window;
    final Units units;
    final List<Unit> at = new ArrayList<>();
    final List<Call> to = new ArrayList<>();
    /** Nanoseconds of a call from which on it is slow. */
    private final long limit;

    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;

    /** A side; of the baseline for {@code usual} null. */
    RootSide(Window window, Units units, int root, @Nullable RootSide usual) {
        this.window = window;
        this.units = units;
        limit = usual == null ? Long.MAX_VALUE : usual.slow();
        for (int r = 0; r < window.requests(); r++) {
            Map<Long, Boolean> failedBefore = new HashMap<>();
            for (int s = window.firstSpan(r); s < window.firstSpan(r + 1); s++) {
                first = Math.min(first, window.start(s));
                last = Math.max(last, window.start(s));
                if (units.isEntry(s) && window.service(s) == root) {
                    at.add(unit(r, s));
                } else if (units.isCall(s) && units.target(s) == root) {
                    long key = (long) units.entry(s) << 32 | units.label(s);
                    boolean failed = units.isFailedCall(s);
                    boolean again = Boolean.TRUE.equals(failedBefore.get(key));
                    failedBefore.put(key, failed);
                    int answer = units.answer(s);
                    boolean up = failed && isGivenUp(s);
                    to.add(new Call(s, r, failed, failed && answer < 0, up, up && isNested(s), again, again && failed));
                }
            }
        }
    }

    private long slow() {
        long[] sorted = to.stream()
                .mapToLong(k -> window.end(k.span()) - window.start(k.span()))
                .sorted()
                .toArray();
        return sorted.length == 0
                ? Long.MAX_VALUE
                : sorted[(int) Math.min(sorted.length - 1, Math.ceil(SLOW * sorted.length))];
    }

    /** True if the caller of a failed call did not wait for the answer. */
    private boolean isGivenUp(int call) {
        int answer = units.answer(call);
        if (answer < 0) {
            return window.error(call) && window.end(call) - window.start(call) > limit;
        }
        return window.error(call)
                && (!units.isFailing(answer)
                        || units.corrected(answer, window.end(answer)) > units.corrected(call, window.end(call)));
    }

    /** True if the one who called the caller gave up too. */
    private boolean isNested(int call) {
        int above = window.parent(units.entry(call));
        return above >= 0 && units.isCall(above) && window.error(above) && isGivenUp(above);
    }

    private Unit unit(int request, int s) {
        long covered = 0;
        long reached = window.start(s);
        boolean calledInVain = false;
        for (int k = s + 1; k < window.spans() && window.parent(k) >= s; k++) {
            if (units.entry(k) == s && units.isCall(k)) {
                long from = Math.max(reached, window.start(k));
                long to = Math.min(window.end(s), window.end(k));
                covered += Math.max(0, to - from);
                reached = Math.max(reached, to);
                calledInVain |= units.isFailedCall(k);
            }
        }
        int p = window.parent(s);
        double ahead = p >= 0 && units.isCall(p)
                ? (window.end(p) - window.start(p) - (window.end(s) - window.start(s))) / 1e6
                : 0;
        return new Unit(
                s,
                request,
                window.start(s),
                window.end(s),
                (window.end(s) - window.start(s) - covered) / 1e6,
                ahead,
                units.isFailing(s) && !calledInVain,
                units.isFailing(s));
    }
}

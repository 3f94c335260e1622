package io.dettrace.incident.culprit;

import io.dettrace.incident.window.Window;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * Where failures come from. Of each call that failed the origin is looked for downwards: into the callee that failed too, to the
 * last of its calls that failed, and so on; where a callee had not failed when its caller gave up, to what it was waiting for at
 * that moment. What is found is a unit that failed by itself, or a call that nobody answered, or one whose callee was late.
 */
final class Failures {
    private static final int NONE = -1;

    private final Long2LongHashMap numbers = new Long2LongHashMap(1024, 0.6f, NONE);
    int groups;
    /** Number of the name of who fails. */
    int[] service = new int[64];
    /** Number of the name of who called it, -1 for what a unit did by itself. */
    int[] caller = new int[64];

    int[] operation = new int[64];
    /** Requests that pass: of the baseline at 2i, of the incident at 2i + 1. */
    int[] passing = new int[128];

    int[] failing = new int[128];

    private int[] lastPassing = new int[64];
    private int[] lastFailing = new int[64];

    /** Takes what passes and fails. */
    interface Visitor {
        /** A request passes where a failure may begin. */
        void pass(int request, int group);

        /** A failure begins in span {@code span}, and shows at {@code time}. */
        void fail(int request, int group, int span, long time);
    }

    /** Takes in a window, 0 for the baseline and 1 for the incident. */
    void take(int side, Window w, Units units) {
        Arrays.fill(lastPassing, NONE);
        Arrays.fill(lastFailing, NONE);
        walk(w, units, new Visitor() {
            @Override
            public void pass(int request, int group) {
                if (lastPassing[group] != request) {
                    lastPassing[group] = request;
                    passing[2 * group + side]++;
                }
            }

            @Override
            public void fail(int request, int group, int span, long time) {
                if (lastFailing[group] != request) {
                    lastFailing[group] = request;
                    failing[2 * group + side]++;
                }
            }
        });
    }

    /** Gives all that passes and fails, by request. */
    void walk(Window w, Units units, Visitor visitor) {
        for (int r = 0; r < w.requests(); r++) {
            int until = w.firstSpan(r + 1);
            for (int s = w.firstSpan(r); s < until; s++) {
                if (units.isEntry(s)) {
                    visitor.pass(r, own(w, s));
                    if (w.parent(s) < 0 && units.isFailing(s)) {
                        descend(w, units, r, s, until, visitor);
                    }
                }
                if (units.isCall(s) && units.target(s) != NONE) {
                    visitor.pass(r, edge(w, units, s));
                    if (units.isFailedCall(s)) {
                        origin(w, units, r, s, until, visitor);
                    }
                }
            }
        }
    }

    private int own(Window w, int entry) {
        return group(w.service(entry), NONE, w.operation(entry));
    }

    private int edge(Window w, Units units, int call) {
        return group(units.target(call), w.service(call), w.operation(call));
    }

    /** Looks for the origin of a failed call. */
    private void origin(Window w, Units units, int request, int call, int until, Visitor visitor) {
        int unit = units.answer(call);
        long end = units.corrected(call, w.end(call));
        if (unit == NONE || units.corrected(unit, w.start(unit)) > end) {
            visitor.fail(request, edge(w, units, call), call, end);
        } else if (units.isFailing(unit)) {
            descend(w, units, request, unit, until, visitor);
        } else {
            waiting(w, units, request, call, end, until, visitor);
        }
    }

    /** A unit failed: by its last call that failed, whose origin is looked for when it is come upon, or by itself. */
    private void descend(Window w, Units units, int request, int unit, int until, Visitor visitor) {
        int last = NONE;
        for (int s = unit + 1; s < until && w.parent(s) >= unit; s++) {
            if (units.isCall(s) && units.entry(s) == unit && units.isFailedCall(s)) {
                last = last == NONE || w.end(s) >= w.end(last) ? s : last;
            }
        }
        if (last == NONE || units.target(last) == NONE) {
            visitor.fail(request, own(w, unit), unit, units.corrected(unit, w.end(unit)));
        }
    }

    /** A caller gave up on a unit that had not failed: for what had that waited longest by then? */
    private void waiting(Window w, Units units, int request, int call, long when, int until, Visitor visitor) {
        int unit = units.answer(call);
        if (unit == NONE) {
            visitor.fail(request, edge(w, units, call), call, when);
            return;
        }
        long begin = units.corrected(unit, w.start(unit));
        long queued = begin - units.corrected(call, w.start(call));
        long own = when - begin;
        int last = NONE;
        long most = 0;
        for (int s = unit + 1; s < until && w.parent(s) >= unit; s++) {
            if (units.isCall(s) && units.entry(s) == unit && units.target(s) != NONE) {
                long all = waited(w, units, unit, s, when, until);
                own -= Math.max(0, waited(units, w, s, when));
                last = all >= most ? s : last;
                most = Math.max(most, all);
            }
        }
        if (queued >= Math.max(own, most)) {
            visitor.fail(request, edge(w, units, call), call, when);
        } else if (own >= most) {
            visitor.fail(request, own(w, unit), unit, when);
        } else {
            waiting(w, units, request, last, when, until, visitor);
        }
    }

    private static long waited(Units units, Window w, int call, long when) {
        return Math.min(units.corrected(call, w.end(call)), when) - units.corrected(call, w.start(call));
    }

    /** How long a unit waited for the callee of one of its calls, over all tries. */
    private static long waited(Window w, Units units, int unit, int call, long when, int until) {
        long sum = 0;
        for (int s = unit + 1; s < until && w.parent(s) >= unit; s++) {
            if (units.isCall(s) && units.entry(s) == unit && units.target(s) == units.target(call)) {
                sum += Math.max(0, waited(units, w, s, when));
            }
        }
        return sum;
    }

    private int group(int of, int from, int name) {
        long key = Digest.of(Digest.of(of, from), name);
        long known = numbers.get(key);
        if (known != NONE) {
            return (int) known;
        }
        if (groups == service.length) {
            int more = 2 * groups;
            service = Arrays.copyOf(service, more);
            caller = Arrays.copyOf(caller, more);
            operation = Arrays.copyOf(operation, more);
            passing = Arrays.copyOf(passing, 2 * more);
            failing = Arrays.copyOf(failing, 2 * more);
            lastPassing = Arrays.copyOf(lastPassing, more);
            lastFailing = Arrays.copyOf(lastFailing, more);
        }
        service[groups] = of;
        caller[groups] = from;
        operation[groups] = name;
        lastPassing[groups] = NONE;
        lastFailing[groups] = NONE;
        numbers.put(key, groups);
        return groups++;
    }
}

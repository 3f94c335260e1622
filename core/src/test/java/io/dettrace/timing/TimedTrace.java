package io.dettrace.timing;

import io.dettrace.event.EventBlock;
import io.dettrace.event.EventCursor;
import io.dettrace.event.InputNote;
import io.dettrace.event.LaneTable;
import io.dettrace.event.Original;
import io.dettrace.event.Run;
import io.dettrace.event.SourceRef;
import io.dettrace.testkit.TestRun;
import io.dettrace.testkit.TestTrace;
import io.dettrace.testkit.TestTrace.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongUnaryOperator;

/**
 * A trace with a schedule: each event happens its own delay after the latest of its predecessors, and not before its
 * release. That is the definition by which the tests know what is late and why, independently of the judge.
 */
final class TimedTrace {
    final TestTrace trace;
    final Map<Integer, Long> delay = new HashMap<>();
    final Map<Integer, Long> release = new HashMap<>();

    TimedTrace(TestTrace trace) {
        this.trace = trace;
    }

    /** A trace whose events have random delays. */
    static TimedTrace random(TestTrace trace, Random random, int longest) {
        TimedTrace timed = new TimedTrace(trace);
        trace.recorded().forEach(e -> timed.delay.put(e.id, 1L + random.nextInt(longest)));
        return timed;
    }

    TimedTrace copy() {
        TimedTrace copy = new TimedTrace(trace.copy());
        copy.delay.putAll(delay);
        copy.release.putAll(release);
        return copy;
    }

    /** The same with one event slower by {@code more}, or released later if it goes by a schedule. */
    TimedTrace slower(int id, long more) {
        TimedTrace copy = copy();
        if (release.containsKey(id)) {
            copy.release.merge(id, more, Long::sum);
        } else {
            copy.delay.merge(id, more, Long::sum);
        }
        return copy;
    }

    /** When each event happens. */
    Map<Integer, Long> times() {
        Map<Integer, Long> times = new HashMap<>();
        Map<String, Event> last = new HashMap<>();
        for (Event e : trace.linearExtension(null)) {
            Event before = last.put(e.lane, e);
            long enabled = before == null ? 0 : times.get(before.id);
            for (Event p : e.preds) {
                enabled = Math.max(enabled, times.get(p.id));
            }
            long at = enabled + delay.get(e.id);
            times.put(e.id, Math.max(at, release.getOrDefault(e.id, Long.MIN_VALUE)));
        }
        return times;
    }

    Run run(String name, TestRun.LinkForm form) {
        return run(name, form, t -> t);
    }

    /** The run as a clock shows it, which may be shifted or of another rate. */
    Run run(String name, TestRun.LinkForm form, LongUnaryOperator clock) {
        Map<Integer, Long> times = times();
        long[] byLine = trace.recorded().stream()
                .mapToLong(e -> clock.applyAsLong(times.get(e.id)))
                .toArray();
        return new Timed(new TestRun(name, trace, form), byLine);
    }

    /** A run with other times. */
    record Timed(TestRun run, long[] times) implements Run {
        @Override
        public EventCursor events(LaneTable lanes) {
            EventCursor cursor = run.events(lanes);
            return new EventCursor() {
                @Override
                public boolean next(EventBlock block) throws java.io.IOException {
                    boolean more = cursor.next(block);
                    for (int i = 0; i < block.size; i++) {
                        block.time[i] = times[(int) block.line[i] - 1];
                    }
                    return more;
                }

                @Override
                public void close() throws java.io.IOException {
                    cursor.close();
                }
            };
        }

        @Override
        public String name() {
            return run.name();
        }

        @Override
        public List<Original> originals(List<SourceRef> refs) {
            return run.originals(refs);
        }

        @Override
        public List<InputNote> notes() {
            return run.notes();
        }

        @Override
        public long sizeHint() {
            return run.sizeHint();
        }

        @Override
        public List<String> files() {
            return run.files();
        }

        @Override
        public String digest(int file) {
            return run.digest(file);
        }

        @Override
        public void close() {}
    }
}

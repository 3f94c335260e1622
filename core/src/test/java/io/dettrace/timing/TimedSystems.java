package io.dettrace.timing;

import io.dettrace.testkit.TestTrace;
import io.dettrace.testkit.TestTrace.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Systems of different build, whose schedules are known exactly. */
final class TimedSystems {
    private TimedSystems() {}

    static Map<String, TimedTrace> all(long seed) {
        Map<String, TimedTrace> all = new LinkedHashMap<>();
        all.put("pipeline", pipeline(new Random(seed), 12));
        all.put("firmware", firmware(new Random(seed), 12));
        all.put("workers", workers(new Random(seed), 12));
        all.put("fork and join", forkJoin(new Random(seed), 8));
        return all;
    }

    /** Five stages; each takes an item from the stage before it. */
    static TimedTrace pipeline(Random random, int items) {
        TestTrace trace = new TestTrace();
        for (int i = 0; i < items; i++) {
            Event from = null;
            for (int stage = 0; stage < 5; stage++) {
                String lane = "stage" + stage;
                Event take = from == null
                        ? trace.add(lane, "take " + i, "take", List.of())
                        : trace.add(lane, "take " + i, "take", List.of(from));
                from = trace.add(lane, "put " + i + " " + take.id, "put", List.of());
            }
        }
        return TimedTrace.random(trace, random, 1_000);
    }

    /** A timer that keeps a schedule whatever happens, the interrupt it raises, and two tasks. */
    static TimedTrace firmware(Random random, int ticks) {
        TestTrace trace = new TestTrace();
        List<Event> timers = new ArrayList<>();
        for (int i = 0; i < ticks; i++) {
            Event tick = trace.add("timer", "tick", "tick", List.of());
            timers.add(tick);
            Event irq = trace.add("isr", "irq", "irq", List.of(tick));
            Event wake = trace.add("control", "wake " + i, "wake", List.of(irq));
            Event done = trace.add("control", "done " + i, "done", List.of());
            if (i % 3 == 2) {
                trace.add("log", "write " + i, "write", List.of(done, wake));
            }
        }
        TimedTrace timed = TimedTrace.random(trace, random, 300);
        for (int i = 0; i < ticks; i++) {
            timed.delay.put(timers.get(i).id, 1L);
            timed.release.put(timers.get(i).id, 1_000L * (i + 1));
        }
        return timed;
    }

    /** A queue that four workers take from. */
    static TimedTrace workers(Random random, int rounds) {
        TestTrace trace = new TestTrace();
        for (int i = 0; i < rounds; i++) {
            List<Event> given = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                given.add(trace.add("queue", "give " + i + " " + w, "give", List.of()));
            }
            for (int w = 0; w < 4; w++) {
                trace.add("worker-" + w, "start " + i, "start", List.of(given.get(w)));
                trace.add("worker-" + w, "end " + i, "end", List.of());
            }
        }
        return TimedTrace.random(trace, random, 2_000);
    }

    /** A coordinator that forks and waits for all. */
    static TimedTrace forkJoin(Random random, int rounds) {
        TestTrace trace = new TestTrace();
        for (int i = 0; i < rounds; i++) {
            Event fork = trace.add("main", "fork " + i, "fork", List.of());
            List<Event> done = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                trace.add("task" + t, "run " + i, "run", List.of(fork));
                done.add(trace.add("task" + t, "done " + i, "done", List.of()));
            }
            trace.add("main", "join " + i, "join", done);
        }
        return TimedTrace.random(trace, random, 5_000);
    }
}

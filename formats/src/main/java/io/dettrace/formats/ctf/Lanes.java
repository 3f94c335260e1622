package io.dettrace.formats.ctf;

import io.dettrace.formats.ReadContext;
import io.dettrace.formats.ctf.TraceFiles.Trace;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells the lane of each event: its thread where the trace shows it, by context or by the scheduler's events, else its
 * processor, else its stream. Threads are named by their process or thread name and numbered by first appearance, because
 * identifiers differ from run to run.
 */
final class Lanes {
    /** Threads that are told apart; those beyond share a lane. */
    static final int MAX_THREADS = 100_000;

    private static final String INTERRUPT = "interrupt";

    private final ReadContext context;
    private final Map<ThreadKey, Thread> threads = new HashMap<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<CpuKey, Cpu> cpus = new HashMap<>();
    private final Map<StreamKey, String> streams = new HashMap<>();
    private final Map<ThreadKey, Long> wakeups = new HashMap<>();
    private long lastWakeup;

    /** Name of the wakeup that the last event asked for is, or 0. */
    private long wakeup;

    /** Name of the wakeup that it follows, or 0. */
    private long wokenBy;

    private record ThreadKey(Trace trace, long process, long thread, long cpu) {}

    private record CpuKey(Trace trace, long cpu) {}

    private record StreamKey(Trace trace, long stream, long instance) {}

    /** A thread; {@code wokenBy} is the wakeup that its next event follows, or 0. */
    private static final class Thread {
        final String lane;
        long wokenBy;

        Thread(String lane) {
            this.lane = lane;
        }
    }

    /** What runs on a processor. */
    private static final class Cpu {
        final String lane;
        Thread running;
        int interrupts;

        Cpu(String lane) {
            this.lane = lane;
        }
    }

    Lanes(ReadContext context) {
        this.context = context;
    }

    long wakeup() {
        return wakeup;
    }

    long wokenBy() {
        return wokenBy;
    }

    /** The lane of the event that {@code s} has read. */
    String lane(StreamReader s) {
        wakeup = 0;
        wokenBy = 0;
        Decoding d = s.values;
        boolean scheduled = s.trace.layouts().meanings.scheduling;
        if (!scheduled) {
            return d.has(Meaning.THREAD_ID) ? resume(byContext(s, false)) : place(s);
        }
        Cpu cpu = cpu(s);
        Thread thread = d.has(Meaning.THREAD_ID) ? byContext(s, true) : cpu.running;
        Thread before = thread;
        boolean interrupted = cpu.interrupts > 0;
        switch (s.event().scheduling()) {
            case SWITCH -> {
                thread = thread == null ? named(s, Meaning.PREVIOUS_THREAD, Meaning.PREVIOUS_NAME) : thread;
                switchIn(s, cpu);
            }
            case SWITCHED_IN -> {
                switchIn(s, cpu);
                thread = cpu.running;
                interrupted = false;
            }
            case SWITCHED_OUT -> {
                thread = named(s, Meaning.NEXT_THREAD, Meaning.NEXT_NAME);
                interrupted = false;
                cpu.running = null;
            }
            case INTERRUPT_ENTER -> {
                cpu.interrupts++;
                interrupted = true;
            }
            case INTERRUPT_EXIT -> cpu.interrupts = Math.max(0, cpu.interrupts - 1);
            case WAKEUP -> wake(s);
            default -> {
                // Says nothing about threads.
            }
        }
        if (interrupted && before == cpu.running) {
            return s.trace.prefix + INTERRUPT;
        }
        return thread == null ? cpu.lane : resume(thread);
    }

    private String resume(Thread thread) {
        wokenBy = thread.wokenBy;
        thread.wokenBy = 0;
        return thread.lane;
    }

    // ---- threads ---------------------------------------------------------------------------------------------------

    private Thread byContext(StreamReader s, boolean scheduled) {
        Decoding d = s.values;
        long process = !scheduled && d.has(Meaning.PROCESS_ID) ? d.get(Meaning.PROCESS_ID) : -1;
        return thread(s, process, d.get(Meaning.THREAD_ID), Meaning.PROCESS_NAME);
    }

    private Thread named(StreamReader s, Meaning id, Meaning name) {
        return s.values.has(id) ? thread(s, -1, s.values.get(id), name) : null;
    }

    private Thread thread(StreamReader s, long process, long thread, Meaning name) {
        long cpu = thread == 0 && s.values.has(Meaning.CPU_ID) ? s.values.get(Meaning.CPU_ID) : -1;
        ThreadKey key = new ThreadKey(s.trace, process, thread, cpu);
        Thread known = threads.get(key);
        if (known == null) {
            if (threads.size() >= MAX_THREADS) {
                context.note(
                        "too_many_threads",
                        "the trace has more than " + MAX_THREADS + " threads; the rest share one lane",
                        s.place());
                return new Thread(s.trace.prefix + "(other threads)");
            }
            byte[] text = s.values.has(name) ? s.values.texts[name.ordinal()] : new byte[0];
            String base = new String(text, StandardCharsets.UTF_8);
            known = new Thread(numbered(s.trace.prefix + (base.isEmpty() ? "thread" : base)));
            threads.put(key, known);
        }
        return known;
    }

    private String numbered(String base) {
        int n = names.merge(base, 1, Integer::sum);
        return n == 1 ? base : base + "#" + n;
    }

    private void switchIn(StreamReader s, Cpu cpu) {
        cpu.running = named(s, Meaning.NEXT_THREAD, Meaning.NEXT_NAME);
        if (cpu.running != null) {
            Long by = wakeups.remove(new ThreadKey(s.trace, -1, s.values.get(Meaning.NEXT_THREAD), -1));
            if (by != null) {
                cpu.running.wokenBy = by;
            }
        }
    }

    private void wake(StreamReader s) {
        if (s.values.has(Meaning.OTHER_THREAD)) {
            if (wakeups.size() >= MAX_THREADS) {
                wakeups.clear();
            }
            wakeup = ++lastWakeup;
            wakeups.put(new ThreadKey(s.trace, -1, s.values.get(Meaning.OTHER_THREAD), -1), wakeup);
        }
    }

    // ---- processors and streams ------------------------------------------------------------------------------------

    private Cpu cpu(StreamReader s) {
        long number = s.values.has(Meaning.CPU_ID) ? s.values.get(Meaning.CPU_ID) : 0;
        CpuKey key = new CpuKey(s.trace, number);
        Cpu known = cpus.get(key);
        if (known == null) {
            known = new Cpu(s.trace.prefix + "cpu" + Long.toUnsignedString(number));
            if (cpus.size() < MAX_THREADS) {
                cpus.put(key, known);
            }
        }
        return known;
    }

    private String place(StreamReader s) {
        if (s.values.has(Meaning.CPU_ID)) {
            return cpu(s).lane;
        }
        boolean told = s.values.has(Meaning.STREAM_INSTANCE_ID);
        long instance = told ? s.values.get(Meaning.STREAM_INSTANCE_ID) : -1 - s.file;
        StreamKey key = new StreamKey(s.trace, s.stream().id, instance);
        String known = streams.get(key);
        if (known == null) {
            String base = s.trace.prefix + "stream " + Long.toUnsignedString(s.stream().id);
            known = streams.size() < MAX_THREADS ? numbered(base) : base;
            if (streams.size() < MAX_THREADS) {
                streams.put(key, known);
            }
        }
        return known;
    }
}

package io.dettrace.formats.kernel;

import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The threads of a machine as lanes. A thread is told by its number while it lives and named by its command's name when it is
 * first seen, with a count where the name is taken: {@code bash}, {@code bash#2}. So the name is the same in another run,
 * where the number is not. The idle thread, number 0, is one thread a CPU.
 */
public final class Threads {
    /** Threads that a trace may have; those beyond share the lane of their name. */
    public static final int MAX_THREADS = 300_000;

    private final Long2ObjectHashMap<String> alive = new Long2ObjectHashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private String[] idle = new String[8];
    private String[] interrupt = new String[8];
    private String[] cpus = new String[8];

    /** The lane of thread {@code tid}. */
    public String lane(long tid, String comm, int cpu) {
        if (tid == 0) {
            return idle(cpu);
        }
        String known = alive.get(tid);
        return known != null ? known : start(tid, comm);
    }

    /** The lane of a thread that begins now, whatever thread had the number before. */
    public String start(long tid, String comm) {
        String base = comm.isEmpty() || comm.equals("<...>") ? "unknown" : comm;
        if (alive.size() >= MAX_THREADS || taken.size() >= MAX_THREADS) {
            return base;
        }
        int n = taken.merge(base, 1, Integer::sum);
        String lane = n == 1 ? base : base + "#" + n;
        alive.put(tid, lane);
        return lane;
    }

    /** True if the thread has a lane. */
    public boolean isKnown(long tid) {
        return alive.containsKey(tid);
    }

    /** Forgets a thread that has ended; its number may come again for another. */
    public void end(long tid) {
        alive.remove(tid);
    }

    private String idle(int cpu) {
        idle = grown(idle, cpu);
        if (idle[cpu] == null) {
            idle[cpu] = "idle/cpu" + cpu;
        }
        return idle[cpu];
    }

    /** The lane of what interrupts threads on a CPU. */
    public String interrupt(int cpu) {
        interrupt = grown(interrupt, cpu);
        if (interrupt[cpu] == null) {
            interrupt[cpu] = "irq/cpu" + cpu;
        }
        return interrupt[cpu];
    }

    /** The lane of a CPU. */
    public String cpu(int cpu) {
        cpus = grown(cpus, cpu);
        if (cpus[cpu] == null) {
            cpus[cpu] = "cpu" + cpu;
        }
        return cpus[cpu];
    }

    private static String[] grown(String[] names, int cpu) {
        return cpu < names.length ? names : java.util.Arrays.copyOf(names, Math.max(cpu + 1, 2 * names.length));
    }
}

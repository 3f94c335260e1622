package io.dettrace.formats.chrome;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The lanes of a trace. A process and a thread go by the names that metadata gives them, with a count where a name is taken
 * ({@code Renderer}, {@code Renderer#2}), counted by first appearance in time; numbers of processes and threads, which are
 * others in every run, are left out of names. A counter is a lane of its own, and so is each asynchronous operation, since its
 * events come from whatever thread gets to it.
 */
final class Tracks {
    /** Threads, counters and asynchronous operations that a trace may have; further operations of one name share a lane. */
    static final int MAX_TRACKS = 200_000;

    private static final int NUMBER_OF_TASK = 3;

    private final Map<String, String> processNames = new HashMap<>();
    private final Map<String, String> threadNames = new HashMap<>();
    private final Map<String, Process> processes = new HashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private final Map<String, Operation> operations = new HashMap<>();
    private int tracks;

    /** A process and what is known of its threads. */
    static final class Process {
        final String lane;
        private final Map<String, Track> threads = new HashMap<>();
        private final Map<String, Integer> taken = new HashMap<>();
        private final Map<String, String> counters = new HashMap<>();

        Process(String lane) {
            this.lane = lane;
        }
    }

    /** A thread, and the names of the slices that are open in it, innermost last. */
    static final class Track {
        final Process process;
        final String lane;
        final Deque<String> open = new ArrayDeque<>();

        Track(Process process, String lane) {
            this.process = process;
            this.lane = lane;
        }
    }

    /** An asynchronous operation that has begun. */
    static final class Operation {
        final String process;
        final String lane;
        int depth;

        Operation(String process, String lane) {
            this.process = process;
            this.lane = lane;
        }
    }

    /** Takes the name of a process or thread from metadata; the last one counts. */
    void name(String kind, String pid, String tid, String name) {
        if (name == null || name.isEmpty() || processNames.size() + threadNames.size() >= MAX_TRACKS) {
            return;
        }
        if (kind.equals("process_name")) {
            processNames.put(pid, stable(name, pid));
        } else if (kind.equals("thread_name")) {
            threadNames.put(pid + "\n" + tid, stable(stable(name, tid), pid));
        }
    }

    /** Names a thread that has no name by its only event, as Clang gives each of its totals a thread of its own. */
    void total(String pid, String tid, String name) {
        if (processNames.size() + threadNames.size() < MAX_TRACKS) {
            threadNames.putIfAbsent(pid + "\n" + tid, name);
        }
    }

    /** True if what stands in place of a number is a word ({@code "Spans"}, {@code "main"}), not a number in any base. */
    private static boolean isName(String task) {
        return task.chars().anyMatch(c -> Character.isLetter(c) && Character.digit(c, 16) < 0 && c != 'x' && c != 'X');
    }

    /** The name without the number of the process or thread, if that stands in it as a word. */
    static String stable(String name, String number) {
        int n = number.length();
        if (n < NUMBER_OF_TASK || !Character.isDigit(number.charAt(0))) {
            return name;
        }
        int at = name.indexOf(number);
        while (at >= 0) {
            boolean starts = at == 0 || !Character.isLetterOrDigit(name.charAt(at - 1));
            boolean ends = at + n == name.length() || !Character.isLetterOrDigit(name.charAt(at + n));
            if (starts && ends) {
                return name.length() == n ? "" : name.substring(0, at) + "*" + name.substring(at + n);
            }
            at = name.indexOf(number, at + 1);
        }
        return name;
    }

    Process process(String pid) {
        Process known = processes.get(pid);
        if (known == null) {
            String name = processNames.getOrDefault(pid, isName(pid) ? pid : "");
            known = new Process(numbered(taken, name.isEmpty() ? "process" : name));
            if (room()) {
                processes.put(pid, known);
            }
        }
        return known;
    }

    Track thread(String pid, String tid) {
        Process process = process(pid);
        Track known = process.threads.get(tid);
        if (known == null) {
            String name = threadNames.getOrDefault(pid + "\n" + tid, isName(tid) ? tid : "");
            String base = name.isEmpty() ? "thread" : name;
            boolean room = room();
            known = new Track(process, room ? numbered(process.taken, base) : base);
            if (room) {
                process.threads.put(tid, known);
            }
        }
        return known;
    }

    /** The lane of a counter; those of one name with different identities are counted by first appearance. */
    String counter(Process process, String name, String id) {
        String key = name + "\n" + id;
        String known = process.counters.get(key);
        if (known == null) {
            boolean room = room();
            known = room ? numbered(process.taken, "counter " + name) : "counter " + name;
            if (room) {
                process.counters.put(key, known);
            }
        }
        return known;
    }

    /** The asynchronous operation with this key, which begins now if it is not known. */
    Operation operation(String key, Process process, String name) {
        Operation known = operations.get(key);
        if (known == null) {
            String base = "async " + name;
            boolean room = room();
            known = new Operation(process.lane, room ? numbered(process.taken, base) : base + " (more)");
            if (room) {
                operations.put(key, known);
            }
        }
        return known;
    }

    /** The operation has ended; its identity may come again for another. */
    void end(String key) {
        operations.remove(key);
    }

    private boolean room() {
        return ++tracks <= MAX_TRACKS;
    }

    private static String numbered(Map<String, Integer> taken, String base) {
        int n = taken.merge(base, 1, Integer::sum);
        return n == 1 ? base : base + "#" + n;
    }

    boolean isFull() {
        return tracks > MAX_TRACKS;
    }
}

package io.dettrace.benchmarks.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Small programs of two threads that both DetTrace and Lincheck can run: without static state, which Lincheck would have
 * to put back between two runs. The first five have a fault; the others are correct and repeat something {@code rounds}
 * times.
 */
public final class SmallPrograms {
    private SmallPrograms() {}

    /** Runs the program named first, with the number of rounds given second. */
    public static void main(String[] args) throws InterruptedException {
        run(args[0], args.length > 1 ? Integer.parseInt(args[1]) : 0);
    }

    /** Runs a program; throws where its fault shows. */
    static void run(String name, int rounds) throws InterruptedException {
        switch (name) {
            case "increment" -> new Increment().run();
            case "dequeue" -> new Dequeue().run();
            case "atomics" -> new Range().run();
            case "deadlock" -> new Accounts().run();
            case "map" -> new Stock().run();
            case "fields-kernel" -> FieldsKernel.run(rounds);
            case "locks-kernel" -> new LocksKernel().run(rounds);
            case "atomics-kernel" -> new AtomicsKernel().run(rounds);
            default -> throw new IllegalArgumentException("no program is called " + name);
        }
    }

    private static void both(Runnable first, Runnable second) throws InterruptedException {
        Thread one = new Thread(first, "first");
        Thread two = new Thread(second, "second");
        one.start();
        two.start();
        one.join();
        two.join();
    }

    private static void expect(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }

    /** Counts with a plain {@code x++}. */
    private static final class Increment {
        private int hits;

        void run() throws InterruptedException {
            both(this::count, this::count);
            expect(hits == 6, "an update was lost");
        }

        private void count() {
            for (int i = 0; i < 3; i++) {
                hits++;
            }
        }
    }

    /** Takes tasks by an index that nobody guards. */
    private static final class Dequeue {
        private final int[] tasks = {1, 2, 3, 4, 5};
        private final List<Integer> taken = new ArrayList<>();
        private int head;

        void run() throws InterruptedException {
            both(this::work, this::work);
            expect(taken.size() == tasks.length, "a task was done twice");
        }

        private void work() {
            for (int task = take(); task != 0; task = take()) {
                synchronized (taken) {
                    taken.add(task);
                }
            }
        }

        private int take() {
            int at = head;
            if (at >= tasks.length) {
                return 0;
            }
            int task = tasks[at];
            head = at + 1;
            return task;
        }
    }

    /** A range of two atomic bounds, each checked before the other is set (Goetz et al. 2006, 4.3.3). */
    private static final class Range {
        private final AtomicInteger lower = new AtomicInteger(0);
        private final AtomicInteger upper = new AtomicInteger(10);

        void run() throws InterruptedException {
            both(this::raise, this::cut);
            expect(lower.get() <= upper.get(), "the range is empty");
        }

        private void raise() {
            if (5 <= upper.get()) {
                lower.set(5);
            }
        }

        private void cut() {
            if (4 >= lower.get()) {
                upper.set(4);
            }
        }
    }

    /** Two accounts locked in opposite order (Goetz et al. 2006, 10.1). */
    private static final class Accounts {
        private final int[] there = {100};
        private final int[] back = {100};

        void run() throws InterruptedException {
            both(() -> pay(there, back, 30), () -> pay(back, there, 10));
        }

        private static void pay(int[] from, int[] to, int amount) {
            synchronized (from) {
                synchronized (to) {
                    from[0] -= amount;
                    to[0] += amount;
                }
            }
        }
    }

    /** Two steps on a concurrent map where one was needed. */
    private static final class Stock {
        private final ConcurrentHashMap<String, Integer> counts = new ConcurrentHashMap<>();

        void run() throws InterruptedException {
            both(this::add, this::add);
            expect(counts.get("apple") == 2, "an addition was lost");
        }

        private void add() {
            Integer count = counts.get("apple");
            counts.put("apple", count == null ? 1 : count + 1);
        }
    }

    /** Reads and writes of fields that are not shared. */
    private static final class FieldsKernel {
        private int a = 1;
        private int b = 1;
        private long sum;

        static void run(int rounds) throws InterruptedException {
            FieldsKernel one = new FieldsKernel();
            FieldsKernel two = new FieldsKernel();
            both(() -> one.work(rounds), () -> two.work(rounds));
            expect(one.sum == two.sum, "different sums");
        }

        private void work(int rounds) {
            for (int i = 0; i < rounds; i++) {
                int next = a * 31 + b;
                a = b;
                b = next ^ i;
                sum += next & 7;
            }
        }
    }

    /** A monitor and a lock, shared. */
    private static final class LocksKernel {
        private final ReentrantLock lock = new ReentrantLock();
        private int monitored;
        private int locked;

        void run(int rounds) throws InterruptedException {
            both(() -> work(rounds), () -> work(rounds));
            expect(monitored == 2 * rounds && locked == 2 * rounds, "an update was lost");
        }

        private void work(int rounds) {
            for (int i = 0; i < rounds; i++) {
                synchronized (this) {
                    monitored++;
                }
                lock.lock();
                try {
                    locked++;
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /** An atomic counter, shared. */
    private static final class AtomicsKernel {
        private final AtomicInteger count = new AtomicInteger();

        void run(int rounds) throws InterruptedException {
            both(() -> work(rounds), () -> work(rounds));
            expect(count.get() == 2 * rounds, "an update was lost");
        }

        private void work(int rounds) {
            for (int i = 0; i < rounds; i++) {
                count.incrementAndGet();
            }
        }
    }
}

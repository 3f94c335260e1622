package io.dettrace.replay.runtime;

import java.util.Arrays;

/** Decides who runs next where more than one thread can. */
abstract class Policy {
    /**
     * Picks a thread.
     *
     * @param current the thread that is about to do an event, or has just stopped
     * @param base what the base policy picks; always able to run
     * @param stay true if {@code current} can go on
     * @param enabled the threads that can run, {@code current} among them if it can go on
     */
    abstract ControlledThread pick(
            ControlledThread current, ControlledThread base, boolean stay, EnabledThreads enabled);

    /** Picks which of {@code count} waiting threads a notification wakes; 0 is the one that waits longest. */
    int choose(int count) {
        return 0;
    }

    /** True if a sleep that begins may end before what others do meanwhile; false if it outlasts it. */
    boolean mayOversleep() {
        return false;
    }

    /** Told of each event, once it is decided. */
    void done(ControlledThread thread, long resource, boolean write, EnabledThreads enabled) {}

    /**
     * Makes the policy that {@code text} names: {@code base}, {@code random:P}, {@code pct:D}, {@code pos}, {@code rr:K}.
     *
     * @param length the number of decisions to expect, for {@code pct}
     * @throws IllegalArgumentException if there is no such policy
     */
    static Policy of(String text, long seed, long length) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String argument = colon < 0 ? "" : text.substring(colon + 1);
        switch (name) {
            case "base":
                return null;
            case "random":
                return new Random(seed, argument.isEmpty() ? 0.3 : Double.parseDouble(argument));
            case "pct":
                return new Priorities(seed, argument.isEmpty() ? 3 : Integer.parseInt(argument), length);
            case "pos":
                return new PartialOrder(seed);
            case "rr":
                return new RoundRobin(argument.isEmpty() ? 1 : Integer.parseInt(argument));
            default:
                throw new IllegalArgumentException(
                        "no such policy: " + text + " (there are base, random:P, pct:D, pos, rr:K)");
        }
    }

    /** At each decision, with probability p, any thread that can run. */
    private static final class Random extends Policy {
        private final SplitMix random;
        private final double probability;

        Random(long seed, double probability) {
            random = new SplitMix(seed);
            this.probability = probability;
        }

        @Override
        ControlledThread pick(ControlledThread current, ControlledThread base, boolean stay, EnabledThreads enabled) {
            if (stay && base == current && random.fraction() >= probability) {
                return current;
            }
            return enabled.get(random.below(enabled.size()));
        }

        @Override
        int choose(int count) {
            return random.below(count);
        }

        @Override
        boolean mayOversleep() {
            return random.below(2) == 0;
        }
    }

    /**
     * Probabilistic concurrency testing: the thread of highest random priority runs, and at d - 1 random places the
     * running thread falls below all others (Burckhardt et al., ASPLOS 2010, section 3).
     */
    private static final class Priorities extends Policy {
        private final SplitMix random;
        private final long[] changes;
        private int nextChange;
        private long step;
        private long lowest = -1;

        // The winner of the last full look, and when that was.
        private ControlledThread leader;
        private int seen;

        Priorities(long seed, int depth, long length) {
            random = new SplitMix(seed);
            changes = new long[Math.max(0, depth - 1)];
            for (int i = 0; i < changes.length; i++) {
                changes[i] = 1 + (random.next() >>> 1) % Math.max(1, length);
            }
            Arrays.sort(changes);
        }

        @Override
        ControlledThread pick(ControlledThread current, ControlledThread base, boolean stay, EnabledThreads enabled) {
            step++;
            while (nextChange < changes.length && changes[nextChange] <= step) {
                nextChange++;
                current.priority = lowest--;
                leader = null;
            }
            // The base policy wants to leave a thread that could go on: it yields, or went on for too long.
            if (stay && base != current) {
                current.priority = lowest--;
                leader = null;
            }
            if (stay && leader == current && seen == enabled.additions()) {
                return current;
            }
            ControlledThread best = null;
            for (int i = enabled.first(); i >= 0; i = enabled.after(i)) {
                ControlledThread thread = enabled.thread(i);
                if (thread.priority == 0) {
                    thread.priority = (random.next() >>> 2) + 1;
                }
                if (best == null || thread.priority > best.priority) {
                    best = thread;
                }
            }
            leader = best;
            seen = enabled.additions();
            return best;
        }

        @Override
        int choose(int count) {
            return random.below(count);
        }

        @Override
        boolean mayOversleep() {
            return random.below(2) == 0;
        }
    }

    /**
     * Partial order sampling: each pending event has a random priority, drawn anew when an event that it races with
     * happens first (Yuan, Yang and Gu, CAV 2018, algorithm 2).
     */
    private static final class PartialOrder extends Policy {
        private final SplitMix random;

        PartialOrder(long seed) {
            random = new SplitMix(seed);
        }

        @Override
        ControlledThread pick(ControlledThread current, ControlledThread base, boolean stay, EnabledThreads enabled) {
            if (stay && base != current) {
                current.priority = 1;
            }
            ControlledThread best = null;
            for (int i = enabled.first(); i >= 0; i = enabled.after(i)) {
                ControlledThread thread = enabled.thread(i);
                if (thread.priority == 0) {
                    thread.priority = (random.next() >>> 2) + 2;
                }
                if (best == null || thread.priority > best.priority) {
                    best = thread;
                }
            }
            return best;
        }

        @Override
        void done(ControlledThread thread, long resource, boolean write, EnabledThreads enabled) {
            thread.priority = 0;
            if (resource == 0) {
                return;
            }
            for (int i = enabled.first(); i >= 0; i = enabled.after(i)) {
                ControlledThread other = enabled.thread(i);
                if (other.pendingResource == resource && (write || other.pendingWrite)) {
                    other.priority = 0;
                }
            }
        }

        @Override
        int choose(int count) {
            return random.below(count);
        }

        @Override
        boolean mayOversleep() {
            return random.below(2) == 0;
        }
    }

    /** Each thread has a turn of k events. */
    private static final class RoundRobin extends Policy {
        private final int turn;
        private int events;

        RoundRobin(int turn) {
            this.turn = Math.max(1, turn);
        }

        @Override
        ControlledThread pick(ControlledThread current, ControlledThread base, boolean stay, EnabledThreads enabled) {
            if (stay && base == current && ++events < turn) {
                return current;
            }
            events = 0;
            return enabled.afterCyclic(current);
        }
    }
}

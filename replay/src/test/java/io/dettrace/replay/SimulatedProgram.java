package io.dettrace.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * A small concurrent program without an engine: threads are lists of steps on shared variables and locks, with one register
 * each. Thread 0 begins; the others are started by it.
 */
final class SimulatedProgram {
    /** What a step does. */
    enum Op {
        READ,
        WRITE,
        LOCK,
        UNLOCK,
        START,
        JOIN,
        WAIT,
        NOTIFY,
        CHECK
    }

    /**
     * A step of a thread.
     *
     * @param name the variable or lock; for START and JOIN the number of the thread from 1
     * @param value for WRITE what is written, from the register
     * @param right for CHECK what the register must fulfil; for WAIT what makes it wait, from the register
     */
    record Step(Op op, String name, IntUnaryOperator value, IntPredicate right) {}

    /** The steps of a thread, written one after the other. */
    static final class Body {
        final String name;
        final List<Step> steps = new ArrayList<>();

        Body(String name) {
            this.name = name;
        }

        Body read(String variable) {
            return add(Op.READ, variable, r -> r, r -> true);
        }

        Body write(String variable, IntUnaryOperator value) {
            return add(Op.WRITE, variable, value, r -> true);
        }

        Body increment(String variable) {
            return read(variable).write(variable, r -> r + 1);
        }

        Body lock(String lock) {
            return add(Op.LOCK, lock, r -> r, r -> true);
        }

        Body unlock(String lock) {
            return add(Op.UNLOCK, lock, r -> r, r -> true);
        }

        Body start(int thread) {
            return add(Op.START, Integer.toString(thread), r -> r, r -> true);
        }

        Body join(int thread) {
            return add(Op.JOIN, Integer.toString(thread), r -> r, r -> true);
        }

        /** Waits for a notification if the register says so; the lock must be held. */
        Body waitIf(String lock, IntPredicate condition) {
            return add(Op.WAIT, lock, r -> r, condition);
        }

        Body notifyOne(String lock) {
            return add(Op.NOTIFY, lock, r -> r, r -> true);
        }

        Body check(IntPredicate right) {
            return add(Op.CHECK, "", r -> r, right);
        }

        private Body add(Op op, String name, IntUnaryOperator value, IntPredicate right) {
            steps.add(new Step(op, name, value, right));
            return this;
        }
    }

    final List<Body> bodies;

    SimulatedProgram(List<Body> bodies) {
        this.bodies = List.copyOf(bodies);
    }

    /** A main thread that starts the bodies, joins them, and checks a variable. */
    static SimulatedProgram of(List<Body> workers, String variable, IntPredicate right) {
        Body main = new Body("Main");
        for (int i = 1; i <= workers.size(); i++) {
            main.start(i);
        }
        for (int i = 1; i <= workers.size(); i++) {
            main.join(i);
        }
        main.read(variable).check(right);
        List<Body> all = new ArrayList<>();
        all.add(main);
        all.addAll(workers);
        return new SimulatedProgram(all);
    }
}

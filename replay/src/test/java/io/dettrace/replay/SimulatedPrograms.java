package io.dettrace.replay;

import io.dettrace.replay.SimulatedProgram.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Small programs with a fault that is known. */
final class SimulatedPrograms {
    /** The name of the variable that carries the planted fault. */
    static final String PLANTED = "counter";

    private SimulatedPrograms() {}

    /** Two threads count one up without a lock. */
    static SimulatedProgram lostUpdate() {
        return SimulatedProgram.of(
                List.of(new Body("Left").increment(PLANTED), new Body("Right").increment(PLANTED)),
                PLANTED,
                r -> r == 2);
    }

    /** Two threads count up a few variables, each by its lock; one variable has none, and the check is on that one. */
    static SimulatedProgram random(long seed) {
        Random random = new Random(seed);
        int workers = 2 + random.nextInt(2);
        List<Body> bodies = new ArrayList<>();
        for (int w = 0; w < workers; w++) {
            Body body = new Body("Worker" + w);
            int before = random.nextInt(6);
            int after = random.nextInt(6);
            for (int i = 0; i < before; i++) {
                noise(body, random, w);
            }
            body.read(PLANTED);
            for (int i = random.nextInt(3); i > 0; i--) {
                body.lock("other").unlock("other");
            }
            body.write(PLANTED, r -> r + 1);
            for (int i = 0; i < after; i++) {
                noise(body, random, w);
            }
            bodies.add(body);
        }
        return SimulatedProgram.of(bodies, PLANTED, r -> r == workers);
    }

    private static void noise(Body body, Random random, int worker) {
        switch (random.nextInt(4)) {
            case 0 -> body.lock("shared").increment("guarded").unlock("shared");
            case 1 -> body.read("unchecked");
            case 2 -> body.write("unchecked", r -> worker);
            default -> body.increment("own" + worker);
        }
    }

    /** Two threads take two locks in opposite orders. */
    static SimulatedProgram lockOrder() {
        return SimulatedProgram.of(
                List.of(
                        new Body("Left")
                                .read("x")
                                .lock("a")
                                .read("x")
                                .lock("b")
                                .increment("x")
                                .unlock("b")
                                .unlock("a"),
                        new Body("Right")
                                .read("x")
                                .lock("b")
                                .read("x")
                                .lock("a")
                                .increment("x")
                                .unlock("a")
                                .unlock("b")),
                "x",
                r -> r == 2);
    }

    /** A thread looks whether it must wait before it takes the lock, so that the signal may come in between. */
    static SimulatedProgram missedSignal() {
        return SimulatedProgram.of(
                List.of(
                        new Body("Waiter")
                                .read("ready")
                                .lock("m")
                                .waitIf("m", r -> r == 0)
                                .unlock("m"),
                        new Body("Signaller")
                                .lock("m")
                                .write("ready", r -> 1)
                                .notifyOne("m")
                                .unlock("m")),
                "ready",
                r -> r == 1);
    }

    /** Fails under the base policy: the first thread reads what only the second one writes. */
    static SimulatedProgram wrongByDefault() {
        return new SimulatedProgram(List.of(
                new Body("Main").start(1).start(2).join(1).join(2),
                new Body("Reader").read("set").check(r -> r == 1),
                new Body("Writer").read("noise").write("set", r -> 1)));
    }

    /** Fails whatever the schedule. */
    static SimulatedProgram alwaysWrong() {
        return SimulatedProgram.of(
                List.of(new Body("Left").increment("x"), new Body("Right").read("x")), "x", r -> r == 9);
    }
}

package io.dettrace.incident.simulation;

import io.dettrace.incident.simulation.ServiceGraph.Call;
import io.dettrace.incident.simulation.ServiceGraph.Calls;
import io.dettrace.incident.simulation.ServiceGraph.Operation;
import io.dettrace.incident.simulation.ServiceGraph.Step;
import io.dettrace.incident.simulation.ServiceGraph.Work;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request at an instance: it waits for a worker, goes through the steps of its operation, and answers. */
final class Execution {
    /** What a request ends with that finds the queue full. */
    static final String REJECTED = "RejectedExecutionException";

    private static final int LONGEST_QUEUE = 200;

    /** Purposes of the draws of an execution. */
    private static final int WORK = 100;

    private static final int BACKGROUND = 2;
    private static final int PAUSE = 200;
    private static final int CALL = 300;

    final Simulation simulation;
    final InstanceState at;
    final Operation operation;
    final long key;
    final long trace;
    final boolean recorded;
    final long span;
    final long parentSpan;
    final @Nullable Attempt attempt;
    final List<Notice> notices = new ArrayList<>(0);
    long arrival;
    long begin;
    long structure;

    @Nullable
    String error;

    boolean upstream;
    private int step;
    private int pending;

    /** Something to be told in the span or in the log: an exception, a retry, a call that failed and was done without. */
    record Notice(long time, String severity, String type, String text) {}

    Execution(
            Simulation simulation,
            InstanceState at,
            Operation operation,
            Request request,
            long key,
            @Nullable Attempt attempt) {
        this.simulation = simulation;
        this.at = at;
        this.operation = operation;
        this.key = key;
        this.trace = request.trace();
        this.recorded = request.recorded();
        this.parentSpan = request.parentSpan();
        this.attempt = attempt;
        span = Telemetry.identifier(key, 13);
    }

    /** What an execution takes over from the one that called it. */
    record Request(long trace, boolean recorded, long parentSpan) {}

    /** Takes a worker, or waits for one. */
    void arrive() {
        arrival = simulation.now();
        at.advance(arrival);
        at.arrived++;
        if (at.busy < simulation.effects().workers(at.instance, at.index, arrival)) {
            start();
        } else if (at.queue.size() >= LONGEST_QUEUE) {
            reject();
        } else {
            at.queue.add(this);
        }
    }

    private void reject() {
        begin = arrival;
        fail(REJECTED, "the queue is full", false);
        simulation.telemetry().server(this, arrival);
        if (attempt != null) {
            attempt.answer(error);
        }
    }

    private void start() {
        at.busy++;
        begin = simulation.now();
        at.waited += begin - arrival;
        next();
    }

    private void next() {
        while (error == null && step < operation.steps().size()) {
            Step now = operation.steps().get(step++);
            if (now instanceof Work work) {
                work(work);
                return;
            }
            if (call((Calls) now)) {
                return;
            }
        }
        finish();
    }

    private void work(Work work) {
        long now = simulation.now();
        double duration = Draws.lognormal(key, WORK + step, work.median(), work.sigma());
        if (Draws.uniform(key, PAUSE + step) < 0.003) {
            duration += 20e6 * Draws.exponential(key, PAUSE + 50 + step);
        }
        duration = simulation.effects().work(at.instance, at.index, operation.number(), key, now, duration);
        at.advance(now);
        at.active++;
        double cores = simulation.effects().cores(at.instance, at.index, now);
        simulation.after((long) (duration * Math.max(1, at.active / cores)), this::worked);
    }

    private void worked() {
        at.advance(simulation.now());
        at.active--;
        if (step == 1) {
            Effect.Poison poison =
                    simulation.effects().poison(at.service.number(), operation.number(), trace, simulation.now());
            if (poison != null) {
                simulation.after(poison.hang(), () -> {
                    fail(poison.exception(), "cannot handle the request", false);
                    finish();
                });
                return;
            }
            String exception =
                    simulation.effects().failure(at.instance, at.index, operation.number(), key, simulation.now());
            if (exception == null && Draws.uniform(key, BACKGROUND) < operation.errorRate()) {
                exception = operation.exception();
            }
            if (exception != null) {
                fail(exception, "failed in " + operation.name(), false);
            }
        }
        next();
    }

    private boolean call(Calls calls) {
        pending = 1;
        for (Call call : calls.calls()) {
            long callKey = Draws.mix(key, CALL + call.number());
            boolean cached = Draws.uniform(callKey, 1) < call.hitRatio()
                    && !simulation.effects().cacheOff(call.edge(), simulation.now());
            if (Draws.uniform(callKey, 0) < call.probability() && !cached) {
                pending++;
                Attempt.start(this, call, callKey, 0);
            }
        }
        return --pending > 0;
    }

    /** A call is over. */
    void called(Call call, boolean ok, String type) {
        if (!ok && call.optional()) {
            notices.add(new Notice(
                    simulation.now(),
                    "WARN",
                    type,
                    "going on without " + simulation.callee(call.edge()).name()));
        } else if (!ok) {
            fail(type, "call of " + simulation.callee(call.edge()).name() + " failed", true);
        }
        if (--pending == 0) {
            next();
        }
    }

    /** Adds what became of a call's attempt to the structure; the order of parallel ones doesn't matter. */
    void shape(Call call, int attemptNumber, String outcome) {
        structure += Draws.mix(Draws.mix(call.number(), attemptNumber), outcome.hashCode());
    }

    private void fail(String type, String text, boolean byCall) {
        if (error == null) {
            error = type;
            upstream = byCall;
            notices.add(new Notice(simulation.now(), "ERROR", type, text));
        }
    }

    private void finish() {
        long now = simulation.now();
        at.advance(now);
        at.busy--;
        simulation.telemetry().server(this, now);
        while (!at.queue.isEmpty() && at.busy < simulation.effects().workers(at.instance, at.index, now)) {
            Execution waiting = at.queue.poll();
            if (waiting.givenUp()) {
                at.waited += now - waiting.arrival;
            } else {
                waiting.start();
            }
        }
        if (attempt != null) {
            attempt.answer(error);
        }
    }

    /** True if the caller no longer waits and this service leaves out such requests. */
    private boolean givenUp() {
        return attempt != null && attempt.over() && at.service.style().dropsCancelled();
    }
}

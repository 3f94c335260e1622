package io.dettrace.incident.simulation;

import io.dettrace.incident.simulation.InstanceState.Pool;
import io.dettrace.incident.simulation.ServiceGraph.Call;
import io.dettrace.incident.simulation.ServiceGraph.Edge;
import io.dettrace.incident.simulation.ServiceGraph.Protocol;
import io.dettrace.incident.simulation.ServiceGraph.Service;
import org.jspecify.annotations.Nullable;

/** One try of a call: it waits for a connection, crosses the network, and ends with an answer, an error or its timeout. */
final class Attempt {
    /** What a call that took too long ends with. */
    static final String TIMEOUT = "timeout";

    /** What a call ends with that a circuit breaker doesn't let through. */
    static final String OPEN = "CircuitBreakerOpenException";

    /** What a call ends with that cannot be connected. */
    static final String REFUSED = "ConnectException";

    final Execution caller;
    final Call call;
    final Edge edge;
    final Service callee;
    final int number;
    final long key;
    final long callKey;
    final long span;
    final long begin;
    /** When it got a connection; meaningless before {@link #sent}. */
    long connected;

    boolean sent;

    @Nullable
    InstanceState target;

    private boolean over;

    private Attempt(Execution caller, Call call, long callKey, int number) {
        this.caller = caller;
        this.call = call;
        this.callKey = callKey;
        this.number = number;
        key = Draws.mix(callKey, 10 + number);
        span = Telemetry.identifier(key, 11);
        begin = caller.simulation.now();
        edge = caller.simulation.effects().rules(call.edge(), begin);
        callee = caller.simulation.callee(edge);
    }

    /** Begins the try of this number, from 0. */
    static void start(Execution caller, Call call, long callKey, int number) {
        Attempt attempt = new Attempt(caller, call, callKey, number);
        if (attempt.edge.message()) {
            attempt.publish();
            return;
        }
        if (attempt.edge.breaker() && !caller.at.breaker(attempt.edge.number()).allows(attempt.begin)) {
            caller.shape(call, number, OPEN);
            caller.simulation.after(0, () -> caller.called(call, false, OPEN));
            return;
        }
        caller.simulation.after(attempt.edge.timeout(), attempt::expire);
        Pool pool = caller.at.pool(attempt.edge.number());
        if (pool.used < attempt.edge.pool()) {
            attempt.send(pool);
        } else {
            pool.waiting.add(attempt);
        }
    }

    /** True if it has ended for the caller. */
    boolean over() {
        return over;
    }

    private Simulation simulation() {
        return caller.simulation;
    }

    private void send(Pool pool) {
        pool.used++;
        sent = true;
        connected = simulation().now();
        InstanceState to = simulation().route(callee, caller.at.instance.id(), key);
        target = to;
        long way = way(21);
        Effect.Dead dead = simulation().effects().dead(callee.number(), to.index, key, connected);
        if (dead == null) {
            simulation().after(way, () -> {
                if (!over || !callee.style().dropsCancelled()) {
                    execution(to).arrive();
                }
            });
        } else if (!dead.hangs()) {
            simulation().after(2 * way, () -> end(REFUSED));
        }
    }

    private Execution execution(InstanceState to) {
        Execution.Request request = new Execution.Request(caller.trace, caller.recorded, span);
        return new Execution(
                simulation(),
                to,
                callee.operations().get(call.operation()),
                request,
                Draws.mix(key, 7),
                edge.message() ? null : this);
    }

    /** The callee has answered, with an error or null. */
    void answer(@Nullable String error) {
        if (!over) {
            simulation().after(way(22), () -> end(error == null ? "" : answered(error)));
        }
    }

    private String answered(String error) {
        if (callee.protocol() == Protocol.DATABASE) {
            return error;
        }
        return error.equals(Execution.REJECTED) ? "503" : "500";
    }

    private void expire() {
        end(TIMEOUT);
    }

    private void end(String error) {
        if (over) {
            return;
        }
        over = true;
        Simulation simulation = simulation();
        long now = simulation.now();
        simulation.telemetry().client(this, now, error);
        caller.shape(call, number, error);
        if (edge.breaker()) {
            caller.at.breaker(edge.number()).took(error.isEmpty(), now);
        }
        release();
        if (error.isEmpty()) {
            caller.called(call, true, "");
        } else if (number < edge.retries()) {
            double wait = edge.backoff() * StrictMath.pow(2, number);
            double jitter = edge.jitter() ? 0.5 + Draws.uniform(key, 23) : 1;
            simulation.after((long) (wait * jitter), () -> start(caller, call, callKey, number + 1));
        } else {
            caller.called(call, false, error);
        }
    }

    private void release() {
        Pool pool = caller.at.pool(edge.number());
        if (!sent) {
            pool.waiting.remove(this);
            return;
        }
        if (simulation().effects().leaks(edge, key, simulation().now())) {
            return;
        }
        pool.used--;
        while (!pool.waiting.isEmpty() && pool.used < edge.pool()) {
            pool.waiting.poll().send(pool);
        }
    }

    private void publish() {
        simulation().after((long) (0.5 * edge.latency()), () -> {
            over = true;
            simulation().telemetry().producer(this, simulation().now());
            caller.shape(call, number, "");
            InstanceState to = simulation().route(callee, -1, key);
            simulation().after(way(24) + 1_000_000, () -> execution(to).arrive());
            caller.called(call, true, "");
        });
    }

    private long way(int purpose) {
        double delay = Draws.lognormal(key, purpose, edge.latency(), 0.3);
        return (long) (delay
                + simulation()
                        .effects()
                        .delay(edge, Draws.mix(key, purpose), simulation().now()));
    }
}

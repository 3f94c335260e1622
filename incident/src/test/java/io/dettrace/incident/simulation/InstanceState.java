package io.dettrace.incident.simulation;

import io.dettrace.incident.simulation.ServiceGraph.Instance;
import io.dettrace.incident.simulation.ServiceGraph.Service;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/** What an instance is busy with. */
final class InstanceState {
    /** Connections of one edge: those in use and the attempts that wait for one. */
    static final class Pool {
        final Deque<Attempt> waiting = new ArrayDeque<>();
        int used;
    }

    /** A circuit breaker: what became of the last 20 calls, and until when it is open. */
    static final class Breaker {
        private static final int CALLS = 20;
        private static final long OPEN = 5_000_000_000L;

        private long outcomes;
        private int count;
        private long openUntil = Long.MIN_VALUE;
        private boolean probing;

        /** True if a call may be made now; after the breaker was open for five seconds, one at a time may. */
        boolean allows(long now) {
            if (openUntil == Long.MIN_VALUE) {
                return true;
            }
            if (now < openUntil || probing) {
                return false;
            }
            probing = true;
            return true;
        }

        void took(boolean ok, long now) {
            if (openUntil != Long.MIN_VALUE) {
                if (probing) {
                    probing = false;
                    openUntil = ok ? Long.MIN_VALUE : now + OPEN;
                    count = 0;
                    outcomes = 0;
                }
                return;
            }
            outcomes = (outcomes << 1 | (ok ? 0 : 1)) & (1L << CALLS) - 1;
            count = Math.min(CALLS, count + 1);
            if (count == CALLS && Long.bitCount(outcomes) * 2 >= CALLS) {
                openUntil = now + OPEN;
            }
        }
    }

    final Service service;
    final Instance instance;
    final int index;
    final Deque<Execution> queue = new ArrayDeque<>();
    final Map<Integer, Pool> pools = new TreeMap<>();
    final Map<Integer, Breaker> breakers = new TreeMap<>();
    int busy;
    int active;
    /** Requests that came, their waits in nanoseconds summed, and the integral of the queue's length over time. */
    long arrived;

    double waited;
    double queueIntegral;
    double workIntegral;
    private long seen;

    InstanceState(Service service, Instance instance, int index) {
        this.service = service;
        this.instance = instance;
        this.index = index;
    }

    /** Brings the integrals up to {@code now}; call before queue or work change. */
    void advance(long now) {
        queueIntegral += (double) queue.size() * (now - seen);
        workIntegral += (double) active * (now - seen);
        seen = now;
    }

    Pool pool(int edge) {
        return pools.computeIfAbsent(edge, e -> new Pool());
    }

    Breaker breaker(int edge) {
        return breakers.computeIfAbsent(edge, e -> new Breaker());
    }
}

package io.dettrace.incident.simulation;

import io.dettrace.incident.simulation.ServiceGraph.Edge;
import io.dettrace.incident.simulation.ServiceGraph.Instance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the effects of a fault say at a time; without effects everything is as the graph has it. */
final class EffectTable {
    /** Purposes of draws from here on are those of the effects, by their index. */
    private static final int DRAWS = 1_000;

    private final List<Effect> effects;

    EffectTable(List<Effect> effects) {
        this.effects = effects;
    }

    /** How long own work takes that takes {@code duration} without effects. */
    double work(Instance at, int index, int operation, long key, long now, double duration) {
        double result = duration;
        for (int i = 0; i < effects.size(); i++) {
            if (effects.get(i) instanceof Effect.Slow e
                    && e.at(now)
                    && here(e.service(), e.instance(), at, index)
                    && (e.operation() < 0 || e.operation() == operation)
                    && drawn(key, i, e.share())) {
                result = result * e.factor() + e.extra();
            }
        }
        return result;
    }

    /** The exception that an operation ends with, or null. */
    @Nullable
    String failure(Instance at, int index, int operation, long key, long now) {
        for (int i = 0; i < effects.size(); i++) {
            if (effects.get(i) instanceof Effect.Fail e
                    && e.at(now)
                    && here(e.service(), e.instance(), at, index)
                    && (e.operation() < 0 || e.operation() == operation)
                    && drawn(key, i, e.share())) {
                return e.exception();
            }
        }
        return null;
    }

    /** The poison in a request for an operation, or null. */
    Effect.@Nullable Poison poison(int service, int operation, long trace, long now) {
        for (int i = 0; i < effects.size(); i++) {
            if (effects.get(i) instanceof Effect.Poison e
                    && e.at(now)
                    && e.service() == service
                    && e.operation() == operation
                    && drawn(trace, i, e.share())) {
                return e;
            }
        }
        return null;
    }

    /** What the network adds to a delay on an edge. */
    double delay(Edge edge, long key, long now) {
        double extra = 0;
        for (int i = 0; i < effects.size(); i++) {
            if (effects.get(i) instanceof Effect.Delay e
                    && e.at(now)
                    && (e.edge() == edge.number()
                            || e.edge() < 0 && (e.service() == edge.from() || e.service() == edge.to()))
                    && drawn(key, i, e.share())) {
                extra += Draws.lognormal(key, DRAWS + i + 500, e.extra(), 0.2);
            }
        }
        return extra;
    }

    double cores(Instance at, int index, long now) {
        double cores = at.cores();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Capacity e && e.at(now) && here(e.service(), e.instance(), at, index)) {
                cores *= e.cores();
            }
        }
        return cores;
    }

    int workers(Instance at, int index, long now) {
        double workers = at.workers();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Capacity e && e.at(now) && here(e.service(), e.instance(), at, index)) {
                workers *= e.workers();
            }
        }
        return Math.max(1, (int) Math.round(workers));
    }

    /** True if a connection is not given back. */
    boolean leaks(Edge edge, long key, long now) {
        for (int i = 0; i < effects.size(); i++) {
            if (effects.get(i) instanceof Effect.Leak e
                    && e.at(now)
                    && e.edge() == edge.number()
                    && drawn(key, i, e.share())) {
                return true;
            }
        }
        return false;
    }

    /** What keeps an attempt from reaching an instance, or null. */
    Effect.@Nullable Dead dead(int service, int index, long key, long now) {
        for (int i = 0; i < effects.size(); i++) {
            if (effects.get(i) instanceof Effect.Dead e
                    && e.at(now)
                    && e.service() == service
                    && (e.instance() < 0 || e.instance() == index)
                    && drawn(key, i, e.share())) {
                return e;
            }
        }
        return null;
    }

    /** True if a caller leaves an instance out. */
    boolean drained(int service, int index, int caller, long now) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Drained e
                    && e.at(now)
                    && e.service() == service
                    && e.instance() == index
                    && !e.stale().contains(caller)) {
                return true;
            }
        }
        return false;
    }

    /** The rules of an edge as they are now. */
    Edge rules(Edge edge, long now) {
        Edge result = edge;
        for (Effect effect : effects) {
            if (effect instanceof Effect.Rules e && e.at(now) && e.edge() == edge.number()) {
                result = new Edge(
                        edge.number(),
                        edge.from(),
                        edge.to(),
                        e.timeout() < 0 ? result.timeout() : e.timeout(),
                        e.retries() < 0 ? result.retries() : e.retries(),
                        edge.backoff(),
                        edge.jitter(),
                        edge.breaker(),
                        e.pool() < 0 ? result.pool() : e.pool(),
                        edge.latency(),
                        edge.message());
            }
        }
        return result;
    }

    boolean cacheOff(Edge edge, long now) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.CacheOff e && e.at(now) && e.edge() == edge.number()) {
                return true;
            }
        }
        return false;
    }

    /** The version that runs, or null for the usual one. */
    @Nullable
    String version(int service, int index, long now) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Version e
                    && e.at(now)
                    && e.service() == service
                    && (e.instance() < 0 || e.instance() == index)) {
                return e.version();
            }
        }
        return null;
    }

    /** True if the feature flag of a service is on. */
    boolean flag(int service, long now) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Flag e && e.at(now) && e.service() == service) {
                return true;
            }
        }
        return false;
    }

    /** How often an instance has been started again. */
    int restarts(int service, int index, long now) {
        int count = 0;
        for (Effect effect : effects) {
            if (effect instanceof Effect.Restart e
                    && e.from() <= now
                    && e.service() == service
                    && e.instance() == index) {
                count++;
            }
        }
        return count;
    }

    List<Effect> all() {
        return effects;
    }

    private static boolean here(int service, int instance, Instance at, int index) {
        return service == at.service() && (instance < 0 || instance == index);
    }

    private static boolean drawn(long key, int effect, double share) {
        return share >= 1 || Draws.uniform(key, DRAWS + effect) < share;
    }
}

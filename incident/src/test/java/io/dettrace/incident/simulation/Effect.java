package io.dettrace.incident.simulation;

import java.util.Set;

/**
 * One thing that a fault does to the simulated services from a time on. Times are nanoseconds of the simulation, -1 for
 * an instance, operation or caller means every one.
 */
sealed interface Effect {
    /** When it begins. */
    long from();

    /** When it ends. */
    long to();

    /** Own work of a share of the requests takes {@code factor} times as long, and {@code extra} more. */
    record Slow(long from, long to, int service, int instance, int operation, double share, double factor, double extra)
            implements Effect {}

    /** A share of the requests ends with an exception after the first work. */
    record Fail(long from, long to, int service, int instance, int operation, double share, String exception)
            implements Effect {}

    /** Messages on an edge, or to and from a service if {@code edge} is -1, take longer, each way. */
    record Delay(long from, long to, int edge, int service, double share, double extra) implements Effect {}

    /** There are fewer cores or workers: {@code factor} of them. */
    record Capacity(long from, long to, int service, int instance, double cores, double workers) implements Effect {}

    /** A share of the connections of an edge is never given back. */
    record Leak(long from, long to, int edge, double share) implements Effect {}

    /** An instance cannot be reached: a share of the attempts is refused at once, or gets no answer if {@code hangs}. */
    record Dead(long from, long to, int service, int instance, double share, boolean hangs) implements Effect {}

    /** Callers leave an instance out, but for those in {@code stale}, by their number among all instances. */
    record Drained(long from, long to, int service, int instance, Set<Integer> stale) implements Effect {}

    /** Other rules of an edge; -1 leaves one as it is. */
    record Rules(long from, long to, int edge, long timeout, int retries, int pool) implements Effect {}

    /** The cache before an edge misses always. */
    record CacheOff(long from, long to, int edge) implements Effect {}

    /** An entry has more requests: {@code factor} times as many. */
    record Surge(long from, long to, int entry, double factor) implements Effect {}

    /** A share of the requests of all entries hangs a worker of an operation for a time, or fails it if that is 0. */
    record Poison(long from, long to, int service, int operation, double share, long hang, String exception)
            implements Effect {}

    /** Another version runs. */
    record Version(long from, long to, int service, int instance, String version) implements Effect {}

    /** A feature flag that a service looks at for each request is on. */
    record Flag(long from, long to, int service) implements Effect {}

    /** An instance is started again; its counter says so. */
    record Restart(long from, long to, int service, int instance) implements Effect {}

    /** True while it holds. */
    default boolean at(long time) {
        return time >= from() && time < to();
    }
}

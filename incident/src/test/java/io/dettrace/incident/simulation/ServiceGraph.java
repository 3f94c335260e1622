package io.dettrace.incident.simulation;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Services, what they do for a request, and how they call each other. Times are nanoseconds.
 *
 * @param services by number; those that have no spans of their own (databases, foreign services) among them
 * @param edges by number
 * @param entries where requests from outside come in
 * @param rate requests per second from outside, all entries together
 * @param start of the clock, nanoseconds since the epoch
 */
record ServiceGraph(List<Service> services, List<Edge> edges, List<Entry> entries, double rate, long start) {
    /** How a service is called. */
    enum Protocol {
        HTTP,
        GRPC,
        DATABASE,
        MESSAGE
    }

    /**
     * What of a service is as its programmers chose.
     *
     * @param logs true if it logs
     * @param exceptionEvents true if its spans tell exceptions
     * @param spanBeginsInQueue true if its spans begin at arrival, false if when a worker takes the request
     * @param dropsCancelled true if it leaves out requests whose caller has given up
     * @param flags true if it looks at a feature flag for each request, and says so in its spans
     */
    record Style(
            boolean logs, boolean exceptionEvents, boolean spanBeginsInQueue, boolean dropsCancelled, boolean flags) {}

    /**
     * A service.
     *
     * @param number its index
     * @param name of the service; for one without own spans the address that clients name
     * @param protocol how it is called
     * @param instrumented false if it has no spans of its own
     * @param oneActive true if the first instance that is up takes everything, the others stand by
     */
    record Service(
            int number,
            String name,
            Protocol protocol,
            boolean instrumented,
            boolean oneActive,
            Style style,
            List<Instance> instances,
            List<Operation> operations) {}

    /**
     * A process.
     *
     * @param id index among all instances of the graph
     * @param clockOffset what its host's clock is ahead of the true time
     * @param workers requests handled at once; others wait in a queue, first in, first out
     * @param cores work done at once at full speed
     */
    record Instance(int id, int service, String name, String host, long clockOffset, int workers, double cores) {}

    /** What a service does for one kind of request. */
    record Operation(int service, int number, String name, double errorRate, String exception, List<Step> steps) {}

    /** A part of an operation, one after the other. */
    sealed interface Step {}

    /** Own work, lognormal: median in nanoseconds and standard deviation of the logarithm. */
    record Work(double median, double sigma) implements Step {}

    /** Calls begun at once; the next step begins when all are over. */
    record Calls(List<Call> calls) implements Step {}

    /**
     * A call of another service's operation.
     *
     * @param number index in its operation
     * @param probability that a request needs it
     * @param hitRatio probability that a cache in the process answers instead
     * @param optional true if the request goes on when it fails
     */
    record Call(int number, Edge edge, int operation, double probability, double hitRatio, boolean optional) {}

    /**
     * A caller and a called service, and the rules of calls between them.
     *
     * @param timeout of one attempt
     * @param retries attempts after the first
     * @param backoff wait before the first retry, doubled for each further one
     * @param jitter true if the wait is drawn between half and one and a half of that
     * @param breaker true if calls fail at once after half of the last 20 failed, for five seconds
     * @param pool connections of one instance of the caller
     * @param latency median of the network's delay, one way
     * @param message true if the caller doesn't wait: a message through a broker
     */
    record Edge(
            int number,
            int from,
            int to,
            long timeout,
            int retries,
            long backoff,
            boolean jitter,
            boolean breaker,
            int pool,
            double latency,
            boolean message) {}

    /** An operation that is called from outside, and its share of all requests. */
    record Entry(int service, int operation, double share) {}

    Operation operation(int service, int operation) {
        return services.get(service).operations().get(operation);
    }

    int instances() {
        return services.stream().mapToInt(s -> s.instances().size()).sum();
    }

    /** Services that call {@code service} or are called by it. */
    Set<Integer> neighbours(int service) {
        Set<Integer> found = new TreeSet<>();
        for (Edge edge : edges) {
            if (edge.from() == service) {
                found.add(edge.to());
            } else if (edge.to() == service) {
                found.add(edge.from());
            }
        }
        return found;
    }
}

package io.dettrace.incident.simulation;

import java.util.List;
import java.util.Set;

/**
 * A fault: where it is, and what it does.
 *
 * @param root number of the service at fault
 * @param accepted numbers of the services that are right answers: the root, and where a fault is between two services both
 * @param instance number of the instance in its service, -1 if it is not one alone
 * @param operation number of the operation in its service, -1 if it is not one alone
 * @param edge number of the edge, -1 if it is not on one
 * @param resource what is exhausted, empty if nothing is
 * @param onset when it begins, nanoseconds of the simulation
 * @param setting what makes the graph prone to it, in the baseline too
 * @param announcements what the platform says of it, and of other things that happened
 */
record Fault(
        FaultKind kind,
        int root,
        Set<Integer> accepted,
        int instance,
        int operation,
        int edge,
        String resource,
        long onset,
        List<Effect> effects,
        List<Effect> setting,
        List<Announcement> announcements) {
    /** A log record of the platform about a service. */
    record Announcement(long time, int service, int instance, String event, String body) {}
}

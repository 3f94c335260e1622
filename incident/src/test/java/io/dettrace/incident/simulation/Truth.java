package io.dettrace.incident.simulation;

import java.util.Set;

/**
 * What is true of a simulated incident, in the names that its telemetry shows.
 *
 * @param root service at fault; one without own spans by the address that its clients name
 * @param accepted names that are right answers for the root
 * @param families names of families that are right answers
 * @param instance of the root, empty if it is not one alone
 * @param operation name of the operation's server span, empty if it is not one alone
 * @param edge {@code caller>callee}, empty if the fault is not on an edge
 * @param resource exhausted, empty if none
 * @param hit services with own spans that the fault hit
 * @param direct those of {@code hit} that call the root or are called by it
 * @param unclear services so near the limits of being hit (half to twice) that another rule could say otherwise
 * @param onset nanoseconds of the incident's window, negative if before it
 */
record Truth(
        FaultKind kind,
        String root,
        Set<String> accepted,
        Set<String> families,
        String instance,
        String operation,
        String edge,
        String resource,
        Set<String> hit,
        Set<String> direct,
        Set<String> unclear,
        long onset) {}

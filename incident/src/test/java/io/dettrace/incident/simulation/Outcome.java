package io.dettrace.incident.simulation;

/**
 * What truly became of a request at a service.
 *
 * @param span identifier of its span, the same with and without a fault
 * @param service number
 * @param operation number
 * @param instance number of the instance in its service
 * @param response nanoseconds from its arrival, before any queue, to its answer
 * @param error true if it failed
 * @param structure the same for the same calls with the same results
 */
record Outcome(long span, int service, int operation, int instance, long response, boolean error, long structure) {}

package io.dettrace.incident.timeline;

/**
 * When an incident began.
 *
 * @param time most likely time, nanoseconds since the epoch
 * @param low earliest time that fits, at 95 %
 * @param high latest time that fits, at 95 %
 * @param beforeWindow true if the incident's window does not show its beginning: it departs from its first requests on
 */
public record Onset(long time, long low, long high, boolean beforeWindow) {}

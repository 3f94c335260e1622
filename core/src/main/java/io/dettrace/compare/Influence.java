package io.dettrace.compare;

import io.dettrace.compare.Divergence.PathStep;

/**
 * From which event on a root reaches a lane.
 *
 * @param from first position reached, by side
 * @param hops links on the path
 * @param via where the influence came from, null in the root's own lane
 * @param step the event by which it came, null in the root's own lane
 */
record Influence(Root root, long[] from, int hops, Influence via, PathStep step) {}

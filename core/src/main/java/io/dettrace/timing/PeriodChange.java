package io.dettrace.timing;

import io.dettrace.compare.EventPoint;

/**
 * A place from which on events keep to another period.
 *
 * @param at the first event that does
 * @param from least-squares period before, in nanoseconds
 * @param to the same from there on
 */
public record PeriodChange(EventPoint at, double from, double to) {}

package io.dettrace.oracle.rules;

import io.dettrace.oracle.history.Place;

/**
 * An event that has to do with a violation.
 *
 * @param number its number in the order in which events were checked, from 1
 * @param what what it is for the rule: its kind, a state, a balance
 * @param time nanoseconds, or {@link Observation#NO_TIME}
 */
public record Witness(long number, Place at, String lane, String what, long time) {}

/**
 * Rules mined from passing runs: always followed by, always precedes, never followed by (Beschastnikh et al., 2011; Yang and
 * Evans, 2004, 2006), at most once, alternation, bounds and counters. Opens no file; it is fed observations.
 */
package io.dettrace.oracle.mine;

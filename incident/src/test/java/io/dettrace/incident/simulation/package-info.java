/**
 * Incidents with known truth: a seeded discrete-event simulation of random service graphs, faults of every family put into
 * them, the truth by running the same requests with and without the fault, rankers to compare with, and the scorer.
 */
@NullMarked
package io.dettrace.incident.simulation;

import org.jspecify.annotations.NullMarked;

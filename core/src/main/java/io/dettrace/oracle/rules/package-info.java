/**
 * Rules that a run must keep, without another run to compare it with: state machines and invariants, from a file that people
 * write ({@link io.dettrace.oracle.rules.RuleFile}), checked in one pass ({@link io.dettrace.oracle.rules.RuleChecker}). Opens
 * no file; it is fed {@link io.dettrace.oracle.rules.Observation observations}.
 */
package io.dettrace.oracle.rules;

/**
 * The timing verdict: where lateness between two runs arises. It looks at durations of pairs that correspond and at budgets,
 * never at absolute times, and has no say in whether the runs are equivalent.
 */
package io.dettrace.timing;

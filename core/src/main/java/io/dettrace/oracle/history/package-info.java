/**
 * Linearizability of recorded histories: operations, sequential models, the check, and the smallest sub-history that no
 * sequential behaviour explains. Opens no file; it is fed {@link io.dettrace.oracle.history.History operations}.
 */
package io.dettrace.oracle.history;

/** Hands the events of a run to the oracles of core. */
package io.dettrace.formats.oracle;

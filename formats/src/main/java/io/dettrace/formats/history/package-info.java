/** Histories of operations out of runs of any format: which field says what, and which events belong to one call. */
package io.dettrace.formats.history;

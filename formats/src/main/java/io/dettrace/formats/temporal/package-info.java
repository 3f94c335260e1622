/** Histories of Temporal workflows, and of Cadence's, as JSON. */
package io.dettrace.formats.temporal;

/** The clocks of a run, and its events in the order of corrected times. */
package io.dettrace.formats.merge;

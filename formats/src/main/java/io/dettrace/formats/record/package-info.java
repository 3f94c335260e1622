/**
 * Formats whose readers make the events themselves, from binary or structured data: what such a reader hands over, and how
 * its events become a run.
 */
package io.dettrace.formats.record;

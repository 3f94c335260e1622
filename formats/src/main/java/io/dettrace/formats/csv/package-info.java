/** Tables of separated values (RFC 4180 and its relatives): a row is an event. */
package io.dettrace.formats.csv;

/** What a file is: its format, lanes, kinds, counts, time range and problems. */
package io.dettrace.formats.inspect;

/** Text of the Linux profiler perf: perf script and perf trace. */
package io.dettrace.formats.perf;

/** What the readers of kernel traces share: lines with their places, payloads of events, threads and who wakes whom. */
package io.dettrace.formats.kernel;

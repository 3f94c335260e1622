/** Trace-event JSON, as Chrome, Perfetto and many compilers, build tools and profilers write it. */
package io.dettrace.formats.chrome;

/** A window of requests in columns: spans by request, their log records, and series of metrics. */
@NullMarked
package io.dettrace.incident.window;

import org.jspecify.annotations.NullMarked;

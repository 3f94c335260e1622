/** Incidents of distributed systems: what two windows of telemetry say together. */
@NullMarked
package io.dettrace.incident;

import org.jspecify.annotations.NullMarked;

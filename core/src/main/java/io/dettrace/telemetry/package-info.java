/**
 * Production telemetry as it was sent: spans, log records and metric points, one at a time. Readers fill a sink; what many of
 * them say together is worked out behind it. This is beside the way of events: a window of requests is not one run.
 */
@NullMarked
package io.dettrace.telemetry;

import org.jspecify.annotations.NullMarked;

/** Receives OTLP over HTTP and gRPC, with the limits and answers of the OTLP specification 1.x. */
@NullMarked
package io.dettrace.server.otlp;

import org.jspecify.annotations.NullMarked;

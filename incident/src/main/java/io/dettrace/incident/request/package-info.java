/** One request: its hops, what failed first, how that spread, and how it differs from another request. */
@NullMarked
package io.dettrace.incident.request;

import org.jspecify.annotations.NullMarked;

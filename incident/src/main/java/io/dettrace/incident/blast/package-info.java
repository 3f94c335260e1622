/** What an incident hit: services, entry points and requests, each with its effect and how sure it is. */
@NullMarked
package io.dettrace.incident.blast;

import org.jspecify.annotations.NullMarked;

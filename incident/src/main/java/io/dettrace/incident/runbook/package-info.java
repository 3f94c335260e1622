/** What to look at next in an incident, with queries to paste. */
@NullMarked
package io.dettrace.incident.runbook;

import org.jspecify.annotations.NullMarked;

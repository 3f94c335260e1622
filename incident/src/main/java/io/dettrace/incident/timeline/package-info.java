/** When an incident began, and what was told at about that time. */
@NullMarked
package io.dettrace.incident.timeline;

import org.jspecify.annotations.NullMarked;

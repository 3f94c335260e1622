/** Incidents as JSON, Markdown and text. */
@NullMarked
package io.dettrace.incident.report;

import org.jspecify.annotations.NullMarked;

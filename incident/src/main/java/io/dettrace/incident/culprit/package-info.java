/**
 * Who is to blame: departures of an incident's requests from a baseline's, which of them the others explain, and the list that is
 * left.
 */
@NullMarked
package io.dettrace.incident.culprit;

import org.jspecify.annotations.NullMarked;

package io.dettrace.incident.culprit;

import java.util.List;

/**
 * What two windows say together.
 *
 * @param culprits the services to blame, the first to look at first; none if nothing departs
 * @param departures all that departs, what others explain discounted
 */
public record Findings(List<Culprit> culprits, List<Departure> departures) {}

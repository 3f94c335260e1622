package io.dettrace.incident.culprit;

import java.util.List;

/**
 * A service that is to blame.
 *
 * @param service its name
 * @param score share of the requests that pass it and depart because of it, times what that means to them, 0 to 1; as sure as the
 *     level of confidence says
 * @param cause what departs there first and is not explained by anything else
 * @param evidence all its departures, the cause first
 * @param requests traces that show it best, the clearest first
 */
public record Culprit(String service, double score, Departure cause, List<Departure> evidence, List<String> requests) {}

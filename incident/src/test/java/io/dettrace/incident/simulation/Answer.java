package io.dettrace.incident.simulation;

import java.util.List;
import java.util.Set;

/**
 * What a ranker says of an incident.
 *
 * @param services culprits, best first, without ties; one without own spans by the address that its clients name
 * @param blast services that it says are hit, the root among them
 * @param family name of the family of incident, {@code unknown} if none fits
 */
public record Answer(List<String> services, Set<String> blast, String family) {}

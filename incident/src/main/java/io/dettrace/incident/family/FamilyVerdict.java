package io.dettrace.incident.family;

import java.util.List;

/**
 * Which family an incident belongs to.
 *
 * @param family the one that fits, {@link Family#UNKNOWN} if none does
 * @param fit how well it fits, 0 to 1
 * @param nearest the next that fits, or for an unknown one the nearest
 * @param nearestFit how well that fits, 0 to 1
 * @param evidence what was seen, in sentences with numbers
 */
public record FamilyVerdict(Family family, double fit, Family nearest, double nearestFit, List<String> evidence) {
    /** A verdict; the evidence is copied. */
    public FamilyVerdict {
        evidence = List.copyOf(evidence);
    }
}

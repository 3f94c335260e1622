package io.dettrace.incident.culprit;

/**
 * A group of times or failures that departs.
 *
 * @param group its number in {@link Times} or {@link Failures}
 * @param threshold milliseconds above which a request departs; 0 for failures
 * @param excess milliseconds that all requests of the incident lost here, or requests that failed here, more than in the baseline
 * @param departure what it is
 */
record Found(int group, double threshold, double excess, Departure departure) {
    Found with(Departure other) {
        return new Found(group, threshold, excess, other);
    }
}

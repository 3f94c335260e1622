package io.dettrace.incident.culprit;

import org.jspecify.annotations.Nullable;

/**
 * One way in which the incident's requests depart from the baseline's at one place.
 *
 * @param kind what departs
 * @param service where
 * @param subject operation, edge ({@code caller>callee}) or metric
 * @param from the last event that is as before, empty unless the structure departs
 * @param expected what came next in the baseline, empty unless the structure departs
 * @param instead what comes now, empty unless the structure departs
 * @param callee whom the step calls that the baseline took, empty if it calls nobody
 * @param baseline requests (measurements) of the baseline that pass here
 * @param baselineHits how many of them are like what is counted in the incident
 * @param incident requests (measurements) of the incident that pass here
 * @param incidentHits how many of them depart
 * @param change how much, in the kind's unit: milliseconds a request, or share of capacity; 0 for structure
 * @param relevance what it means to the requests that pass here, 0 to 1: 1 for structure, the added share of their time for time,
 *     the share of capacity for a resource
 * @param low at least this share of the requests that pass here departs, 0 to 1, at the level of confidence
 * @param p probability of such a departure if nothing is different
 * @param within share of it that other departures of the same service explain, 0 to 1
 * @param explained share of it that departures of other services explain, 0 to 1
 * @param by the departure that explains most, null if none does
 */
public record Departure(
        Kind kind,
        String service,
        String subject,
        String from,
        String expected,
        String instead,
        String callee,
        int baseline,
        int baselineHits,
        int incident,
        int incidentHits,
        double change,
        double relevance,
        double low,
        double p,
        double within,
        double explained,
        @Nullable Departure by) {

    /** The same, its bound at another level. */
    Departure at(double z) {
        return kind == Kind.RESOURCE
                ? this
                : with(
                        relevance,
                        Counting.low(baselineHits, baseline, incidentHits, incident, z),
                        within,
                        explained,
                        by);
    }

    /** The same, meaning more or less to requests. */
    Departure relevance(double other) {
        return with(other, low, within, explained, by);
    }

    /** The same, with another bound. */
    Departure low(double bound) {
        return with(relevance, bound, within, explained, by);
    }

    /** The same, in part explained by its own service. */
    Departure within(double share) {
        return with(relevance, low, share, explained, by);
    }

    /** The same, in part explained by a departure of another service. */
    Departure explained(double share, Departure whom) {
        return with(relevance, low, within, share, whom);
    }

    private Departure with(double meaning, double bound, double inside, double share, @Nullable Departure whom) {
        return new Departure(
                kind,
                service,
                subject,
                from,
                expected,
                instead,
                callee,
                baseline,
                baselineHits,
                incident,
                incidentHits,
                change,
                meaning,
                bound,
                p,
                inside,
                share,
                whom);
    }

    /** What departs. */
    public enum Kind {
        /** The events of requests and their order. */
        STRUCTURE,
        /** Failures that begin here. */
        FAILURE,
        /** Time of a service's own. */
        OWN_TIME,
        /** Time between a caller and its callee: network, or a queue ahead of the callee. */
        CALL_GAP,
        /** A metric of a resource. */
        RESOURCE,
        /** More requests than before, by themselves. */
        TRAFFIC
    }

    /** The departure in words, with its counts. */
    public String sentence() {
        return Sentences.of(this);
    }

    /** Share of the requests that pass here which depart because of this, times what it means to them: 0 to 1. */
    public double score() {
        return low * relevance * (1 - explained);
    }
}

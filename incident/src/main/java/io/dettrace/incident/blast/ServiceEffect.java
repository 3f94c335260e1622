package io.dettrace.incident.blast;

/**
 * What an incident did to one service.
 *
 * @param service its name
 * @param hit true if its own requests depart beyond chance, and by enough to matter
 * @param baseline its requests in the baseline
 * @param incident its requests in the incident
 * @param changed share of its requests that fail or make other calls than before, more than in the baseline
 * @param medianBefore milliseconds of the baseline's median response, with the operations in the shares of the incident
 * @param median milliseconds by which the median response time moved; waiting in a queue ahead counts
 * @param highBefore the same of the 95th percentile
 * @param high milliseconds by which the 95th percentile moved
 * @param slower share of its requests that are slower than the baseline accounts for (one-sided distance of Kolmogorov and Smirnov)
 */
public record ServiceEffect(
        String service,
        boolean hit,
        int baseline,
        int incident,
        Shift changed,
        double medianBefore,
        Shift median,
        double highBefore,
        Shift high,
        double slower) {}

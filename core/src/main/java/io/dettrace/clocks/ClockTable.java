package io.dettrace.clocks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The clocks of a run against each other, and the correction of their times. A pure function of the messages: the order of
 * events, and how lanes are numbered, make no difference.
 */
public final class ClockTable {
    private final List<ClockEstimate> estimates;
    private final List<ClockPair> pairs;
    private final Map<String, ClockPath> paths;
    private final Map<String, String> references = new HashMap<>();
    private final String reference;

    ClockTable(String reference, List<ClockEstimate> estimates, List<ClockPair> pairs, Map<String, ClockPath> paths) {
        this.reference = reference;
        estimates.forEach(e -> references.put(e.domain(), e.reference()));
        this.estimates = List.copyOf(estimates);
        this.pairs = List.copyOf(pairs);
        this.paths = Map.copyOf(paths);
    }

    /** The clock with most accurate links; empty if there is no event. */
    public String reference() {
        return reference;
    }

    /** The clocks by name. */
    public List<ClockEstimate> estimates() {
        return estimates;
    }

    /** The pairs of clocks with messages between them, by name. */
    public List<ClockPair> pairs() {
        return pairs;
    }

    /** True if no linear clock satisfies all messages between some pair. */
    public boolean isContradictory() {
        return pairs.stream().anyMatch(p -> p.quality() == ClockQuality.CONTRADICTORY);
    }

    /**
     * A time of a domain's clock as its reference would have shown it. In a domain later times stay later or equal.
     *
     * <p>A clock that no messages join to {@link #reference} is corrected by the reference of its own group, and its error is
     * unknown.
     *
     * @param domain name of the clock domain; one that was not met is not corrected
     * @param time nanoseconds since the epoch of the domain's clock
     */
    public CorrectedTime correct(String domain, long time) {
        ClockPath path = paths.get(domain);
        if (path == null) {
            return new CorrectedTime(time, CorrectedTime.UNKNOWN);
        }
        CorrectedTime corrected = path.correct(time);
        return references.get(domain).equals(reference)
                ? corrected
                : new CorrectedTime(corrected.time(), CorrectedTime.UNKNOWN);
    }
}

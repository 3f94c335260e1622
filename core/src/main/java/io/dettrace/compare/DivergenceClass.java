package io.dettrace.compare;

import java.util.Locale;

/** What kind of difference a divergence is. The keys are the stable strings of the artifacts. */
public enum DivergenceClass {
    /** Same kind of event, another value in at least one compared field. */
    VALUE,
    /** Another event stands where the expected one was due. */
    SUBSTITUTED,
    /** Expected events did not happen. */
    MISSING,
    /** Events happened that were not expected. */
    EXTRA,
    /** An extra event that repeats its matched neighbour. */
    DUPLICATED,
    /** The same events in another order inside one lane. */
    MOVED,
    /** Events of different lanes that depend on each other the other way round: a race. */
    ORDER_INVERSION,
    /** The same event, caused by another one: its links lead elsewhere. */
    LINK,
    /** A loop or poll ran another number of times. */
    REPEATED_COUNT,
    /** A whole lane of the baseline never appears. */
    LANE_MISSING,
    /** A whole lane appears that the baseline does not have. */
    LANE_EXTRA,
    /** One run stops while the other goes on. */
    ENDED_EARLY,
    /** The limit on unmatched events was reached before this lane could be decided. */
    UNDECIDED;

    /** The name in artifacts. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The class that the same difference has when baseline and candidate are swapped. */
    public DivergenceClass mirrored() {
        return switch (this) {
            case MISSING -> EXTRA;
            case EXTRA, DUPLICATED -> MISSING;
            case LANE_MISSING -> LANE_EXTRA;
            case LANE_EXTRA -> LANE_MISSING;
            default -> this;
        };
    }
}

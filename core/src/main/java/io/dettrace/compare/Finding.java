package io.dettrace.compare;

import java.util.List;

/** A divergence while the comparison runs: what may still change until the end stands beside what was seen. */
final class Finding {
    /** What was seen; its id and roots are filled in at the end. */
    final Divergence seen;

    final LaneState lane;

    /** The root that it is, or null for an effect. */
    final Root root;

    /** For an effect: the influences that reach it, the nearest of each root. */
    final List<Influence> reaching;

    /** The class, which may become {@link DivergenceClass#MOVED} or {@link DivergenceClass#ENDED_EARLY}. */
    DivergenceClass type;

    /** The run that went on where the other's lane had ended, else null; how far it went is known at the end. */
    Side tail;

    /** For a single event without counterpart: the run that has it, and its label. */
    Side single;

    long singleLabel;

    /** For a difference in links: lane and pair count of each predecessor that differs. */
    int[] suspectLane = new int[0];

    long[] suspectPair = new long[0];

    Finding(Divergence seen, LaneState lane, Root root, List<Influence> reaching) {
        this.seen = seen;
        this.lane = lane;
        this.root = root;
        this.reaching = reaching;
        type = seen.type();
    }
}

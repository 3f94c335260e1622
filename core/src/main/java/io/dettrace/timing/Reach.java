package io.dettrace.timing;

import io.dettrace.compare.EventPoint;

/** A lane that the lateness of a root has reached, by way of the lane that {@code from} stands for. */
final class Reach {
    final OpenRoot root;
    final Reach from;
    final String lane;
    final EventPoint baseline;
    final EventPoint candidate;
    final long lateness;
    long events;
    long greatest;
    int number = -1;

    Reach(OpenRoot root, Reach from, String lane, EventPoint baseline, EventPoint candidate, long lateness) {
        this.root = root;
        this.from = from;
        this.lane = lane;
        this.baseline = baseline;
        this.candidate = candidate;
        this.lateness = lateness;
    }

    void count(long late) {
        events++;
        greatest = Math.max(greatest, Math.abs(late));
    }
}

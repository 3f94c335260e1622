package io.dettrace.timing;

import io.dettrace.compare.EventPoint;
import java.util.List;
import java.util.Optional;

/**
 * An event that took longer, or less long, than it may although what enabled it is accounted for: here lateness arises.
 *
 * @param baseline the event in the baseline
 * @param candidate the same in the candidate
 * @param enabling the event that it followed in the candidate; empty for the first of a lane, whose delay is counted from
 *     the start of the run
 * @param expected own delay in the baseline, in the candidate's nanoseconds
 * @param actual own delay in the candidate
 * @param range what passing runs showed, if that is what it was held against
 * @param inherited lateness that had reached it from another root before
 * @param lateness what it hands on: the inherited and its own together
 * @param homeEvents later events of its own lane that are late, or early, because of it
 * @param inheritedEvents all later events that are late, or early, because of it
 * @param repeats next events of its kind in its lane, one after the other, that are off by the same again
 * @param reached the other lanes of those in the order in which it reached them, at most {@value OpenRoot#MAX_LANES}
 * @param lanesLeftOut true if it reached more
 */
public record LateRoot(
        EventPoint baseline,
        EventPoint candidate,
        Optional<EventPoint> enabling,
        long expected,
        long actual,
        Optional<DelayRange> range,
        long inherited,
        long lateness,
        long homeEvents,
        long inheritedEvents,
        long repeats,
        List<Step> reached,
        boolean lanesLeftOut) {

    /**
     * A lane that the root's lateness reached.
     *
     * @param from number of the step before, or -1 if that is the root
     * @param baseline the first event there that inherits, in the baseline
     * @param candidate the same in the candidate
     * @param lateness nanoseconds that it inherits, negative if it is early
     * @param events events of the lane that inherit
     * @param greatest greatest amount that one of them inherits
     */
    public record Step(
            int from, EventPoint baseline, EventPoint candidate, long lateness, long events, long greatest) {}

    /** Own delay beyond what was expected, negative if the event came early. */
    public long excess() {
        return actual - expected;
    }

    /** True if the event came early. */
    public boolean isEarly() {
        return actual < expected;
    }
}

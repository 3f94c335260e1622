package io.dettrace.timing;

import io.dettrace.compare.EventPoint;
import java.util.Optional;

/**
 * A budget that the candidate did not keep.
 *
 * @param budget what was allowed
 * @param count how often it was broken
 * @param first the first event that broke it, in recorded order; for a response that never came the event that waits
 * @param since the event from which time was counted; empty for an own delay that counts from the start of the run
 * @param actual nanoseconds that it took, or that had passed when the run ended
 * @param never true if the response never came
 * @param worst the greatest of all times; for a period the one furthest from it
 */
public record Violation(
        Budget budget,
        long count,
        EventPoint first,
        Optional<EventPoint> since,
        long actual,
        boolean never,
        long worst) {}

package io.dettrace.timing;

import io.dettrace.compare.EventPoint;
import java.util.Optional;

/**
 * How periodic events kept to their period in one run.
 *
 * @param period least-squares period in nanoseconds; up to the first change
 * @param phase time of an activation after the run's first event, modulo the period
 * @param jitter root mean square distance of the activations from the fitted times
 * @param greatest greatest difference between a gap and a whole number of periods
 * @param activations how many there were
 * @param missed activations that did not come: gaps of nearly two periods or more
 * @param firstMissed the event behind the first such gap
 * @param doubled activations within half a period of the one before
 * @param firstDoubled the first such
 * @param changes how often the period changed
 * @param firstChange the first time it did
 */
public record Periodic(
        double period,
        double phase,
        double jitter,
        long greatest,
        long activations,
        long missed,
        Optional<EventPoint> firstMissed,
        long doubled,
        Optional<EventPoint> firstDoubled,
        long changes,
        Optional<PeriodChange> firstChange) {}

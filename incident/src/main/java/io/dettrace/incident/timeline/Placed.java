package io.dettrace.incident.timeline;

import io.dettrace.incident.window.Happening;

/**
 * Something that happened, seen from an incident.
 *
 * @param happening what
 * @param order whether it was before the onset
 * @param place where, seen from the root
 * @param chance probability that one of as many happenings at any time and place falls as near to onset and root, 0 to 1
 * @param strength the same in words
 */
public record Placed(Happening happening, Order order, Place place, double chance, String strength) {
    /** Order in time to the onset, whose interval counts as one time. */
    public enum Order {
        /** Before the onset. */
        BEFORE,
        /** Within the interval that holds the onset. */
        AT,
        /** After the onset: it can be no cause. */
        AFTER
    }

    /** Where something happened. */
    public enum Place {
        /** At the service to blame. */
        ROOT,
        /** At one that calls it, directly or not. */
        UPSTREAM,
        /** At one that it calls, directly or not. */
        DOWNSTREAM,
        /** At another service, or nothing tells. */
        ELSEWHERE
    }
}

package io.dettrace.timing;

import java.util.Optional;

/** What own delays may be, by what passing runs showed or what a profile says. */
public sealed interface DelayLimits permits DelayRanges, DelayRules {
    /**
     * What is known of the delays of one kind of event.
     *
     * @param lane name of the lane
     * @param kind digest of the kind
     * @param after digest of the kind of what enabled the event
     */
    Optional<DelayRange> find(String lane, int kind, int after);

    /** The range that a delay must keep to where no tolerance says how far it may be off. */
    DelayRange withRoom(DelayRange found);

    /** How probable it is, at most, that a passing delay is outside of such a range as it was seen; 0 if that is not known. */
    double chance(DelayRange found);

    /** How many passing runs taught it, 0 if that is not known. */
    int runs();

    /** How many ranges there are. */
    int size();

    /** How many delays were seen, 0 if that is not known. */
    long events();
}

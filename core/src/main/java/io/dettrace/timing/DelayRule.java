package io.dettrace.timing;

import java.util.Optional;

/**
 * What own delays of one kind of event may be, as a profile says.
 *
 * @param events whose delays
 * @param after kind of what enabled them, or {@code *}
 * @param range from and to, both included, without numbers of events and runs; empty if they may be anything
 * @param byHand true if a person wrote it
 * @param why evidence or reason in one line, may be empty
 */
public record DelayRule(Budget.Events events, String after, Optional<DelayRange> range, boolean byHand, String why) {
    /** In place of a kind: any. */
    public static final String ANY = "*";

    /** True if another rule is about the same delays. */
    public boolean isAboutSameAs(DelayRule other) {
        return events.equals(other.events) && after.equals(other.after);
    }
}

package io.dettrace.incident.timeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened around an incident.
 *
 * @param onset when it began, null if nothing departs
 * @param events what is told beside requests, in the order of time
 * @param suspectedTrigger what may have set it off: before the onset or at it, at the root, and nearer than one in twenty would be by
 *     chance; null if there is none
 */
public record Timeline(
        @Nullable Onset onset,
        List<Placed> events,
        @Nullable Placed suspectedTrigger) {}

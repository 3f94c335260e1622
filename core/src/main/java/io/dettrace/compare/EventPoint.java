package io.dettrace.compare;

import io.dettrace.event.SourceRef;

/**
 * One event of one run, by place.
 *
 * @param lane name of its lane
 * @param index position in the run's recorded order, from 0
 * @param ordinal position in the lane, from 0
 * @param time nanoseconds, or {@link io.dettrace.event.EventBlock#NO_TIME}
 * @param source where it stands in its source
 */
public record EventPoint(String lane, long index, long ordinal, long time, SourceRef source) {}

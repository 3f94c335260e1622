package io.dettrace.clocks;

import java.util.List;

/**
 * Messages that no linear clock satisfies together.
 *
 * @param messages the two or three messages that contradict each other, in order of time; each alone is possible
 * @param from when the contradiction begins: the two messages with the steepest change between them are {@code
 *     messages[from]} and the next one, so a clock that was set was set between these two
 * @param violation the best line misses each of them by this many nanoseconds; a step is at least twice as large
 * @param neededSkewPpm the least skew that would satisfy all messages, in parts per million; infinite if none does
 */
public record ClockConflict(List<MessageTimes> messages, int from, long violation, double neededSkewPpm) {
    /** A list that cannot be changed is kept. */
    public ClockConflict {
        messages = List.copyOf(messages);
    }

    /** The last message before the clocks stop fitting together. */
    public MessageTimes before() {
        return messages.get(from);
    }

    /** The first message that does not fit. */
    public MessageTimes after() {
        return messages.get(from + 1);
    }
}

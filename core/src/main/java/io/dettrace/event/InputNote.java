package io.dettrace.event;

/**
 * Something about an input that was tolerated or left out, with its count, so that nothing is dropped in silence.
 *
 * @param code stable name, such as {@code cut_last_line}
 * @param message one sentence for people
 * @param count how often it happened, at least 1
 * @param first place of the first occurrence, {@code file:line}, or empty
 */
public record InputNote(String code, String message, long count, String first) {}

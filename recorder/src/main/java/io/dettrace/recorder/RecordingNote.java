package io.dettrace.recorder;

/**
 * Something a reader of a recording should know: nothing is left out without one.
 *
 * @param name stable: {@code not_closed}, {@code cut_tail} (bytes), {@code damaged} (bytes), {@code unfinished_segment},
 *     {@code missing_segments}, {@code dropped_newest}, {@code dropped_oldest}, {@code dropped_oversized},
 *     {@code dropped_failed}, {@code no_counters}
 * @param count how many
 * @param message in words
 */
public record RecordingNote(String name, long count, String message) {}

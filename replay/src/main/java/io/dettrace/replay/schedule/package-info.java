/**
 * The schedule file: which thread ran where another would have, as a short text. Used on both sides, by the commands and
 * inside the recorded program, and therefore without any dependency, regular expression or lambda: {@link
 * io.dettrace.replay.schedule.Schedule} is the file in memory.
 */
@NullMarked
package io.dettrace.replay.schedule;

import org.jspecify.annotations.NullMarked;

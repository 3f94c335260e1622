/**
 * Watches requests as they come: assembles them by trace, samples them by entry point into windows, and compares each closed
 * window with a rolling baseline. The clock comes from outside, so that the same requests at the same times give the same
 * answer.
 */
@NullMarked
package io.dettrace.server.live;

import org.jspecify.annotations.NullMarked;

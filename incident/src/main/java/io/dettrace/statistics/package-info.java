/** Intervals that everything about many runs or requests shares. */
@NullMarked
package io.dettrace.statistics;

import org.jspecify.annotations.NullMarked;

/**
 * Clocks that do not agree: how far the clocks of a run's lanes are apart and how their rates differ, told from messages
 * between them, and the order of events across them. Start at {@link io.dettrace.clocks.ClockCollector}.
 */
package io.dettrace.clocks;

/**
 * The host side of record, replay, explore and prove: starts the program under the agent with a schedule and judges how it
 * ended. {@link io.dettrace.replay.Runner} runs one schedule; {@link io.dettrace.replay.Explorer} looks for schedules that
 * fail; {@link io.dettrace.replay.Prover} shows by experiment which decisions make one fail. Nothing here prints.
 */
@NullMarked
package io.dettrace.replay;

import org.jspecify.annotations.NullMarked;

/**
 * Small concurrent programs on which recording, replay, exploration and proof are tested.
 *
 * <p>Conventions:
 *
 * <ul>
 *   <li>A program is one top-level class with a {@code main} method that needs nothing but the JDK. It is compiled for
 *       Java 17; what a newer JDK adds it calls through {@link io.dettrace.replay.programs.Jdk21}, and its comment
 *       ends with "JDK 21 or newer". {@code main} has no comment of its own: that of the class says what it does.
 *   <li>It ends by itself in well under a second. Nothing in it is right only because time has passed: it is right, or
 *       wrong, under a clock that jumps as well.
 *   <li>It prints its result to standard output. Under one schedule, one clock and one source of randomness the output
 *       is always the same; under another schedule it is often another, so that equal outputs mean something. Several
 *       print clock readings, random numbers or identity hashes for that purpose.
 *   <li>A program of kind {@code DETERMINISM} is right under every schedule and ends with status 0;
 *       {@code ExitFromWorker} ends with 7. {@code UncaughtHandler} has threads that die by exceptions, each with a
 *       handler, and ends with 0.
 *   <li>A program of kind {@code BUGGY} passes under the schedule that never interrupts a thread (except those listed
 *       as failing by default) and fails under others: by an exception nobody catches, by a deadlock, or by its exit
 *       status. All faults show under sequential consistency. The comment names the source of the fault; the code is
 *       our own.
 *   <li>The place of a fault is marked by comments at the ends of lines: {@code fault: begin} and {@code fault: end}
 *       are the first and the last access of what should have been atomic, {@code fault: intruder} is what another
 *       thread must not do in between. Several words are joined by commas. In a deadlock, {@code begin} is the first
 *       acquisition and {@code end} the blocking second one. Where the fault is an order and not an interruption (a
 *       thread that comes too early), {@code begin} is the start of that thread. Each begin belongs to the next end.
 *   <li>A program of kind {@code KERNEL} is for measuring: its argument is the number of rounds; without one it takes
 *       one to two tenths of a second on a plain JVM, its start included, and stays below twenty million events.
 * </ul>
 *
 * <p>{@link io.dettrace.replay.programs.ProgramCorpus} lists them all, and its test holds the list complete.
 */
package io.dettrace.replay.programs;

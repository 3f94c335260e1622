/**
 * The recorder: a program says its own events, they are kept in files that outlive the process, and a later run is
 * checked against them or made to follow them. Start reading at {@link io.dettrace.recorder.Recorder} (what a program
 * calls), then {@code SegmentFormat} (what lies on the disk), {@code ThreadWriter} (how an event gets there) and
 * {@link io.dettrace.recorder.Recording} (how it is read back).
 *
 * <p>No dependency, no thread of its own, no lock held while a program's code runs.
 */
@NullMarked
package io.dettrace.recorder;

import org.jspecify.annotations.NullMarked;

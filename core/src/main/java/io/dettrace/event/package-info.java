/**
 * The model: a {@link io.dettrace.event.Run run} is one execution's event log; its events sit in {@link
 * io.dettrace.event.LaneTable lanes}, carry a label and are joined by links. Events are held in columns ({@link
 * io.dettrace.event.EventBlock}), never as one object each.
 */
package io.dettrace.event;

/**
 * From fields to labels: which field of an event means what ({@link io.dettrace.normalize.Mapping}), how that is inferred
 * from samples of both runs, and how one event's fields become a row of an event block.
 */
package io.dettrace.normalize;

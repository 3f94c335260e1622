package io.dettrace.recorder;

import org.jspecify.annotations.Nullable;

/**
 * How an event becomes a line of JSON: which keys what is not a field gets, in this order. A field of the same key as one
 * of these is written with {@code _} behind it.
 *
 * @param number key of the event's number, or null to leave it out
 * @param lane key of the lane, or null to leave it out
 * @param kind key of the kind
 * @param links key of the links, an array that is left out where it is empty; null to leave them out always
 * @param global whether numbers and links are written as {@link CausalContext#header}, which is unique among recordings
 */
public record JsonForm(
        @Nullable String number,
        @Nullable String lane,
        String kind,
        @Nullable String links,
        boolean global) {
    /** Lane, kind and fields: {@code {"lane":"worker-0","kind":"TASK_DEQUEUED","task":1,"worker":0}}. */
    public static final JsonForm PLAIN = new JsonForm(null, "lane", "kind", null, false);

    /**
     * With number ({@code seq}) and links ({@code after}): {@code dettrace compare --event seq --link after} knows the
     * causal order by them.
     */
    public static final JsonForm LINKED = new JsonForm("seq", "lane", "kind", "after", false);

    /** This form with the event's number at {@code key}; null leaves it out. */
    public JsonForm withNumber(@Nullable String key) {
        return new JsonForm(key, lane, kind, links, global);
    }

    /** This form with the lane at {@code key}; null leaves it out. */
    public JsonForm withLane(@Nullable String key) {
        return new JsonForm(number, key, kind, links, global);
    }

    /** This form with the kind at {@code key}. */
    public JsonForm withKind(String key) {
        return new JsonForm(number, lane, key, links, global);
    }

    /** This form with links at {@code key}; null leaves them out. */
    public JsonForm withLinks(@Nullable String key) {
        return new JsonForm(number, lane, kind, key, global);
    }

    /** This form with names for events that are unique among recordings, to join the files of several processes. */
    public JsonForm withGlobalNames() {
        return new JsonForm(number, lane, kind, links, true);
    }

    boolean isTaken(String key) {
        return key.equals(number) || key.equals(lane) || key.equals(kind) || key.equals(links);
    }
}

package io.dettrace.formats.chrome;

import io.dettrace.formats.chrome.TraceEvents.Frame;
import java.util.HashMap;
import java.util.Map;

/** Stacks by the identity of their innermost frame, folded: outermost function first, parted by semicolons. */
final class Stacks {
    /** Frames of a stack; the outer ones of a deeper one are left out, which also ends a circle of frames. */
    static final int MAX_DEPTH = 500;

    private static final int CACHE = 10_000;

    private final Map<String, Frame> frames;
    private final Map<String, String> cache = new HashMap<>();

    Stacks(Map<String, Frame> frames) {
        this.frames = frames;
    }

    /** The stack, empty if there is no such frame. */
    String folded(String id) {
        String known = cache.get(id);
        if (known == null) {
            known = fold(id);
            if (cache.size() >= CACHE) {
                cache.clear();
            }
            cache.put(id, known);
        }
        return known;
    }

    private String fold(String id) {
        StringBuilder folded = new StringBuilder();
        Frame frame = frames.get(id);
        for (int depth = 0; frame != null && depth < MAX_DEPTH && folded.length() < 1 << 16; depth++) {
            folded.insert(0, frame.name() + (depth == 0 ? "" : ";"));
            frame = frame.parent() == null ? null : frames.get(frame.parent());
        }
        return folded.toString();
    }
}

package io.dettrace.formats.chrome;

import io.dettrace.formats.record.EventRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Flows as links: every step of a flow is linked to the step before it. An identity that starts again is another flow.
 */
final class Flows {
    /** Flows that are known at the same time; of more, those longest unused are forgotten, and a later step has no link. */
    static final int MAX_FLOWS = 200_000;

    /** The last step of each flow by its key, the longest unused first. */
    private final Map<String, String> last = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX_FLOWS;
        }
    };

    private long flows;

    /**
     * Adds a step to the event in {@code record}.
     *
     * @param in true to link it to the step before it
     * @param out true if there may be steps after it
     * @param start true if a flow starts here, whatever came before under its key
     */
    void step(EventRecord record, String key, boolean in, boolean out, boolean start) {
        String before = start ? null : last.get(key);
        if (before == null) {
            before = "f" + ++flows + ".";
            if (!start && in) {
                record.text("links", before + "0");
            }
            remember(key, before + "0");
            before += "0";
        } else if (in) {
            record.text("links", before);
        }
        if (out) {
            int dot = before.indexOf('.');
            long step = Long.parseLong(before.substring(dot + 1)) + (start ? 0 : 1);
            String now = before.substring(0, dot + 1) + step;
            record.text("event", now);
            remember(key, now);
        }
    }

    private void remember(String key, String step) {
        last.put(key, step);
    }
}

package io.dettrace.recorder;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a live run stopped agreeing with the recorded one.
 *
 * @param lane the lane it happened in
 * @param index how many events of that lane agreed before it
 * @param expected the recorded event that was due, if one was
 * @param got the event that came, if one did
 * @param sentence what is wrong, in one sentence
 * @param agreed the last agreeing events of each lane, oldest first
 */
public record Divergence(
        String lane,
        int index,
        Optional<RecordedEvent> expected,
        Optional<RecordedEvent> got,
        String sentence,
        Map<String, List<RecordedEvent>> agreed) {
    /** The whole story, in several lines. */
    public String report() {
        StringBuilder text = new StringBuilder(sentence);
        expected.ifPresent(event -> text.append("\n  expected  ").append(event.shown()));
        got.ifPresent(event -> text.append("\n  got       ").append(event.shown()));
        text.append("\nlast agreeing events:");
        if (agreed.isEmpty()) {
            text.append(" none");
        }
        agreed.forEach((name, events) -> {
            text.append("\n  ").append(name);
            events.forEach(event -> text.append("\n    ").append(event.shown()));
        });
        return text.toString();
    }
}

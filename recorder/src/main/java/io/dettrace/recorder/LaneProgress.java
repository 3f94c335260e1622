package io.dettrace.recorder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How far each lane of a live run agrees with the recorded one. Not thread-safe: its user holds a lock. */
final class LaneProgress {
    /** How many agreeing events of each lane a divergence shows. */
    static final int SHOWN = 3;

    /** The name of the one lane, where the recorded order of all counts. */
    static final String WHOLE = "run";

    private final Map<String, Cursor> lanes = new LinkedHashMap<>();
    private final boolean whole;
    private final Set<String> ignored;

    /** One lane: its recorded events, and how many of them came. */
    private static final class Cursor {
        final List<RecordedEvent> events = new ArrayList<>();
        int next;

        @Nullable
        RecordedEvent due() {
            return next < events.size() ? events.get(next) : null;
        }
    }

    LaneProgress(RecordedRun run, boolean whole, Set<String> ignored) {
        this.whole = whole;
        this.ignored = ignored;
        for (RecordedEvent event : run.events()) {
            lanes.computeIfAbsent(lane(event.lane()), name -> new Cursor())
                    .events
                    .add(event);
        }
    }

    /** The recorded event that is due in {@code lane}, if one is. */
    @Nullable
    RecordedEvent due(String lane) {
        Cursor cursor = lanes.get(lane(lane));
        return cursor == null ? null : cursor.due();
    }

    /** The event that is due in {@code lane} has come. */
    void advance(String lane) {
        Objects.requireNonNull(lanes.get(lane(lane))).next++;
    }

    /** What is wrong with {@code live}, if anything is; does not advance. */
    @Nullable
    Divergence check(RecordedEvent live) {
        RecordedEvent due = due(live.lane());
        if (due == null) {
            String sentence = lanes.containsKey(lane(live.lane()))
                    ? "lane " + live.lane() + " goes on behind its recorded end, after " + came(live.lane()) + " events"
                    : "lane " + live.lane() + " is not in the recorded run";
            return divergence(live.lane(), null, live, sentence);
        }
        if (!due.kind().equals(live.kind())) {
            return divergence(live.lane(), due, live, place(live.lane()) + live.kind() + ", expected " + due.kind());
        }
        String field = firstDifference(due, live);
        if (field == null
                && whole
                && !due.lane().equals(live.lane())
                && !due.lane().equals(WHOLE)) {
            return divergence(
                    live.lane(), due, live, place(live.lane()) + "in lane " + live.lane() + ", expected " + due.lane());
        }
        return field == null
                ? null
                : divergence(live.lane(), due, live, place(live.lane()) + live.kind() + ": " + field);
    }

    /** What is wrong with asking for the value {@code name}, if anything is; does not advance. */
    @Nullable
    Divergence checkValue(String lane, String name) {
        RecordedEvent due = due(lane);
        if (due != null && due.isValue() && name.equals(due.fields().get(Check.VALUE_NAME))) {
            return null;
        }
        String expected = due == null ? "nothing more" : due.shown();
        return divergence(lane, due, null, place(lane) + "value " + name + " asked for, expected " + expected);
    }

    /** The recorded event that is missing first, now that the run is over, if one is. */
    @Nullable
    Divergence missing() {
        String lane = null;
        RecordedEvent first = null;
        long count = 0;
        for (Map.Entry<String, Cursor> entry : lanes.entrySet()) {
            RecordedEvent due = entry.getValue().due();
            count += entry.getValue().events.size() - entry.getValue().next;
            if (due != null && (first == null || due.number() < first.number())) {
                first = due;
                lane = entry.getKey();
            }
        }
        if (first == null || lane == null) {
            return null;
        }
        return divergence(
                lane,
                first,
                null,
                "the run ended, but lane " + lane + " was due with " + first.kind() + " (event " + came(lane)
                        + " of the lane); " + count + " events are missing");
    }

    Divergence divergence(String lane, @Nullable RecordedEvent expected, @Nullable RecordedEvent got, String sentence) {
        Map<String, List<RecordedEvent>> agreed = new TreeMap<>();
        lanes.forEach((name, cursor) -> {
            if (cursor.next > 0) {
                agreed.put(name, List.copyOf(cursor.events.subList(Math.max(0, cursor.next - SHOWN), cursor.next)));
            }
        });
        return new Divergence(
                lane, came(lane), Optional.ofNullable(expected), Optional.ofNullable(got), sentence, agreed);
    }

    private String place(String lane) {
        return "lane " + lane(lane) + ", event " + came(lane) + ": ";
    }

    private int came(String lane) {
        Cursor cursor = lanes.get(lane(lane));
        return cursor == null ? 0 : cursor.next;
    }

    private String lane(String name) {
        return whole ? WHOLE : name;
    }

    private @Nullable String firstDifference(RecordedEvent due, RecordedEvent live) {
        for (Map.Entry<String, @Nullable Object> field : live.fields().entrySet()) {
            String key = field.getKey();
            if (ignored.contains(key)) {
                continue;
            }
            if (!due.fields().containsKey(key)) {
                return "unexpected field " + key + " = " + field.getValue();
            }
            if (!same(due.fields().get(key), field.getValue())) {
                return key + " is " + field.getValue() + ", expected "
                        + due.fields().get(key);
            }
        }
        for (String key : due.fields().keySet()) {
            if (!ignored.contains(key) && !live.fields().containsKey(key)) {
                return "field " + key + " is missing, expected " + due.fields().get(key);
            }
        }
        return null;
    }

    /** Infinities and NaN are texts in JSON. */
    private static boolean same(@Nullable Object a, @Nullable Object b) {
        return Objects.equals(plain(a), plain(b));
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Double number && !Double.isFinite(number) ? number.toString() : value;
    }
}

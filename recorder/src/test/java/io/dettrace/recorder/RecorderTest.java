package io.dettrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    @TempDir
    Path folder;

    @Test
    void everyKindOfFieldComesBackAsGiven() throws IOException {
        Map<String, Object> given = new LinkedHashMap<>();
        try (Recorder recorder = recorder()) {
            Event event = recorder.lane("l").event("K");
            for (long value : new long[] {
                0, -1, 1L << 46, (1L << 47) - 1, 1L << 47, -(1L << 47) - 1, Long.MIN_VALUE, Long.MAX_VALUE
            }) {
                event.with("long" + value, value);
                given.put("long" + value, value);
            }
            for (double value : new double[] {0.0, -0.0, 1.5, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY}) {
                event.with("double" + value, value);
                given.put("double" + value, value);
            }
            event.with("yes", true).with("no", false).with("none", null);
            given.put("yes", true);
            given.put("no", false);
            given.put("none", null);
            for (String value :
                    new String[] {"", "a", "12345678", "123456789", "é", "中", "中文字符x", "\ud800", "x".repeat(5000)}) {
                event.with("text" + value.hashCode(), value);
                given.put("text" + value.hashCode(), value);
            }
            event.record();
        }
        RecordedEvent read = Recording.open(folder).events().get(0);
        assertThat(read.fields()).isEqualTo(given);
        assertThat(new ArrayList<>(read.fields().keySet())).isEqualTo(new ArrayList<>(given.keySet()));
        assertThat(Recording.open(folder).notes()).isEmpty();
    }

    @Test
    void exportIsTheProgramsOwnFlatEvent() throws IOException {
        try (Recorder recorder = recorder()) {
            recorder.lane("worker-0")
                    .event("TASK_DEQUEUED")
                    .with("task", 1)
                    .with("worker", 0)
                    .record();
        }
        assertThat(export(JsonForm.PLAIN))
                .containsExactly("{\"lane\":\"worker-0\",\"kind\":\"TASK_DEQUEUED\",\"task\":1,\"worker\":0}");
    }

    @Test
    void exportCanHaveTheFormOfTheSeedsTaskRace() throws IOException {
        try (Recorder recorder = recorder()) {
            Lane lane = recorder.lane("run");
            lane.event("TASK_ENQUEUED")
                    .with("task", 1)
                    .with("worker", null)
                    .with("queue", 0)
                    .record();
            lane.event("TASK_DEQUEUED")
                    .with("task", 1)
                    .with("worker", 0)
                    .with("queue", 0)
                    .record();
        }
        assertThat(export(JsonForm.PLAIN.withNumber("seq").withLane(null).withKind("type")))
                .containsExactly(
                        "{\"seq\":0,\"type\":\"TASK_ENQUEUED\",\"task\":1,\"worker\":null,\"queue\":0}",
                        "{\"seq\":1,\"type\":\"TASK_DEQUEUED\",\"task\":1,\"worker\":0,\"queue\":0}");
    }

    @Test
    void fieldNamedLikeTheLaneIsNotLost() throws IOException {
        try (Recorder recorder = recorder()) {
            recorder.lane("a").event("K").with("lane", 3).record();
        }
        assertThat(export(JsonForm.PLAIN)).containsExactly("{\"lane\":\"a\",\"kind\":\"K\",\"lane_\":3}");
        Path file = folder.resolve("back.jsonl");
        Recording.open(folder).exportJsonLines(file);
        assertThat(RecordedRun.read(file).events().get(0).fields()).isEqualTo(Map.of("lane", 3L));
    }

    @Test
    void lastValueOfARepeatedKeyCounts() throws IOException {
        try (Recorder recorder = recorder()) {
            recorder.lane("a").event("K").with("x", 1).with("x", 2).record();
        }
        assertThat(export(JsonForm.PLAIN)).containsExactly("{\"lane\":\"a\",\"kind\":\"K\",\"x\":2}");
    }

    @Test
    void eventGivenUpHalfWayLeavesNoTrace() throws IOException {
        try (Recorder recorder = recorder()) {
            Lane lane = recorder.lane("a");
            lane.event("GIVEN_UP").with("x", 1);
            lane.event("K").with("x", 2).record();
        }
        assertThat(export(JsonForm.PLAIN)).containsExactly("{\"lane\":\"a\",\"kind\":\"K\",\"x\":2}");
    }

    @Test
    void eventRecordedWhileAnotherIsPutTogetherComesFirst() throws IOException {
        try (Recorder recorder = recorder()) {
            Lane lane = recorder.lane("a");
            lane.event("OUTER")
                    .with("x", lane.event("INNER").with("y", 1).record())
                    .record();
        }
        assertThat(export(JsonForm.PLAIN))
                .containsExactly(
                        "{\"lane\":\"a\",\"kind\":\"INNER\",\"y\":1}", "{\"lane\":\"a\",\"kind\":\"OUTER\",\"x\":0}");
    }

    @Test
    void recordingTwiceIsRecordingOnce() throws IOException {
        try (Recorder recorder = recorder()) {
            Event event = recorder.lane("a").event("K");
            assertThat(event.record()).isZero();
            assertThat(event.record()).isEqualTo(Event.DROPPED);
        }
        assertThat(Recording.open(folder).size()).isEqualTo(1);
    }

    @Test
    void eventEndedByAnotherThreadIsKept() throws Exception {
        try (Recorder recorder = recorder()) {
            recorder.lane("a").event("FIRST").record();
            Event event = recorder.lane("a").event("K").with("x", 1);
            Thread other = new Thread(() -> event.with("y", "2").record());
            other.start();
            other.join();
            recorder.lane("a").event("LAST").record();
        }
        assertThat(export(JsonForm.PLAIN)).element(1).isEqualTo("{\"lane\":\"a\",\"kind\":\"K\",\"x\":1,\"y\":\"2\"}");
    }

    @Test
    void namesBeyondAllTablesAreKept() throws IOException {
        try (Recorder recorder = recorder()) {
            for (int i = 0; i < 10_000; i++) {
                recorder.lane("lane" + i % 7).event("K" + i).with("f" + i, i).record();
            }
        }
        List<RecordedEvent> events = Recording.open(folder).events();
        assertThat(events).hasSize(10_000);
        for (int i = 0; i < 10_000; i++) {
            assertThat(events.get(i).kind()).isEqualTo("K" + i);
            assertThat(events.get(i).fields()).isEqualTo(Map.of("f" + i, (long) i));
        }
    }

    @Test
    void eventsPutTogetherAtOnceDoNotExhaustTheNames() throws IOException {
        int depth = 8;
        try (Recorder recorder = recorder()) {
            Event[] events = new Event[depth];
            for (int d = 0; d < depth; d++) {
                events[d] = recorder.lane("a").event("K" + d);
            }
            for (int f = 0; f < 900; f++) {
                for (int d = 0; d < depth; d++) {
                    events[d].with("d" + d + "f" + f, f);
                }
            }
            for (Event event : events) {
                event.record();
            }
            recorder.lane("a").event("LAST").with("x", 1).record();
            assertThat(recorder.droppedEvents()).isPositive();
        }
        Recording recording = Recording.open(folder);
        List<RecordedEvent> events = recording.events();
        assertThat(recording.size() + recording.notes().get(0).count()).isEqualTo(depth + 1);
        for (RecordedEvent event : events.subList(0, events.size() - 1)) {
            String number = event.kind().substring(1);
            assertThat(event.fields()).hasSize(900);
            event.fields().forEach((key, value) -> assertThat(key).isEqualTo("d" + number + "f" + value));
        }
        assertThat(events.get(events.size() - 1).shown()).isEqualTo("LAST  x=1");
    }

    @Test
    void stampIsTheLastField() throws IOException {
        try (Recorder recorder =
                Recorder.into(folder).keepFree(0).stamp("ns", () -> 42).open()) {
            recorder.lane("a").event("K").with("x", 1).record();
        }
        assertThat(export(JsonForm.PLAIN)).containsExactly("{\"lane\":\"a\",\"kind\":\"K\",\"x\":1,\"ns\":42}");
    }

    @Test
    void largestEventIsKeptAndOneMoreCounted() throws IOException {
        int chars = (SegmentFormat.MAX_EVENT_WORDS - 3) * 8;
        try (Recorder recorder = recorder()) {
            recorder.lane("a").event("K").with("x", "y".repeat(chars)).record();
            recorder.lane("a").event("K").with("x", "y".repeat(chars + 1)).record();
            Event many = recorder.lane("a").event("K");
            for (int i = 0; i <= NameTable.MAX_FIELDS; i++) {
                many.with("f" + i, i);
            }
            many.record();
            assertThat(recorder.droppedEvents()).isEqualTo(2);
        }
        Recording recording = Recording.open(folder);
        assertThat(recording.events())
                .singleElement()
                .satisfies(event -> assertThat((String) event.fields().get("x")).hasSize(chars));
        assertThat(recording.notes()).extracting(RecordingNote::name).containsExactly("dropped_oversized");
    }

    @Test
    void eventsAfterTheEndAreCounted() throws IOException {
        Recorder recorder = recorder();
        Lane lane = recorder.lane("a");
        lane.event("K").record();
        recorder.close();
        assertThat(lane.event("K").record()).isEqualTo(Event.DROPPED);
        assertThat(Recording.open(folder).notes())
                .containsExactly(
                        new RecordingNote("dropped_failed", 1, "1 events dropped, as writing failed or had ended"));
    }

    @Test
    void folderThatHoldsARecordingIsLeftAlone() throws IOException {
        try (Recorder recorder = recorder()) {
            recorder.lane("a").event("FIRST").record();
        }
        try (Recorder recorder = recorder()) {
            assertThat(recorder.lane("a").event("SECOND").record()).isEqualTo(Event.DROPPED);
            assertThat(recorder.problem().orElseThrow()).contains("holds a recording already");
            assertThat(recorder.droppedEvents()).isEqualTo(1);
        }
        assertThat(export(JsonForm.PLAIN)).containsExactly("{\"lane\":\"a\",\"kind\":\"FIRST\"}");
        try (Recorder recorder = Recorder.into(folder).keepFree(0).overwrite().open()) {
            recorder.lane("a").event("THIRD").record();
        }
        assertThat(export(JsonForm.PLAIN)).containsExactly("{\"lane\":\"a\",\"kind\":\"THIRD\"}");
    }

    @Test
    void eventAllocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long me = Thread.currentThread().getId();
        try (Recorder recorder = recorder()) {
            Lane lane = recorder.lane("worker-0");
            long before = 0;
            for (int i = 0; i < 300_000; i++) {
                if (i == 100_000) {
                    before = threads.getThreadAllocatedBytes(me);
                }
                lane.event("TASK")
                        .with("task", i)
                        .with("share", 0.5)
                        .with("last", false)
                        .with("state", "READY")
                        .record();
            }
            // Files and chunks are objects, but one for thousands of events.
            assertThat(threads.getThreadAllocatedBytes(me) - before).isLessThan(200_000);
        }
    }

    @Test
    void linesWrittenDirectlyAreThoseOfTheExport() throws IOException {
        Path direct = folder.resolve("direct.jsonl");
        try (Recorder binary = recorder();
                Recorder lines = Recorder.intoJsonLines(direct, JsonForm.LINKED).open()) {
            for (Recorder recorder : List.of(binary, lines)) {
                long first = recorder.lane("a").event("A").with("x", 1).record();
                recorder.lane("b").event("B").with("y", "text").after(first).record();
                recorder.lane("a").event("C").with("z", null).record();
            }
            assertThat(Files.readAllLines(direct)).hasSize(3);
        }
        assertThat(Files.readAllLines(direct)).isEqualTo(export(JsonForm.LINKED));
    }

    @Test
    void eventsDroppedFromDirectLinesAreCountedInTheLastLine() throws IOException {
        Path direct = folder.resolve("direct.jsonl");
        Recorder recorder = Recorder.intoJsonLines(direct, JsonForm.PLAIN)
                .maxBytes(64 * 1024)
                .open();
        for (int i = 0; i < 5_000; i++) {
            recorder.lane("a").event("K").with("n", i).record();
        }
        recorder.close();
        List<String> lines = Files.readAllLines(direct);
        assertThat(lines)
                .last()
                .isEqualTo("{\"lane\":\"$recorder\",\"kind\":\"$dropped\",\"count\":" + (5_001 - lines.size()) + "}");
        assertThat(recorder.droppedEvents()).isEqualTo(5_001 - lines.size());
        assertThatThrownBy(() -> RecordedRun.read(direct)).hasMessageContaining("events were dropped");
    }

    private Recorder recorder() {
        return Recorder.into(folder).keepFree(0).open();
    }

    private List<String> export(JsonForm form) throws IOException {
        Path file = Files.createTempFile(folder, "export", ".jsonl");
        Recording.open(folder).exportJsonLines(file, form);
        return Files.readAllLines(file);
    }
}

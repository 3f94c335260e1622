package io.dettrace.formats.jfr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import io.dettrace.event.InputNote;
import io.dettrace.formats.DetTrace;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.report.Explanation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.Timespan;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JfrFormatTest {
    private static final long START = TinyRecording.START;

    @TempDir
    Path folder;

    private int files;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("run" + files++ + ".jfr"), bytes);
    }

    private static List<Map<String, String>> events(Path path, ReadContext context, Map<String, String> options)
            throws IOException {
        RecordInput input = new RecordInput("run.jfr", List.of(new InputFile(path, "run.jfr")), options);
        List<Map<String, String>> events = new ArrayList<>();
        try (RecordReader reader = new JfrFormat().open(input, context)) {
            while (reader.next()) {
                Map<String, String> event = new TreeMap<>();
                reader.record().fields().forEach(f -> event.put(f.path(), f.text()));
                events.add(event);
            }
        }
        return events;
    }

    private List<Map<String, String>> events(byte[] bytes) throws IOException {
        return events(file(bytes), new ReadContext(false, -1), Map.of());
    }

    // ---- real recordings -------------------------------------------------------------------------------------------

    /** What a program says itself. */
    @Name("test.Order")
    static class Order extends Event {
        int amount;
        String item;

        @Timespan
        long took;
    }

    private static void order(int amount) {
        Order order = new Order();
        order.amount = amount;
        order.item = "item" + amount;
        order.took = System.nanoTime();
        order.commit();
    }

    /** A program with a thread that has to wait for a monitor, and one that parks and fails. */
    private Path record(int amount) throws Exception {
        Object monitor = new Object();
        try (Recording recording = new Recording()) {
            recording.enable("jdk.JavaMonitorEnter").withThreshold(java.time.Duration.ZERO);
            recording.enable("jdk.ThreadPark").withThreshold(java.time.Duration.ZERO);
            recording.enable("jdk.ThreadStart");
            recording.enable("jdk.ThreadEnd");
            recording.enable("jdk.JavaErrorThrow");
            recording.enable("jdk.CPULoad");
            recording.enable(Order.class);
            recording.start();
            CountDownLatch started = new CountDownLatch(1);
            Thread waiter = new Thread(
                    () -> {
                        order(1);
                        started.countDown();
                        synchronized (monitor) {
                            order(2);
                        }
                    },
                    "waiter");
            synchronized (monitor) {
                waiter.start();
                started.await();
                while (waiter.getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                }
            }
            waiter.join();
            Thread parker = new Thread(
                    () -> {
                        LockSupport.parkNanos(new JfrFormatTest(), 1_000_000);
                        order(amount);
                    },
                    "parker");
            parker.start();
            parker.join();
            recording.stop();
            Path path = folder.resolve("real" + files++ + ".jfr");
            recording.dump(path);
            return path;
        }
    }

    private static List<String> lane(List<Map<String, String>> events, String lane) {
        return events.stream()
                .filter(e -> e.get("thread").equals(lane))
                .map(e -> e.get("eventType") + (e.containsKey("amount") ? " " + e.get("amount") : ""))
                .toList();
    }

    @Test
    void theStepsOfAProgramAreThereByThreadAndInOrder() throws Exception {
        ReadContext context = new ReadContext(false, -1);
        List<Map<String, String>> events = events(record(3), context, Map.of());
        assertThat(lane(events, "waiter"))
                .containsExactly(
                        "jdk.ThreadStart", "test.Order 1", "jdk.JavaMonitorEnter", "test.Order 2", "jdk.ThreadEnd");
        assertThat(lane(events, "parker"))
                .containsExactly("jdk.ThreadStart", "jdk.ThreadPark", "test.Order 3", "jdk.ThreadEnd");
        Map<String, String> enter = events.stream()
                .filter(e -> e.get("eventType").equals("jdk.JavaMonitorEnter")
                        && e.get("thread").equals("waiter"))
                .findFirst()
                .orElseThrow();
        assertThat(enter)
                .containsEntry("monitorClass", "java.lang.Object")
                .containsEntry("previousOwner", Thread.currentThread().getName());
        assertThat(enter.get("at")).startsWith(JfrFormatTest.class.getName() + ".lambda$record$");
        Map<String, String> order = events.stream()
                .filter(e -> "3".equals(e.get("amount")))
                .findFirst()
                .orElseThrow();
        assertThat(order)
                .containsEntry("item", "item3")
                .containsKey("other.took")
                .doesNotContainKey("took");
    }

    @Test
    void twoRunsOfOneProgramAreEqualAndAnotherValueIsTheOnlyRoot() throws Exception {
        Path first = record(3);
        String main = Thread.currentThread().getName();
        Explanation same = DetTrace.compare(first, record(3));
        assertThat(same.comparison().roots())
                .filteredOn(d -> !d.lane().equals(main))
                .isEmpty();
        Explanation found = DetTrace.compare(first, record(4));
        assertThat(found.comparison().roots())
                .filteredOn(d -> !d.lane().equals(main))
                .singleElement()
                .satisfies(d -> assertThat(d.lane()).isEqualTo("parker"));
    }

    @Test
    void everyEventOfARealRecordingIsReadAndCountsAsTheJdkCounts() throws Exception {
        Path path = record(3);
        Map<String, Integer> expected = new HashMap<>();
        RecordingFile.readAllEvents(path)
                .forEach(e -> expected.merge(e.getEventType().getName(), 1, Integer::sum));
        Map<String, Integer> found = new HashMap<>();
        events(path, new ReadContext(false, -1), Map.of("events", "all"))
                .forEach(e -> found.merge(e.get("eventType"), 1, Integer::sum));
        assertThat(found).isEqualTo(expected);
    }

    // ---- crafted recordings ----------------------------------------------------------------------------------------

    @Test
    void eventsAreSortedByTheirStartAcrossChunks() throws IOException {
        byte[] later = new TinyRecording()
                .step(START + 30, "a", 3)
                .step(START + 10, "a", 1)
                .bytes();
        byte[] earlier =
                new TinyRecording().step(START + 20, "a", 2).step(START, "b", 0).bytes();
        byte[] both = ByteBuffer.allocate(later.length + earlier.length)
                .put(later)
                .put(earlier)
                .array();
        assertThat(events(both)).extracting(e -> e.get("amount")).containsExactly("0", "1", "2", "3");
    }

    @Test
    void threadsOfOneNameAreNumberedByTheirFirstEvent() throws IOException {
        byte[] bytes = new TinyRecording()
                .stepOfNew(START + 2, "worker", 2)
                .stepOfNew(START + 1, "worker", 1)
                .stepOfNew(START + 3, "", 3)
                .bytes();
        assertThat(events(bytes))
                .extracting(e -> e.get("thread") + "=" + e.get("amount"))
                .containsExactly("worker=1", "worker#2=2", "unnamed#1=3");
    }

    @Test
    void samplesAreLeftOutAndCounted() throws IOException {
        byte[] step = new TinyRecording().step(START, "a", 1).bytes();
        byte[] sample =
                new TinyRecording().type("jdk.CPULoad").step(START + 1, "a", 2).bytes();
        byte[] both = ByteBuffer.allocate(step.length + sample.length)
                .put(step)
                .put(sample)
                .array();
        ReadContext context = new ReadContext(false, -1);
        assertThat(events(file(both), context, Map.of())).hasSize(1);
        assertThat(context.notes()).extracting(InputNote::code).containsExactly("left_out");
        assertThat(context.notes().get(0).message()).startsWith("1 events").contains("1 jdk.CPULoad");
        assertThat(events(file(both), context, Map.of("events", "all"))).hasSize(2);
        assertThat(events(file(both), context, Map.of("events", "jdk.CPU*"))).hasSize(1);
    }

    @Test
    void aRecordingOfSamplesAloneIsReadWhole() throws IOException {
        byte[] sample =
                new TinyRecording().type("jdk.CPULoad").step(START + 1, "a", 2).bytes();
        ReadContext context = new ReadContext(false, -1);
        assertThat(events(file(sample), context, Map.of())).hasSize(1);
        assertThat(context.notes()).extracting(InputNote::code).containsExactly("all_events");
        assertThatThrownBy(() -> events(file(sample), context, Map.of("events", "app")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("jdk.CPULoad");
    }

    @Test
    void placesAreThoseInTheFile() throws IOException {
        byte[] bytes =
                new TinyRecording().step(START, "a", 1).step(START + 1, "a", 2).bytes();
        RecordInput input = new RecordInput("r", List.of(new InputFile(file(bytes), "r")), Map.of());
        try (RecordReader reader = new JfrFormat().open(input, new ReadContext(false, -1))) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.record().offset()).isEqualTo(Chunk.HEADER_SIZE);
            long second = reader.record().offset() + reader.record().length();
            assertThat(reader.next()).isTrue();
            assertThat(reader.record().offset()).isEqualTo(second);
        }
    }

    // ---- what is wrong ---------------------------------------------------------------------------------------------

    @Test
    void aChunkThatAJvmWasStillWritingIsRefusedAtOnce() {
        byte[] writing = new TinyRecording().state(255).step(START, "a", 1).bytes();
        assertThatThrownBy(() -> events(writing))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("run.jfr: chunk 1 at byte 0 cannot be read: it was not finished");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1000, -1, Long.MIN_VALUE})
    void constantsThatReferElsewhereAreRefused(long delta) {
        byte[] ring =
                new TinyRecording().constantsDelta(delta).step(START, "a", 1).bytes();
        assertThatThrownBy(() -> events(ring))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("refer to others");
    }

    @Test
    void aBrokenChunkIsLeftOutWhenLenient() throws IOException {
        byte[] good = new TinyRecording().step(START, "a", 1).bytes();
        byte[] cut = Arrays.copyOf(new TinyRecording().step(START, "a", 2).bytes(), 100);
        byte[] both =
                ByteBuffer.allocate(good.length + cut.length).put(good).put(cut).array();
        assertThatThrownBy(() -> events(both))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("chunk 2 at byte " + good.length)
                .hasMessageContaining("the file ends inside it");
        ReadContext lenient = new ReadContext(true, -1);
        assertThat(events(file(both), lenient, Map.of())).hasSize(1);
        assertThat(lenient.notes()).extracting(InputNote::code).containsExactly("broken_chunks");
    }

    @Test
    void otherVersionsAreRefusedByName() {
        byte[] old = new TinyRecording().step(START, "a", 1).bytes();
        old[5] = 0;
        assertThatThrownBy(() -> events(old))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("its version is 0, expected 1 or 2");
    }

    @Test
    void generatedNamesLoseTheirNumbers() {
        assertThat(ValueWriter.className("a.B$$Lambda$14/0x00007f1234")).isEqualTo("a.B$$Lambda");
        assertThat(ValueWriter.className("a.B$$Lambda/0x00007f1234")).isEqualTo("a.B$$Lambda");
        assertThat(ValueWriter.className("jdk.proxy2.$Proxy17")).isEqualTo("jdk.proxy2.$Proxy");
        assertThat(ValueWriter.className("a.B$1")).isEqualTo("a.B$1");
    }
}

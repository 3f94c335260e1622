package io.dettrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.testkit.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowTest {
    @TempDir
    Path folder;

    @Test
    void threadsRecordInTheRecordedOrderWhateverItIs() {
        Seeds.each(10, seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            int threads = 2 + random.nextInt(4);
            List<RecordedEvent> order = new ArrayList<>();
            int[] next = new int[threads];
            for (int i = 0; i < 200; i++) {
                int lane = random.nextInt(threads);
                order.add(event(order.size(), "t" + lane, "STEP", Map.of("n", (long) next[lane]++)));
            }
            Path place = folder.resolve("run" + seed);
            try (Recorder recorder = Recorder.into(place)
                    .keepFree(0)
                    .follow(Follow.order(new RecordedRun(order)))
                    .open()) {
                List<Thread> all = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    Lane lane = recorder.lane("t" + i);
                    int events = next[i];
                    all.add(new Thread(() -> {
                        for (int n = 0; n < events; n++) {
                            lane.event("STEP").with("n", n).record();
                        }
                    }));
                }
                all.forEach(Thread::start);
                all.forEach(GuardTest::join);
            }
            assertThat(Recording.open(place).events()).isEqualTo(order);
        });
    }

    @Test
    void whatEventsTellOfFollowsTooWhereThreadsAwaitTheirTurn() {
        Seeds.each(10, seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            List<RecordedEvent> order = new ArrayList<>();
            for (long task = 0; task < 50; task++) {
                order.add(event(order.size(), "w" + random.nextInt(3), "TAKEN", Map.of("task", task)));
            }
            ConcurrentLinkedQueue<Integer> queue = new ConcurrentLinkedQueue<>();
            for (int task = 0; task < 50; task++) {
                queue.add(task);
            }
            // Fails at the first task that another worker takes.
            try (Recorder recorder = Recorder.withoutFiles()
                    .follow(Follow.order(new RecordedRun(order)))
                    .open()) {
                List<Thread> all = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    Lane lane = recorder.lane("w" + i);
                    long mine = order.stream()
                            .filter(event -> event.lane().equals(lane.name()))
                            .count();
                    all.add(new Thread(() -> {
                        for (long n = 0; n < mine; n++) {
                            lane.awaitTurn();
                            lane.event("TAKEN").with("task", queue.remove()).record();
                        }
                    }));
                }
                all.forEach(Thread::start);
                all.forEach(GuardTest::join);
            }
        });
    }

    @Test
    void orderThatCannotBeFollowedNamesWhoWaitsForWhom() {
        RecordedRun run = new RecordedRun(List.of(
                event(0, "a", "FIRST", Map.of()),
                event(1, "b", "SECOND", Map.of("x", 1L)),
                event(2, "a", "THIRD", Map.of())));
        List<Divergence> heard = new ArrayList<>();
        Follow follow = Follow.order(run).patience(Duration.ofMillis(200)).onDivergence(heard::add);
        try (Recorder recorder = Recorder.withoutFiles().follow(follow).open()) {
            Thread thread = new Thread(
                    () -> {
                        recorder.lane("a").event("FIRST").record();
                        recorder.lane("a").event("THIRD").record();
                    },
                    "the first thread");
            thread.start();
            GuardTest.join(thread);
        }
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).sentence())
                .contains("cannot follow the recorded order: event 1 is due in lane b, but did not come within 200 ms")
                .contains("no thread has recorded anything in that lane yet")
                .contains("waits: a with THIRD (thread the first thread) for b");
        assertThat(heard.get(0).expected().orElseThrow().kind()).isEqualTo("SECOND");
        assertThat(heard.get(0).agreed()).containsKey("a");
    }

    @Test
    void verdictSaysWhereTheThreadThatIsDueIs() throws InterruptedException {
        RecordedRun run = new RecordedRun(List.of(
                event(0, "a", "FIRST", Map.of()), event(1, "a", "SECOND", Map.of()), event(2, "b", "THIRD", Map.of())));
        Object never = new Object();
        Follow follow = Follow.order(run).patience(Duration.ofMillis(300)).onDivergence(found -> {});
        try (Recorder recorder = Recorder.withoutFiles().follow(follow).open()) {
            Thread stuck = new Thread(
                    () -> {
                        recorder.lane("a").event("FIRST").record();
                        waitFor(never);
                    },
                    "stuck");
            stuck.start();
            recorder.lane("b").event("THIRD").record();
            stuck.interrupt();
            stuck.join();
        }
        assertThat(follow.divergence().orElseThrow().sentence())
                .contains("its last thread, stuck, is WAITING")
                .contains("FollowTest.waitFor");
    }

    private static void waitFor(Object monitor) {
        synchronized (monitor) {
            try {
                while (true) {
                    monitor.wait();
                }
            } catch (InterruptedException e) {
                // The test is over.
            }
        }
    }

    @Test
    void wrongEventEndsTheFollowingAtOnce() {
        RecordedRun run = new RecordedRun(List.of(event(0, "a", "FIRST", Map.of()), event(1, "b", "SECOND", Map.of())));
        assertThatThrownBy(() -> {
                    try (Recorder recorder = Recorder.withoutFiles()
                            .follow(Follow.order(run).patience(Duration.ofDays(1)))
                            .open()) {
                        recorder.lane("b").event("OTHER").record();
                    }
                })
                .isInstanceOf(DivergenceError.class)
                .hasMessageContaining("lane b, event 0: OTHER, expected SECOND");
    }

    @Test
    void valuesAreGivenBackWithoutATurn() {
        RecordedRun run = new RecordedRun(List.of(
                event(0, "b", "FIRST", Map.of()),
                event(1, "a", Check.VALUE_KIND, fields("name", "clock", "value", 17L)),
                event(2, "a", "SECOND", Map.of("time", 17L))));
        try (Recorder recorder =
                Recorder.withoutFiles().follow(Follow.order(run)).open()) {
            recorder.lane("a").enter();
            long time = recorder.longValue("clock", System::nanoTime);
            Thread first = new Thread(() -> recorder.lane("b").event("FIRST").record());
            first.start();
            recorder.event("SECOND").with("time", time).record();
            GuardTest.join(first);
        }
    }

    @Test
    void interruptOfAWaitingThreadIsKeptForLater() throws InterruptedException {
        RecordedRun run = new RecordedRun(List.of(event(0, "a", "FIRST", Map.of()), event(1, "b", "SECOND", Map.of())));
        boolean[] interrupted = new boolean[1];
        try (Recorder recorder =
                Recorder.withoutFiles().follow(Follow.order(run)).open()) {
            Thread second = new Thread(() -> {
                recorder.lane("b").event("SECOND").record();
                interrupted[0] = Thread.currentThread().isInterrupted();
            });
            second.start();
            second.interrupt();
            recorder.lane("a").event("FIRST").record();
            second.join();
        }
        assertThat(interrupted[0]).isTrue();
    }

    private static Map<String, Object> fields(String a, Object x, String b, Object y) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(a, x);
        fields.put(b, y);
        return fields;
    }

    private static RecordedEvent event(long number, String lane, String kind, Map<String, Object> fields) {
        return new RecordedEvent(number, lane, kind, fields, List.of());
    }
}

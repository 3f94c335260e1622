package io.dettrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadsTest {
    @TempDir
    Path folder;

    @Test
    void everyThreadsEventsComeBackInItsOrder() {
        Seeds.each(8, seed -> {
            Path place = folder.resolve("run" + seed);
            SplittableRandom random = new SplittableRandom(seed);
            int threads = 1 + random.nextInt(12);
            List<List<RecordedEvent>> given = new ArrayList<>();
            try (Recorder recorder = Recorder.into(place)
                    .keepFree(0)
                    .segmentBytes(random.nextBoolean() ? 16 * 1024 : 1 << 20)
                    .open()) {
                List<Thread> all = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    List<RecordedEvent> mine = new ArrayList<>();
                    given.add(mine);
                    SplittableRandom own = random.split();
                    String lane = "lane" + i;
                    all.add(new Thread(() -> writeRandomly(recorder, lane, own, mine)));
                }
                all.forEach(Thread::start);
                for (Thread thread : all) {
                    thread.join();
                }
            }
            Recording recording = Recording.open(place);
            assertThat(recording.notes()).isEmpty();
            Map<String, List<RecordedEvent>> read = new HashMap<>();
            long[] next = {0};
            recording.forEach(event -> {
                assertThat(event.number()).isEqualTo(next[0]++);
                read.computeIfAbsent(event.lane(), lane -> new ArrayList<>()).add(event);
            });
            for (int i = 0; i < threads; i++) {
                assertThat(read.getOrDefault("lane" + i, List.of())).isEqualTo(given.get(i));
            }
        });
    }

    private static void writeRandomly(
            Recorder recorder, String lane, SplittableRandom random, List<RecordedEvent> given) {
        int events = random.nextInt(3000);
        for (int n = 0; n < events; n++) {
            String kind = "K" + random.nextInt(random.nextInt(10) == 0 ? 100_000 : 5);
            Event event = recorder.lane(lane).event(kind);
            Map<String, Object> fields = new java.util.LinkedHashMap<>();
            for (int f = random.nextInt(6); f > 0; f--) {
                String key = "f" + random.nextInt(8);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        long value = random.nextLong() >> random.nextInt(64);
                        event.with(key, value);
                        fields.put(key, value);
                    }
                    case 1 -> {
                        double value = random.nextDouble();
                        event.with(key, value);
                        fields.put(key, value);
                    }
                    case 2 -> {
                        boolean value = random.nextBoolean();
                        event.with(key, value);
                        fields.put(key, value);
                    }
                    default -> {
                        String value = random.nextInt(50) == 0
                                ? "long".repeat(random.nextInt(8000))
                                : Integer.toString(random.nextInt(), 36) + (char) random.nextInt(0x3000);
                        event.with(key, value);
                        fields.put(key, value);
                    }
                }
            }
            given.add(new RecordedEvent(event.record(), lane, kind, fields, List.of()));
        }
    }

    @Test
    void whatHappenedBeforeHasASmallerNumber() throws Exception {
        // Two threads take turns by a volatile field; their events must alternate.
        int rounds = 2_000;
        java.util.concurrent.atomic.AtomicInteger turn = new java.util.concurrent.atomic.AtomicInteger();
        try (Recorder recorder = recorder()) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int me = i;
                Lane lane = recorder.lane("t" + i);
                threads.add(new Thread(() -> {
                    for (int n = 0; n < rounds; n++) {
                        while (turn.get() != me) {
                            Thread.yield();
                        }
                        lane.event("TURN").with("n", n).record();
                        turn.set(1 - me);
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        List<RecordedEvent> events = Recording.open(folder).events();
        for (int i = 0; i < 2 * rounds; i++) {
            assertThat(events.get(i).lane()).isEqualTo("t" + i % 2);
        }
    }

    @Test
    void thousandsOfShortThreadsShareTheirChunks() throws Exception {
        try (Recorder recorder = recorder()) {
            for (int i = 0; i < 5_000; i++) {
                int n = i;
                Thread thread = new Thread(
                        () -> recorder.lane("a").event("K").with("n", n).record());
                thread.start();
                thread.join();
            }
        }
        Recording recording = Recording.open(folder);
        assertThat(recording.size()).isEqualTo(5_000);
        try (var files = Files.list(folder)) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(1 << 20);
        }
    }

    @Test
    void thousandsOfThreadsAtOnceKeepTheirEvents() throws Exception {
        try (Recorder recorder = recorder()) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                int n = i;
                threads.add(new Thread(
                        null, () -> recorder.lane("a").event("K").with("n", n).record(), "t" + i, 64 * 1024));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertThat(Recording.open(folder).events())
                .extracting(event -> event.fields().get("n"))
                .doesNotHaveDuplicates()
                .hasSize(2_000);
    }

    @Test
    void eventsHandedToOtherThreadsHalfWayStayWhatTheyAre() throws Exception {
        int rounds = 20_000;
        try (Recorder recorder = recorder()) {
            java.util.concurrent.SynchronousQueue<Event> queue = new java.util.concurrent.SynchronousQueue<>();
            Thread other = new Thread(() -> {
                try {
                    for (int i = 0; i < rounds; i++) {
                        queue.take().with("b" + i % 2000, i).record();
                        recorder.lane("other")
                                .event("OWN" + i % 1500)
                                .with("c" + i % 1100, i)
                                .record();
                    }
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            other.start();
            for (int i = 0; i < rounds; i++) {
                queue.put(recorder.lane("a").event("K" + i % 900).with("a" + i % 1700, i));
                recorder.lane("main")
                        .event("OWN" + i % 1300)
                        .with("d" + i % 1900, i)
                        .record();
            }
            other.join();
        }
        Map<String, Integer> next = new HashMap<>();
        Recording.open(folder).forEach(event -> {
            int i = next.merge(event.lane(), 1, Integer::sum) - 1;
            long n = i;
            switch (event.lane()) {
                case "a" ->
                    assertThat(event.kind() + event.fields())
                            .isEqualTo("K" + i % 900 + "{a" + i % 1700 + "=" + n + ", b" + i % 2000 + "=" + n + "}");
                case "main" ->
                    assertThat(event.kind() + event.fields())
                            .isEqualTo("OWN" + i % 1300 + "{d" + i % 1900 + "=" + n + "}");
                default ->
                    assertThat(event.kind() + event.fields())
                            .isEqualTo("OWN" + i % 1500 + "{c" + i % 1100 + "=" + n + "}");
            }
        });
        assertThat(next).isEqualTo(Map.of("a", rounds, "main", rounds, "other", rounds));
    }

    @Test
    void virtualThreadsKeepTheirEvents() throws Exception {
        java.lang.reflect.Method virtual;
        try {
            virtual = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
        } catch (NoSuchMethodException e) {
            org.junit.jupiter.api.Assumptions.abort("virtual threads need a JDK 21");
            return;
        }
        try (Recorder recorder = recorder()) {
            ExecutorService pool = (ExecutorService) virtual.invoke(null);
            for (int i = 0; i < 5_000; i++) {
                int n = i;
                pool.execute(() -> recorder.lane("a").event("K").with("n", n).record());
            }
            pool.shutdown();
            assertThat(pool.awaitTermination(60, java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(Recording.open(folder).events())
                .extracting(event -> event.fields().get("n"))
                .doesNotHaveDuplicates()
                .hasSize(5_000);
    }

    @Test
    void takenUpTaskComesAfterTheForkAndTheJoinAfterTheTask() throws Exception {
        try (Recorder recorder = recorder()) {
            recorder.lane("main").enter();
            long before = recorder.event("BEFORE").record();
            Fork fork = recorder.fork(recorder.lane("child"));
            Thread child = new Thread(fork.wrap(() -> {
                recorder.event("FIRST").record();
                recorder.event("LAST").record();
            }));
            child.start();
            child.join();
            fork.join();
            recorder.event("AFTER").record();
            assertThat(before).isZero();
        }
        assertThat(export(JsonForm.LINKED))
                .containsExactly(
                        "{\"seq\":0,\"lane\":\"main\",\"kind\":\"BEFORE\"}",
                        "{\"seq\":1,\"lane\":\"child\",\"kind\":\"FIRST\",\"after\":[0]}",
                        "{\"seq\":2,\"lane\":\"child\",\"kind\":\"LAST\"}",
                        "{\"seq\":3,\"lane\":\"main\",\"kind\":\"AFTER\",\"after\":[2]}");
    }

    @Test
    void executorsTasksComeAfterWhoGaveThem() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(1);
        try (Recorder recorder = recorder()) {
            Lane main = recorder.lane("main");
            Lane worker = recorder.lane("worker");
            pool.submit(() -> worker.event("EARLIER").record()).get();
            main.event("GIVE").record();
            CompletableFuture.runAsync(() -> worker.event("TAKE").record(), recorder.wrap(pool))
                    .get();
            pool.submit(() -> worker.event("LATER").record()).get();
            assertThat(recorder.wrap(() -> "called").call()).isEqualTo("called");
        } finally {
            pool.shutdown();
        }
        assertThat(Recording.open(folder).events())
                .extracting(event -> event.links().size())
                .containsExactly(0, 0, 1, 0);
    }

    @Test
    void headerCarriesTheContextToAnotherProcess() throws IOException {
        Path second = folder.resolve("second");
        String header;
        try (Recorder sender = recorder()) {
            sender.event("SEND").record();
            header = sender.context().header();
        }
        try (Recorder receiver = Recorder.into(second).keepFree(0).open()) {
            receiver.receive(CausalContext.parse(header));
            receiver.event("RECEIVE").record();
            receiver.event("GO_ON").record();
        }
        List<RecordedEvent> events = Recording.open(second).events();
        assertThat(events.get(0).links())
                .containsExactly(new CausalContext(Recording.open(folder).id(), 0));
        assertThat(events.get(1).links()).isEmpty();
        Path file = folder.resolve("global.jsonl");
        Recording.open(second).exportJsonLines(file, JsonForm.LINKED.withGlobalNames());
        assertThat(Files.readAllLines(file).get(0)).contains("\"after\":[\"" + header + "\"]");
    }

    @Test
    void contextIsReadBackFromItsHeader() {
        Seeds.each(50, seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            CausalContext context = new CausalContext(
                    new RecordingId(random.nextLong(), random.nextLong()), random.nextLong(-1, Long.MAX_VALUE));
            assertThat(CausalContext.parse(context.header())).isEqualTo(context);
        });
    }

    @Test
    void wrongHeadersSayWhatIsWrong() {
        String id = "0af7651916cd43dd8448eb211c80319c";
        assertWrong("", "expected version-recording-event, found 1 parts");
        assertWrong("2-" + id + "-00000000000004d2", "expected version 1, found \"2\"");
        assertWrong("1-" + id + "-4d2", "expected 16 hexadecimal digits or \"none\", found \"4d2\"");
        assertWrong("1-" + id.substring(1) + "-00000000000004d2", "expected 32 hexadecimal digits, found 31");
        assertWrong("1-" + id.replace('a', 'A') + "-00000000000004d2", "position 1, found 'A'");
        assertWrong("1-" + id + "-ffffffffffffffff", "below 2^63");
    }

    private static void assertWrong(String header, String message) {
        assertThatThrownBy(() -> CausalContext.parse(header))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("dettrace header \"")
                .hasMessageContaining(message);
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

package io.dettrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
    @TempDir
    Path folder;

    @Test
    void sameRunAgrees() throws IOException {
        RecordedRun run = record(GuardTest::tasks);
        assertThatCode(() -> guarded(Guard.against(run), GuardTest::tasks)).doesNotThrowAnyException();
    }

    @Test
    void otherInterleavingOfLanesAgreesUnlessTheWholeOrderCounts() throws IOException {
        RecordedRun run = record(recorder -> {
            recorder.lane("a").event("A").record();
            recorder.lane("b").event("B").record();
        });
        Consumer<Recorder> swapped = recorder -> {
            recorder.lane("b").event("B").record();
            recorder.lane("a").event("A").record();
        };
        assertThatCode(() -> guarded(Guard.against(run), swapped)).doesNotThrowAnyException();
        assertThatThrownBy(() -> guarded(Guard.against(run).wholeOrder(), swapped))
                .isInstanceOf(DivergenceError.class)
                .hasMessageStartingWith("lane run, event 0: B, expected A");
    }

    @Test
    void firstDifferingValueIsNamedWithTheLastAgreeingEventsOfEachLane() throws IOException {
        RecordedRun run = record(GuardTest::tasks);
        List<String> came = new ArrayList<>();
        assertThatThrownBy(() -> guarded(Guard.against(run), recorder -> {
                    recorder.lane("queue").event("ENQUEUED").with("task", 1).record();
                    recorder.lane("queue").event("ENQUEUED").with("task", 2).record();
                    came.add("before");
                    recorder.lane("worker").event("DEQUEUED").with("task", 2).record();
                    came.add("after");
                }))
                .isInstanceOf(DivergenceError.class)
                .hasMessage("""
                        lane worker, event 0: DEQUEUED: task is 2, expected 1
                          expected  DEQUEUED  task=1
                          got       DEQUEUED  task=2
                        last agreeing events:
                          queue
                            ENQUEUED  task=1
                            ENQUEUED  task=2""");
        assertThat(came).containsExactly("before");
    }

    @Test
    void missingSuperfluousAndUnknownEventsAreFound() throws IOException {
        RecordedRun run = record(GuardTest::tasks);
        assertFound(
                run,
                recorder ->
                        recorder.lane("queue").event("ENQUEUED").with("task", 1).record(),
                "the run ended, but lane queue was due with ENQUEUED (event 1 of the lane); 3 events are missing");
        assertFound(
                run, recorder -> recorder.lane("other").event("X").record(), "lane other is not in the recorded run");
        assertFound(
                run,
                recorder -> recorder.lane("queue").event("X").record(),
                "lane queue, event 0: X, expected ENQUEUED");
        assertFound(
                run,
                recorder -> recorder.lane("queue").event("ENQUEUED").record(),
                "field task is missing, expected 1");
        assertFound(
                run,
                recorder -> recorder.lane("queue")
                        .event("ENQUEUED")
                        .with("task", 1)
                        .with("x", 2)
                        .record(),
                "unexpected field x = 2");
        assertFound(
                run,
                recorder -> {
                    tasks(recorder);
                    recorder.lane("worker").event("MORE").record();
                },
                "lane worker goes on behind its recorded end, after 2 events");
    }

    private void assertFound(RecordedRun run, Consumer<Recorder> live, String sentence) {
        assertThatThrownBy(() -> guarded(Guard.against(run), live))
                .isInstanceOf(DivergenceError.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void errorSwallowedByAPoolIsThrownAtTheEnd() throws IOException {
        RecordedRun run = record(GuardTest::tasks);
        assertThatThrownBy(() -> guarded(Guard.against(run), recorder -> {
                    Thread thread = new Thread(
                            () -> recorder.lane("worker").event("WRONG").record());
                    thread.setUncaughtExceptionHandler((t, e) -> {});
                    thread.start();
                    join(thread);
                    tasks(recorder);
                }))
                .isInstanceOf(DivergenceError.class)
                .hasMessageContaining("lane worker, event 0: WRONG, expected DEQUEUED");
    }

    @Test
    void handlerHearsOnceAndTheRunGoesOn() throws IOException {
        RecordedRun run = record(GuardTest::tasks);
        List<Divergence> heard = new ArrayList<>();
        Guard guard = Guard.against(run).onDivergence(heard::add);
        guarded(guard, recorder -> {
            recorder.lane("queue").event("WRONG").record();
            recorder.lane("queue").event("WRONG AGAIN").record();
        });
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).index()).isZero();
        assertThat(heard.get(0).got().orElseThrow().kind()).isEqualTo("WRONG");
        assertThat(guard.divergence()).contains(heard.get(0));
    }

    @Test
    void ignoredFieldsMayDiffer() throws IOException {
        RecordedRun run = record(recorder ->
                recorder.lane("a").event("A").with("time", 1).with("x", 1).record());
        assertThatCode(() -> guarded(
                        Guard.against(run).ignore("time"),
                        recorder -> recorder.lane("a")
                                .event("A")
                                .with("time", 2)
                                .with("x", 1)
                                .record()))
                .doesNotThrowAnyException();
    }

    @Test
    void valuesOfTheOutsideAreGivenBack() throws IOException {
        Consumer<Recorder> program = recorder -> {
            recorder.lane("main").enter();
            long time = recorder.longValue("clock", System::nanoTime);
            double random = recorder.doubleValue("random", Math::random);
            boolean coin = recorder.booleanValue("coin", () -> System.nanoTime() % 2 == 0);
            String reply = recorder.textValue("reply", () -> "r" + System.nanoTime());
            String none = recorder.textValue("none", () -> null);
            byte[] packet = recorder.bytesValue(
                    "packet", () -> Long.toString(System.nanoTime()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            double nan = recorder.doubleValue("nan", () -> Double.NaN);
            recorder.event("USED")
                    .with("time", time)
                    .with("random", random)
                    .with("coin", coin)
                    .with("reply", reply)
                    .with("none", none)
                    .with("packet", packet.length + ":" + packet[packet.length - 1])
                    .with("nan", nan)
                    .record();
        };
        RecordedRun run = record(program);
        for (int i = 0; i < 3; i++) {
            assertThatCode(() -> guarded(Guard.against(run), program)).doesNotThrowAnyException();
        }
        Path file = folder.resolve("values.jsonl");
        Recording.open(folder.resolve("run")).exportJsonLines(file);
        assertThat(Files.readAllLines(file).get(4))
                .isEqualTo("{\"lane\":\"main\",\"kind\":\"$value\",\"name\":\"none\",\"value\":null}");
        RecordedRun text = RecordedRun.read(file);
        assertThatCode(() -> guarded(Guard.against(text), program)).doesNotThrowAnyException();
    }

    @Test
    void valueAskedForElsewhereIsFound() throws IOException {
        RecordedRun run = record(recorder -> recorder.lane("a").event("A").record());
        assertThatThrownBy(() -> guarded(Guard.against(run), recorder -> {
                    recorder.lane("a").enter();
                    recorder.longValue("clock", () -> 1);
                }))
                .hasMessageContaining("lane a, event 0: value clock asked for, expected A");
    }

    @Test
    void realValuesAreTakenWhereAsked() throws IOException {
        Consumer<Recorder> program = recorder -> {
            recorder.lane("a").enter();
            recorder.longValue("clock", () -> 1);
        };
        RecordedRun run = record(program);
        long[] got = new long[1];
        guarded(Guard.against(run).realValues(), recorder -> {
            recorder.lane("a").enter();
            got[0] = recorder.longValue("clock", () -> 2);
        });
        assertThat(got[0]).isEqualTo(2);
    }

    @Test
    void unreadableLinesAreNamedWithLineAndColumn() throws IOException {
        assertUnreadable(
                "{\"lane\":\"a\",\"kind\":\"K\"}\n{\"lane\":\"a\",\"kind\":\"K\",\"x\":1,\"x\":2}",
                "line 2, column 30: expected each key once");
        assertUnreadable(
                "{\"lane\":\"a\",\"kind\":\"K\",\"x\":{}}",
                "line 1, column 28: expected a text, a number, true, false or null, found {}}");
        assertUnreadable("{\"lane\":\"a\",\"kind\":3}", "expected a text at key \"kind\"");
        assertUnreadable("{\"lane\":\"a\",\"kind\":\"K\"", "expected '}', found the line's end");
        assertUnreadable("{\"lane\":\"a\",\"kind\":\"\\x\"}", "column 22: expected one of");
        assertUnreadable("{\"lane\":\"a\",\"kind\":\"K\"} x", "expected the line's end, found x");
    }

    private void assertUnreadable(String text, String message) throws IOException {
        Path file = folder.resolve("bad.jsonl");
        Files.writeString(file, text);
        assertThatThrownBy(() -> RecordedRun.read(file))
                .isInstanceOf(RecordingException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    static void tasks(Recorder recorder) {
        recorder.lane("queue").event("ENQUEUED").with("task", 1).record();
        recorder.lane("queue").event("ENQUEUED").with("task", 2).record();
        recorder.lane("worker").event("DEQUEUED").with("task", 1).record();
        recorder.lane("worker").event("DEQUEUED").with("task", 2).record();
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private RecordedRun record(Consumer<Recorder> program) throws IOException {
        try (Recorder recorder =
                Recorder.into(folder.resolve("run")).keepFree(0).open()) {
            program.accept(recorder);
        }
        return RecordedRun.read(folder.resolve("run"));
    }

    private static void guarded(Guard guard, Consumer<Recorder> program) {
        try (Recorder recorder = Recorder.withoutFiles().guard(guard).open()) {
            program.accept(recorder);
        }
    }
}

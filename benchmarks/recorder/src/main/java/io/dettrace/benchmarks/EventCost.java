package io.dettrace.benchmarks;

import io.dettrace.recorder.Lane;
import io.dettrace.recorder.Recorder;
import io.dettrace.recorder.WhenFull;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cost of one event, a dequeued task with two numbers, by the recorder, as a JFR event and by an asynchronous Log4j
 * logger, all of them writing to files; and, as a measure of the machine, of a call of the clock and of nothing. The recorder, JFR and Log4j keep the last 64 MiB and delete what is
 * older, so that the cost of making files is in the figures; {@code recorderKeepingAll} deletes nothing, and so also pays
 * for memory the kernel has not used before.
 *
 * <p>Measures throughput and not the average time of a call: with more threads than cores the latter is mostly waiting for
 * a core, and its mean over the threads is that of the thread which got none. {@link Counter} adds the processor time of
 * the calling threads, which other work on the machine disturbs least.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EventCost {
    private static final long KEPT_BYTES = 64L << 20;

    /** The recorder, deleting the oldest events. */
    @State(Scope.Benchmark)
    public static class OfRecorder {
        Path folder;
        Recorder recorder;
        Lane lane;

        @Setup(Level.Trial)
        public void open() throws IOException {
            folder = Files.createTempDirectory("event-cost");
            recorder = Recorder.into(folder)
                    .whenFull(WhenFull.DROP_OLDEST)
                    .maxBytes(KEPT_BYTES)
                    .overwrite()
                    .open();
            lane = recorder.lane("worker-0");
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            recorder.close();
            recorder.problem().ifPresent(problem -> {
                throw new IllegalStateException(problem);
            });
            io.dettrace.recorder.Recording written = io.dettrace.recorder.Recording.open(folder);
            if (written.size() == 0 || written.notes().stream().anyMatch(note -> !note.name().equals("dropped_oldest"))) {
                throw new IllegalStateException("wrong recording: " + written.notes());
            }
            delete(folder);
        }
    }

    /** The recorder, with room for everything: a new recording for each iteration, no event dropped. */
    @State(Scope.Benchmark)
    public static class OfRecorderKeepingAll {
        Path folder;
        Recorder recorder;
        Lane lane;

        @Setup(Level.Iteration)
        public void open() throws IOException {
            folder = Files.createTempDirectory("event-cost");
            recorder = Recorder.into(folder).maxBytes(16L << 30).open();
            lane = recorder.lane("worker-0");
        }

        @TearDown(Level.Iteration)
        public void close() throws IOException {
            recorder.close();
            if (recorder.droppedEvents() > 0) {
                throw new IllegalStateException("events dropped: " + recorder.problem());
            }
            delete(folder);
        }
    }

    /** The JFR event. */
    @Name("io.dettrace.TaskDequeued")
    @StackTrace(false)
    public static class TaskDequeued extends jdk.jfr.Event {
        long task;
        long worker;
    }

    /** JFR. */
    @State(Scope.Benchmark)
    public static class OfJfr {
        Recording recording;
        Path file;

        @Setup(Level.Trial)
        public void open() throws IOException {
            file = Files.createTempFile("event-cost", ".jfr");
            recording = new Recording();
            recording.enable(TaskDequeued.class).withoutStackTrace().withoutThreshold();
            recording.setToDisk(true);
            recording.setMaxSize(KEPT_BYTES);
            recording.start();
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            recording.stop();
            recording.dump(file);
            if (Files.size(file) == 0) {
                throw new IllegalStateException("no JFR event was written");
            }
            recording.close();
            Files.delete(file);
        }
    }

    /** Log4j, all loggers asynchronous. */
    @State(Scope.Benchmark)
    public static class OfLog4j {
        Path folder;
        Logger logger;

        @Setup(Level.Trial)
        public void open() throws IOException {
            folder = Files.createTempDirectory("event-cost");
            System.setProperty("log4j2.contextSelector", "org.apache.logging.log4j.core.async.AsyncLoggerContextSelector");
            System.setProperty("log4j2.garbagefreeThreadContextMap", "true");
            System.setProperty("log4j2.enableDirectEncoders", "true");
            System.setProperty("event.cost.file", folder.resolve("log.txt").toString());
            System.setProperty("log4j2.configurationFile", "event-cost-log4j2.xml");
            logger = LogManager.getLogger(EventCost.class);
            logger.info("started");
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            LogManager.shutdown();
            try (Stream<Path> files = Files.list(folder)) {
                if (files.mapToLong(file -> file.toFile().length()).sum() < 1000) {
                    throw new IllegalStateException("nothing was logged");
                }
            }
            delete(folder);
        }
    }

    /** Numbers the events of a thread, and takes its processor time at every so many of them. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Counter {
        private static final int EVERY = 4096;
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        public long cpuNanos;
        public long cpuEvents;
        private long task;
        private long last;

        @Setup(Level.Iteration)
        public void begin() {
            last = -1;
            task = 0;
        }

        long next() {
            if (task % EVERY == 0) {
                mark();
            }
            return task++;
        }

        private void mark() {
            long now = THREADS.getCurrentThreadCpuTime();
            if (last >= 0) {
                cpuNanos += now - last;
                cpuEvents += EVERY;
            }
            last = now;
        }
    }

    @Benchmark
    public long nothing(Counter counter) {
        return counter.next();
    }

    @Benchmark
    public long nanoTime(Counter counter) {
        return System.nanoTime() + counter.next();
    }

    @Benchmark
    public long recorder(OfRecorder of, Counter counter) {
        return of.lane.event("TASK_DEQUEUED").with("task", counter.next()).with("worker", 0).record();
    }

    @Benchmark
    public long recorderKeepingAll(OfRecorderKeepingAll of, Counter counter) {
        return of.lane.event("TASK_DEQUEUED").with("task", counter.next()).with("worker", 0).record();
    }

    @Benchmark
    public void jfr(OfJfr of, Counter counter) {
        TaskDequeued event = new TaskDequeued();
        event.task = counter.next();
        event.worker = 0;
        event.commit();
    }

    @Benchmark
    public void log4jAsync(OfLog4j of, Counter counter) {
        of.logger.info("TASK_DEQUEUED task={} worker={}", counter.next(), 0L);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            try {
                Files.delete(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package io.dettrace.recorder;

import io.dettrace.recorder.ControlFile.Counter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records the events of a program: the way in.
 *
 * <pre>
 * try (Recorder recorder = Recorder.into(Path.of("run")).open()) {
 *     Lane worker = recorder.lane("worker-0");
 *     worker.event("TASK_DEQUEUED").with("task", 1).with("worker", 0).record();
 *     long now = recorder.longValue("clock", System::currentTimeMillis);
 * }
 * Recording.open(Path.of("run")).exportJsonLines(Path.of("run.jsonl"));
 * </pre>
 *
 * <p>When {@link Event#record} returns, the event outlives the process, {@code kill -9} included. It does not outlive the
 * machine before {@link #force}. Nothing here blocks or throws because of a disk unless it was asked to: what cannot be
 * written is dropped and counted, and {@link #problem} says why. All methods may be called from any thread.
 */
public final class Recorder implements AutoCloseable {
    /** How many other threads' writers are looked at, to find one of an ended thread, when a thread records first. */
    private static final int SCAN = 4;

    private final RecordingId id;
    private final ControlFile control;
    private final @Nullable SegmentStore store;
    private final @Nullable Check check;
    private final boolean throwing;
    private final @Nullable Consumer<String> onProblem;
    private final @Nullable LongSupplier stampClock;
    private final String stampKey;
    private final AtomicLong numbers = new AtomicLong();
    private final ThreadLocal<ThreadWriter> mine = new ThreadLocal<>();
    private final Deque<ThreadWriter> writers = new ArrayDeque<>();
    private final @Nullable DirectLines direct;
    private final boolean lost;
    private final boolean plain;
    private volatile @Nullable String startProblem;
    private volatile boolean closed;

    private Recorder(Builder options) {
        this.id = options.id != null ? options.id : RecordingId.random();
        this.check = options.check;
        this.throwing = options.throwing;
        this.onProblem = options.onProblem;
        this.stampClock = options.stampClock;
        this.stampKey = options.stampKey;
        ControlFile counters = ControlFile.inMemory();
        SegmentStore files = null;
        DirectLines lines = null;
        if (options.lines != null) {
            try {
                lines = new DirectLines(
                        options.lines, options.form, this.id, options.files.maxBytes, options.files.overwrite);
            } catch (IOException | RuntimeException e) {
                startProblem = failed(options.lines, e);
            }
        }
        if (options.folder != null) {
            try {
                counters = options.files.prepare(options.folder, this.id);
                files = new SegmentStore(options.folder, options.files, this.id, counters);
            } catch (IOException | RuntimeException e) {
                startProblem = failed(options.folder, e);
            }
        }
        this.control = counters;
        this.store = files;
        this.direct = lines;
        this.lost = startProblem != null;
        this.plain = check == null && stampClock == null;
    }

    private String failed(Path place, Exception why) {
        String what = "cannot record into " + place + ": " + why;
        if (throwing) {
            throw new RecorderException(what);
        }
        return what + "; events are dropped and counted";
    }

    /** A recorder that writes into {@code folder}, which is made if it is not there. */
    public static Builder into(Path folder) {
        Builder builder = new Builder();
        builder.folder = folder;
        return builder;
    }

    /**
     * A recorder that writes {@code file} directly, a line of JSON for each event: to look on while the program runs. The
     * cap holds, and where it is reached the newest events are dropped; other settings of files mean nothing here.
     */
    public static Builder intoJsonLines(Path file, JsonForm form) {
        Builder builder = new Builder();
        builder.lines = file;
        builder.form = form;
        return builder;
    }

    /** A recorder that writes no files: to guard or follow a recorded run. */
    public static Builder withoutFiles() {
        return new Builder();
    }

    /** The recording's name. */
    public RecordingId id() {
        return id;
    }

    /** The lane of that name; make it once and keep it. */
    public Lane lane(String name) {
        return new Lane(this, name);
    }

    /** The calling thread's lane: the one it entered, else one called like the thread. */
    public Lane lane() {
        return writer().lane();
    }

    /** Begins an event of the calling thread's lane; {@link Event#record} ends it. */
    public Event event(String kind) {
        ThreadWriter writer = writer();
        return writer.begin(writer.lane().name(), kind);
    }

    /** A value of the outside world, such as the time: recorded, and given back when the run is repeated. */
    public long longValue(String name, LongSupplier source) {
        RecordedEvent given = given(name);
        long value = given != null ? Values.asLong(given) : source.getAsLong();
        valueEvent(name).with(Check.VALUE, value).recordUnchecked();
        return value;
    }

    /** A value of the outside world, such as a random number: recorded, and given back when the run is repeated. */
    public double doubleValue(String name, DoubleSupplier source) {
        RecordedEvent given = given(name);
        double value = given != null ? Values.asDouble(given) : source.getAsDouble();
        valueEvent(name).with(Check.VALUE, value).recordUnchecked();
        return value;
    }

    /** A value of the outside world, such as a switch: recorded, and given back when the run is repeated. */
    public boolean booleanValue(String name, BooleanSupplier source) {
        RecordedEvent given = given(name);
        boolean value = given != null ? Values.asBoolean(given) : source.getAsBoolean();
        valueEvent(name).with(Check.VALUE, value).recordUnchecked();
        return value;
    }

    /** A value of the outside world, such as a reply: recorded, and given back when the run is repeated. May be null. */
    public @Nullable String textValue(String name, Supplier<@Nullable String> source) {
        RecordedEvent given = given(name);
        String value = given != null ? Values.asText(given) : source.get();
        valueEvent(name).with(Check.VALUE, value).recordUnchecked();
        return value;
    }

    /** A value of the outside world, such as a packet: recorded as Base64, and given back when the run is repeated. */
    public byte[] bytesValue(String name, Supplier<byte[]> source) {
        RecordedEvent given = given(name);
        byte[] value = given != null ? Values.asBytes(given) : source.get();
        valueEvent(name)
                .with(Check.VALUE, Base64.getEncoder().encodeToString(value))
                .recordUnchecked();
        return value;
    }

    private Event valueEvent(String name) {
        return event(Check.VALUE_KIND).with(Check.VALUE_NAME, name);
    }

    private @Nullable RecordedEvent given(String name) {
        return check == null ? null : check.value(lane().name(), name);
    }

    /** The calling thread's place in the causal order: its last event, to be sent along with a message. */
    public CausalContext context() {
        ThreadWriter writer = writer();
        CausalContext[] pending = writer.pending();
        if (writer.lastEvent() < 0 && pending != null) {
            return pending[pending.length - 1];
        }
        return new CausalContext(id, writer.lastEvent());
    }

    /** The calling thread's next event comes after {@code context}, which came with a message. */
    public void receive(CausalContext context) {
        writer().addPending(context);
    }

    /** A fork at the calling thread's last event. */
    public Fork fork() {
        return new Fork(this, context(), null);
    }

    /** A fork at the calling thread's last event, to a task whose events are in {@code lane}. */
    public Fork fork(Lane lane) {
        return new Fork(this, context(), lane);
    }

    /** {@code task}, whose first event comes after the last one of the thread that calls this. */
    public Runnable wrap(Runnable task) {
        return fork().wrap(task);
    }

    /** {@code task}, whose first event comes after the last one of the thread that calls this. */
    public <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
        return fork().wrap(task);
    }

    /** {@code executor}, whose tasks' first events come after the last one of the thread that gave the task. */
    public Executor wrap(Executor executor) {
        return task -> executor.execute(wrap(task));
    }

    /** Events that were dropped so far, whatever the reason. */
    public long droppedEvents() {
        return control.get(Counter.DROPPED_NEWEST)
                + control.get(Counter.DROPPED_OLDEST)
                + control.get(Counter.DROPPED_OVERSIZED)
                + control.get(Counter.DROPPED_FAILED);
    }

    /** Why events are or were dropped, if any. */
    public Optional<String> problem() {
        String start = startProblem;
        if (start == null && direct != null) {
            return Optional.ofNullable(direct.problem());
        }
        return Optional.ofNullable(start != null || store == null ? start : store.problem());
    }

    /** Makes what is recorded outlive the machine too; waits for the disk. */
    public void force() {
        if (store != null) {
            store.force();
        }
    }

    /**
     * Ends the recording. Events after this are dropped and counted. Does not wait for the disk.
     *
     * @throws DivergenceError if the run is guarded or follows another, and differs from it or lacks events, and was asked
     *     to throw
     */
    @Override
    public void close() {
        closed = true;
        if (store != null) {
            store.close();
        }
        if (direct != null) {
            direct.close();
        }
        synchronized (writers) {
            writers.forEach(ThreadWriter::close);
            writers.clear();
        }
        if (check != null) {
            check.finish();
        }
    }

    /**
     * Whether events are neither stamped nor checked. Asked for each event, and not {@link #check}: the compiler calls,
     * and does not inline, a method whose signature names a class that is not loaded.
     */
    boolean isPlain() {
        return plain;
    }

    @Nullable
    Check check() {
        return check;
    }

    /** Whether events have nowhere to go, since the files could not be made at the start. */
    boolean isLost() {
        return lost;
    }

    boolean isClosed() {
        return closed;
    }

    boolean stamps() {
        return stampClock != null;
    }

    String stampKey() {
        return stampKey;
    }

    long stamp() {
        return stampClock == null ? 0 : stampClock.getAsLong();
    }

    @Nullable
    DirectLines direct() {
        return direct;
    }

    /** The number the next event would get. */
    long peekNumber() {
        return numbers.get();
    }

    long nextNumber() {
        return numbers.getAndIncrement();
    }

    ThreadWriter writer() {
        ThreadWriter known = mine.get();
        return known != null ? known : newWriter();
    }

    private ThreadWriter newWriter() {
        Thread thread = Thread.currentThread();
        ThreadWriter writer = null;
        synchronized (writers) {
            for (int i = Math.min(SCAN, writers.size()); i > 0 && writer == null; i--) {
                ThreadWriter candidate = writers.remove();
                if (candidate.owner().isAlive()) {
                    writers.add(candidate);
                } else {
                    writer = candidate;
                }
            }
            if (writer == null) {
                writer = new ThreadWriter(this, store, control, thread);
            } else {
                writer.takeOver(thread);
            }
            writers.add(writer);
        }
        mine.set(writer);
        return writer;
    }

    /** Records an event under a check: it sees the event before and after. */
    long checked(Check by, Event event) {
        RecordedEvent seen = RecordDecoder.decode(event, id);
        by.before(seen);
        try {
            return event.write();
        } finally {
            by.after(seen);
        }
    }

    void dropped() {
        if (throwing) {
            throw new RecorderException("event dropped: " + problem().orElse("larger than an event may be"));
        }
    }

    void reportProblems() {
        String news = store == null ? null : store.takeNewProblem();
        if (news != null && onProblem != null) {
            try {
                onProblem.accept(news);
            } catch (RuntimeException e) {
                // The program's own listener must not fail the program's next step either.
                startProblem = news + " (and the listener failed: " + e + ")";
            }
        }
    }

    /** The choices of a recorder; each has a default. */
    public static final class Builder {
        private @Nullable Path folder;
        private @Nullable Path lines;
        private final FileOptions files = new FileOptions();
        private JsonForm form = JsonForm.PLAIN;
        private @Nullable RecordingId id;
        private @Nullable Check check;
        private boolean throwing;
        private @Nullable Consumer<String> onProblem;
        private @Nullable LongSupplier stampClock;
        private String stampKey = "time";

        private Builder() {}

        /** What happens when there is no room for an event; {@link WhenFull#DROP_NEWEST} by default. */
        public Builder whenFull(WhenFull policy) {
            files.whenFull = policy;
            return this;
        }

        /** Bytes that all files may take together, at least 64 KiB; 1 GiB by default. */
        public Builder maxBytes(long bytes) {
            files.maxBytes = atLeast("maxBytes", bytes, 64 * 1024);
            return this;
        }

        /** Bytes of one file, 16 KiB to 1 GiB; 4 MiB by default. The first ones are smaller. */
        public Builder segmentBytes(int bytes) {
            if (bytes > 1 << 30) {
                throw new IllegalArgumentException("segmentBytes: at most " + (1 << 30) + ", found " + bytes);
            }
            files.segmentBytes = (int) atLeast("segmentBytes", bytes, 16 * 1024);
            return this;
        }

        /** Bytes that are always left to others on the disk; 64 MiB by default. */
        public Builder keepFree(long bytes) {
            files.keepFree = atLeast("keepFree", bytes, 0);
            return this;
        }

        /** The recording's name; drawn at random by default. */
        public Builder id(RecordingId name) {
            this.id = name;
            return this;
        }

        /** Deletes the recording that is in the folder; by default one that is there is kept and nothing recorded. */
        public Builder overwrite() {
            files.overwrite = true;
            return this;
        }

        /** Makes {@link #open} and {@link Event#record} throw a {@link RecorderException} where they would drop. */
        public Builder throwing() {
            this.throwing = true;
            return this;
        }

        /** Calls {@code listener} when events begin to be dropped, in the thread whose event it is, without any lock. */
        public Builder onProblem(Consumer<String> listener) {
            this.onProblem = listener;
            return this;
        }

        /** Adds a field {@code key} with the time {@code clock} says to each event, as its last one; none by default. */
        public Builder stamp(String key, LongSupplier clock) {
            this.stampKey = key;
            this.stampClock = clock;
            return this;
        }

        /** Checks the run against a recorded one. */
        public Builder guard(Guard guard) {
            this.check = guard;
            return this;
        }

        /** Makes the run follow a recorded one. */
        public Builder follow(Follow follow) {
            this.check = follow;
            return this;
        }

        Builder files(SegmentFiles other) {
            files.segments = other;
            return this;
        }

        Builder wallClock(LongSupplier clock) {
            files.wallClock = clock;
            return this;
        }

        /**
         * The recorder.
         *
         * @throws RecorderException if the folder cannot be written to and {@link #throwing} was said; else the recorder
         *     drops and counts all events, and {@link Recorder#problem} says why
         */
        public Recorder open() {
            Recorder recorder = new Recorder(this);
            String problem = recorder.startProblem;
            if (problem != null && onProblem != null) {
                onProblem.accept(problem);
            }
            return recorder;
        }

        private static long atLeast(String what, long value, long least) {
            if (value < least) {
                throw new IllegalArgumentException(what + ": at least " + least + ", found " + value);
            }
            return value;
        }
    }
}

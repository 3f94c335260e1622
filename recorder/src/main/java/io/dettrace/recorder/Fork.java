package io.dettrace.recorder;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A causal edge from one thread to another and, if wanted, back. The first event of the wrapped task comes after the last
 * event of the thread that made the fork; after {@link #join}, the next event of the joining thread comes after the task's
 * last one.
 *
 * <pre>
 * Fork fork = recorder.fork();
 * Thread child = new Thread(fork.wrap(task));
 * child.start();
 * child.join();
 * fork.join();
 * </pre>
 */
public final class Fork {
    private final Recorder recorder;
    private final CausalContext start;
    private final @Nullable Lane lane;
    private volatile @Nullable CausalContext end;

    Fork(Recorder recorder, CausalContext start, @Nullable Lane lane) {
        this.recorder = recorder;
        this.start = start;
        this.lane = lane;
    }

    /** {@code task}, whose events come after the fork. */
    public Runnable wrap(Runnable task) {
        return () -> {
            ThreadState before = enter();
            try {
                task.run();
            } finally {
                leave(before);
            }
        };
    }

    /** {@code task}, whose events come after the fork. */
    public <T extends @Nullable Object> Callable<T> wrap(Callable<T> task) {
        return () -> {
            ThreadState before = enter();
            try {
                return task.call();
            } finally {
                leave(before);
            }
        };
    }

    /** The calling thread's next event comes after the last event of the task, if the task has ended. */
    public void join() {
        CausalContext last = end;
        if (last != null) {
            recorder.writer().addPending(last);
        }
    }

    /** What a thread was doing before it took up the task: a pool's thread, or the thread that made the fork. */
    private record ThreadState(Lane lane, long lastEvent, CausalContext @Nullable [] pending) {}

    private ThreadState enter() {
        ThreadWriter writer = recorder.writer();
        ThreadState before = new ThreadState(writer.lane(), writer.lastEvent(), writer.pending());
        writer.lastEvent(Event.DROPPED);
        writer.pending(null);
        writer.addPending(start);
        if (lane != null) {
            writer.lane(lane);
        }
        return before;
    }

    private void leave(ThreadState before) {
        end = recorder.context();
        ThreadWriter writer = recorder.writer();
        writer.lane(before.lane);
        writer.lastEvent(before.lastEvent);
        writer.pending(before.pending);
    }
}

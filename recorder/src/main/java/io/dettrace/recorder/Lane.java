package io.dettrace.recorder;

/**
 * A named sequence of events: a thread, a worker, a component. Two runs are compared lane by lane, so a lane's name must
 * be the same in both; names such as {@code Thread-17} are not. May be used from any thread, and from several: its order
 * is then that of the calls to {@link Event#record}.
 */
public final class Lane {
    private final Recorder recorder;
    private final String name;

    Lane(Recorder recorder, String name) {
        this.recorder = recorder;
        this.name = name;
    }

    /** The lane's name. */
    public String name() {
        return name;
    }

    /** Begins an event of this lane; {@link Event#record} ends it. */
    public Event event(String kind) {
        return recorder.writer().begin(name, kind);
    }

    /**
     * Makes this the calling thread's lane until the scope is closed: for {@link Recorder#event} and values.
     *
     * @return to be closed by the same thread
     */
    public Scope enter() {
        ThreadWriter writer = recorder.writer();
        Lane before = writer.lane();
        writer.lane(this);
        return () -> recorder.writer().lane(before);
    }

    /**
     * In a run that follows a recorded one: waits until this lane records the next event, and keeps the turn until it does.
     * Otherwise does nothing. To be called before what the next event tells of, so that not only the events follow the
     * recorded order but what they tell of.
     *
     * @throws DivergenceError if the recorded order cannot be followed
     */
    public void awaitTurn() {
        Check check = recorder.check();
        if (check != null) {
            check.awaitTurn(name);
        }
    }

    /** What ends by being closed. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}

package io.dettrace.replay.runtime;

/** Who calls a hook: a controlled thread, or somebody else. */
final class Caller {
    private Caller() {}

    /** The calling thread, if it holds the token, inside the scheduler or not; else null. */
    static ControlledThread holder() {
        ControlledThread thread = Scheduler.running;
        return thread != null && thread.thread == Thread.currentThread() ? thread : null;
    }

    /** The calling thread, if it is under control and not inside the scheduler; else null. */
    static ControlledThread me() {
        ControlledThread thread = holder();
        if (thread != null) {
            return thread.inside == 0 ? thread : null;
        }
        return Scheduler.expelled == 0 ? null : comeBack();
    }

    /** The calling thread, once it has the token again, if it lost it while it waited; else null. */
    private static ControlledThread comeBack() {
        Scheduler scheduler = Scheduler.current;
        ControlledThread me = scheduler == null ? null : scheduler.find(Thread.currentThread());
        if (me == null || !me.expelled) {
            return null;
        }
        me.expelled = false;
        Scheduler.expelled--;
        int inside = me.inside++;
        Operations.comeBack(scheduler, me, "JVM");
        me.inside = inside;
        return scheduler.over || inside > 0 ? null : me;
    }

    /** Leaves the scheduler; says why the run cannot go on to the thread whose scope it is. */
    static void leave(ControlledThread me, Scheduler scheduler) {
        me.inside--;
        if (scheduler.verdict != null && me.index == 0) {
            throw new IllegalStateException("dettrace: " + scheduler.verdict);
        }
    }

    /** True if the caller is neither under control nor part of the scheduler. */
    static boolean isForeign(Scheduler scheduler) {
        if (scheduler == null) {
            return false;
        }
        Thread caller = Thread.currentThread();
        if (caller instanceof EngineThread) {
            return false;
        }
        ControlledThread self = scheduler.find(caller);
        return self == null || self.outside;
    }

    /** Milliseconds as nanoseconds, or the most there are. */
    static long nanos(long millis) {
        return millis > Long.MAX_VALUE / 1_000_000 ? Long.MAX_VALUE : millis * 1_000_000;
    }
}

package io.dettrace.replay.runtime;

import java.util.ArrayList;

/**
 * The border to what is not controlled: threads that left the schedule to wait for the outside (a socket, a pipe, a
 * process), and what uncontrolled threads do to controlled ones.
 *
 * <p>A thread that comes back is let in only where nobody else can run, or where the running thread spins, and in the
 * order that a schedule says: so the outside has as little say in the order as can be.
 */
final class Outside {
    private enum Kind {
        UNPARK,
        INTERRUPT,
        NOTIFY,
        NOTIFY_ALL
    }

    private static final class Wake {
        final Kind kind;
        final Object target;

        Wake(Kind kind, Object target) {
            this.kind = kind;
            this.target = target;
        }
    }

    private static final int SETTLE_MILLIS = 1;

    private final Scheduler scheduler;

    /** Guards what other threads write: wakes and returned. */
    private final Object gate = new Object();

    private final ArrayList<Wake> wakes = new ArrayList<>();
    private final ArrayList<ControlledThread> returned = new ArrayList<>();

    /** True if there are wakes to admit. */
    volatile boolean pending;

    /** How many threads are outside. */
    int regions;

    /** True if uncontrolled threads of the program may wake controlled ones, so that time is real while all wait. */
    volatile boolean foreigners;

    /** The thread for whose sake everything stands still, as the one to hand the token on from; or null. */
    private ControlledThread idle;

    private Thread driver;

    Outside(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    // ---- called by threads that are not under control ----

    void unpark(ControlledThread thread) {
        add(new Wake(Kind.UNPARK, thread));
    }

    void interrupt(ControlledThread thread) {
        add(new Wake(Kind.INTERRUPT, thread));
    }

    void notifyWaiting(Object monitor, boolean all) {
        add(new Wake(all ? Kind.NOTIFY_ALL : Kind.NOTIFY, monitor));
    }

    private void add(Wake wake) {
        synchronized (gate) {
            foreigners = true;
            wakes.add(wake);
            pending = true;
            gate.notifyAll();
        }
    }

    /** A thread comes back; it must then wait for the token. */
    void comeBack(ControlledThread thread) {
        synchronized (gate) {
            returned.add(thread);
            gate.notifyAll();
        }
    }

    void wakeAll() {
        synchronized (gate) {
            gate.notifyAll();
        }
    }

    // ---- called by the holder of the token ----

    /** Does to controlled threads what others asked for. */
    void admitWakes() {
        synchronized (gate) {
            for (int i = 0; i < wakes.size(); i++) {
                admit(wakes.get(i));
            }
            wakes.clear();
            pending = false;
        }
    }

    private void admit(Wake wake) {
        if (wake.kind == Kind.UNPARK || wake.kind == Kind.INTERRUPT) {
            ControlledThread thread = (ControlledThread) wake.target;
            if (wake.kind == Kind.UNPARK) {
                Operations.grant(scheduler, thread);
            } else {
                Operations.interruptOther(scheduler, thread);
            }
            return;
        }
        Monitors.Monitor monitor = scheduler.monitors.find(wake.target);
        while (monitor != null && !monitor.waiting.isEmpty()) {
            ControlledThread thread = monitor.waiting.get(0);
            thread.notified = true;
            scheduler.wake(thread);
            if (wake.kind == Kind.NOTIFY) {
                break;
            }
        }
    }

    /**
     * Waits, as nobody can run, for a thread to come back, a wake, or the next time-out.
     *
     * @return false if the run is over
     */
    boolean waitForSomeone() {
        Recording recording = scheduler.recording;
        if (regions == 0 && !foreigners && !pending) {
            return scheduler.jump() || recording.deadlock();
        }
        String wanted = recording.admissions.next();
        if (regions > 0 && Admissions.TIME.equals(wanted)) {
            return passTime();
        }
        // A schedule that names a thread says that it came before time moved on.
        long nanos = wanted == null ? scheduler.untilDeadline() : -1;
        long limit = recording.watchdogMillis();
        long millis = nanos < 0 ? limit : nanos / 1_000_000;
        boolean came;
        synchronized (gate) {
            settle();
            came = admitOne();
            long end = System.currentTimeMillis() + millis;
            while (!came && !pending && !scheduler.over) {
                long left = end - System.currentTimeMillis();
                if (left <= 0 && (nanos >= 0 || limit > 0)) {
                    break;
                }
                waitOnGate(limit == 0 && nanos < 0 ? 0 : left);
                settle();
                came = admitOne();
            }
        }
        if (pending) {
            admitWakes();
            return true;
        }
        if (came || scheduler.over) {
            return !scheduler.over;
        }
        return nanos >= 0 ? passTime() : regions > 0 ? recording.stuckOutside() : recording.deadlock();
    }

    private boolean passTime() {
        if (regions > 0) {
            scheduler.recording.admissions.passTime();
        }
        return scheduler.jump() || scheduler.recording.deadlock();
    }

    /** Gives others that are about to come back the time to do so, so that who goes first is seldom a matter of luck. */
    private void settle() {
        int seen = -1;
        while (scheduler.recording.admissions.next() == null
                && regions > returned.size()
                && returned.size() != seen
                && !scheduler.over) {
            seen = returned.size();
            waitOnGate(SETTLE_MILLIS);
        }
    }

    /** Waits, as the running thread spins, for a thread outside to come back. */
    void awaitReturn() {
        if (Admissions.TIME.equals(scheduler.recording.admissions.next())) {
            scheduler.recording.admissions.passTime();
            return;
        }
        long limit = scheduler.recording.watchdogMillis();
        long end = System.currentTimeMillis() + (limit == 0 ? Long.MAX_VALUE / 2 : limit);
        synchronized (gate) {
            boolean came = admitOne();
            while (!came && !pending && System.currentTimeMillis() < end) {
                waitOnGate(100);
                came = admitOne();
            }
            if (!came && !pending) {
                scheduler.recording.admissions.passTime();
            }
        }
    }

    private boolean admitOne() {
        ControlledThread next = null;
        String wanted = scheduler.recording.admissions.next();
        if (wanted == null && scheduler.values.gives()) {
            // Whoever is outside now had not come back when the recording ended.
            return false;
        }
        for (int i = 0; i < returned.size(); i++) {
            ControlledThread thread = returned.get(i);
            if (wanted != null ? thread.path.equals(wanted) : next == null || thread.index < next.index) {
                next = thread;
            }
        }
        if (next == null) {
            return false;
        }
        returned.remove(next);
        regions--;
        scheduler.recording.admissions.admit(next);
        scheduler.enabled.add(next);
        return true;
    }

    private void waitOnGate(long millis) {
        try {
            gate.wait(millis);
        } catch (InterruptedException e) {
            // Whoever holds the token is told when it goes on.
            ControlledThread me = scheduler.find(Thread.currentThread());
            if (me != null) {
                me.interruptPending = true;
            }
        }
    }

    /**
     * Takes the token away from a thread that waits for something uncontrolled. It comes back with its next event. Called by
     * the watchdog, while nobody else does anything.
     */
    void expel(ControlledThread holder) {
        scheduler.recording.expelled(holder);
        Scheduler.running = null;
        holder.outside = true;
        holder.expelled = true;
        Scheduler.expelled++;
        Operations.leave(scheduler, holder, "JVM");
    }

    /** Lets a thread of our own wait in place of {@code me}, which goes outside while nobody else can run. */
    void idle(ControlledThread me) {
        synchronized (gate) {
            Scheduler.running = null;
            idle = me;
            if (driver == null) {
                driver = new Driver();
                driver.start();
            }
            gate.notifyAll();
        }
    }

    /** Waits for the outside on behalf of all, while every thread is outside or blocked. */
    private final class Driver extends EngineThread {
        Driver() {
            super("dettrace-idle");
        }

        @Override
        public void run() {
            while (!scheduler.over) {
                ControlledThread last;
                synchronized (gate) {
                    while (idle == null && !scheduler.over) {
                        waitOnGate(0);
                    }
                    last = idle;
                    idle = null;
                }
                if (last != null) {
                    ControlledThread next = scheduler.next(last);
                    if (next != null) {
                        scheduler.give(next);
                    }
                }
            }
        }
    }
}

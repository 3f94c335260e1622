package io.dettrace.replay.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Decides which controlled thread runs: one at a time, the one that holds the token.
 *
 * <p>Before each event the running thread asks {@link #decide}; where it must stop it calls {@link #block}. All state
 * belongs to the holder of the token, so nothing here is synchronised; handing the token over orders memory. What
 * uncontrolled threads do to controlled ones comes in through {@link Outside}.
 *
 * <p>Base policy: the running thread goes on until it blocks, ends, yields, or has done {@link #FAIRNESS} events in a
 * row; then the next thread that can run, in the order of creation, cyclically. A schedule lists only where a run
 * departs from that.
 */
final class Scheduler {
    /** Events in a row after which another thread gets its turn: spinning must not last for ever. */
    static final int FAIRNESS = 10_000;

    /** A wait with a limit shorter than this may end early, as on a busy machine; longer ones are meant not to end so. */
    private static final long PATIENCE_NANOS = 1_000_000_000;

    /** Virtual nanoseconds that an event takes. */
    static final long EVENT_NANOS = 1_000;

    /** The wall clock at the start of every run: 2024-01-01T00:00:00Z, in milliseconds since 1970. */
    private static final long EPOCH_MILLIS = 1_704_067_200_000L;

    /** How many of the last events a report shows at most; a power of two. */
    private static final int RECENT = 32;

    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 200 : 0;

    /** The holder of the token, or null while nothing is under control. */
    static ControlledThread running;

    /** How many threads lost the token while they waited for something uncontrolled. */
    static volatile int expelled;

    /** The run that is going on, or null. */
    static volatile Scheduler current;

    final Options options;
    final ArrayList<ControlledThread> threads = new ArrayList<>();
    final EnabledThreads enabled = new EnabledThreads(threads);
    final ObjectNames names = new ObjectNames();
    final Monitors monitors = new Monitors();
    final InternalMonitors internal = new InternalMonitors(this);
    final ClassInits inits = new ClassInits(this);
    final Outside outside = new Outside(this);
    final Recording recording;
    final Stacks stacks;

    private final HashMap<String, ControlledThread> byPath = new HashMap<>();
    private final ThreadTable byThread = new ThreadTable();
    private final Script script;
    private final Policy policy;
    private final long steps;
    private final EventLog log;

    /** What comes from outside: recorded, or given back. */
    final OutsideValues values;

    private long clock;
    private final ArrayList<ControlledThread> timed = new ArrayList<>();
    private long nextDeadline = Long.MAX_VALUE;

    // The last events, for reports: thread index in the upper half, site in the lower.
    private final long[] recent = new long[RECENT];

    private int inARow;
    private int spinning;

    /** Threads that wait for a time among others, or have not run since. */
    private int waitingForTime;

    private int alive;

    long events;
    long decisions;
    long switches;

    /** The run is over: nothing is controlled any more. */
    volatile boolean over;

    /** Threads that still wait for the token may go, uncontrolled. */
    volatile boolean dissolved;

    /** What the scope's first thread must throw, as it could not go on; or null. */
    volatile String verdict;

    Scheduler(Options options) throws IOException {
        this.options = options;
        script = new Script(options.control().preemptions(), options.control().choices());
        boolean scripted = script.remaining() > 0;
        String name = options.get("policy", "base");
        policy = Policy.of(
                scripted ? options.get("then", "base") : name,
                options.number("seed", 0),
                options.number("length", 1_000));
        steps = options.number("steps", Options.STEPS);
        log = new EventLog(options.get("log"), options.get("check"));
        stacks = new Stacks(options.get(Stacks.KEY));
        values = OutsideValues.open(options);
        recording = new Recording(this);
    }

    // ---- threads ----

    /** Takes the current thread as the first one under control, and begins. */
    void begin() {
        ObjectNames.evenHashes();
        ControlledThread first = register(Thread.currentThread(), null);
        first.begun = true;
        running = first;
        current = this;
        expelled = 0;
        event(first, Operations.BEGIN, 0, null, -1);
        first.inside = 0;
    }

    ControlledThread register(Thread thread, ControlledThread parent) {
        ControlledThread made = new ControlledThread(
                thread, threads.size(), parent == null ? "0" : parent.path + "." + ++parent.children);
        made.script = script.of(made.path);
        made.stacks = stacks.of(made.path);
        threads.add(made);
        byPath.put(made.path, made);
        byThread.add(made);
        enabled.add(made);
        if (!made.daemon) {
            alive++;
        }
        return made;
    }

    /** The controlled thread, also one that has ended, or null. Any thread may ask. */
    ControlledThread find(Thread thread) {
        return byThread.find(thread);
    }

    /** Ends a thread; the run ends with its last thread that is no daemon. */
    void end(ControlledThread me) {
        event(me, Operations.END, 0, null, -1);
        me.ended = true;
        enabled.remove(me);
        for (int i = 0; i < me.joining.size(); i++) {
            wake(me.joining.get(i));
        }
        if (!me.daemon && --alive == 0) {
            recording.finish(null);
            return;
        }
        stop(me);
    }

    // ---- events ----

    /** Logs an event of the running thread; {@code what} null stands for the site's own, {@code name} 0 for no object. */
    void event(ControlledThread me, int site, long name, String what, long index) {
        event(me, site, name, what, index, null);
    }

    /** Logs an exchange with the outside; {@code more} is the rest of what the log says of it, as JSON. */
    void event(ControlledThread me, int site, long name, String what, String more) {
        event(me, site, name, what, -1, more);
    }

    private void event(ControlledThread me, int site, long name, String what, long index, String more) {
        Sites.Site place = Sites.get(site);
        if (me.stacks != null) {
            stacks.take(me);
        }
        if (log.on()) {
            byte[] at = place.atBytes() != null
                    ? place.atBytes()
                    : Sites.get(me.site).atBytes();
            log.event(
                    me,
                    place,
                    name,
                    name == 0 ? null : threads.get(ObjectNames.thread(name)).pathBytes,
                    what,
                    index,
                    more,
                    at);
            if (!log.matches()) {
                recording.mismatch(log.due(), log.got());
            }
            log.flushBlock();
        }
        recent[(int) events & RECENT - 1] = (long) me.index << 32 | site;
        me.number++;
        events++;
        inARow++;
        spinning = place.spin ? spinning + 1 : 0;
        clock += EVENT_NANOS;
        if (clock >= nextDeadline) {
            fire();
        }
        if (events > steps) {
            recording.livelock(me);
        }
    }

    /** Says what happened last. */
    void lastEvents() {
        Recording.say("the last events:");
        for (long i = Math.max(0, events - RECENT); i < events; i++) {
            long entry = recent[(int) i & RECENT - 1];
            Sites.Site site = Sites.get((int) entry);
            Recording.say("  " + threads.get((int) (entry >>> 32)).path + " " + site.operation + " " + site.what + " "
                    + site.at);
        }
    }

    /** Tells a policy that watches races what has just happened. */
    void done(ControlledThread me, long name, boolean write) {
        if (policy != null) {
            policy.done(me, name, write, enabled);
        }
    }

    EventLog log() {
        return log;
    }

    // ---- who runs ----

    /** Asks, before an event of {@code me}, who goes on; returns once it is {@code me}. */
    void decide(ControlledThread me) {
        decide(me, inARow >= FAIRNESS);
    }

    /** As {@link #decide}; the base policy lets another thread go first if {@code giveWay}. */
    void decide(ControlledThread me, boolean giveWay) {
        if (outside.pending) {
            outside.admitWakes();
        }
        if (spinning >= FAIRNESS) {
            spinning = 0;
            passTime(me);
        }
        if (enabled.size() == 1 && waitingForTime == 0 || me.unswitchable > 0 || me.atLocksOnly > 0 && !me.enters) {
            return;
        }
        ControlledThread base = giveWay ? enabled.afterCyclic(me) : me;
        ControlledThread pick = choose(me, base, true);
        if (pick != me) {
            handOver(me, pick);
        }
    }

    /** A thread spins: what it waits for may be a time-out, or something outside. */
    private void passTime(ControlledThread me) {
        if (!timed.isEmpty()) {
            clock = Math.max(clock, nextDeadline);
            fire();
        } else if (outside.regions > 0) {
            outside.awaitReturn();
        }
    }

    private ControlledThread choose(ControlledThread me, ControlledThread base, boolean stay) {
        decisions++;
        if (me.decisionNumber != me.number) {
            me.decisionNumber = me.number;
            me.repetition = 0;
        } else {
            me.repetition++;
        }
        ControlledThread asked = asked(me, base, stay);
        if (asked != base) {
            recording.preemption(me, asked);
        }
        // One whose time is over may have to wait for a monitor first.
        return enabled.contains(asked) ? asked : base;
    }

    /** Who is to run by the script or the policy. If that one waits for a time, it is over then. */
    private ControlledThread asked(ControlledThread me, ControlledThread base, boolean stay) {
        String scripted = script.to(me);
        if (scripted != null) {
            ControlledThread to = byPath.get(scripted);
            return to != null && (enabled.contains(to) || oversleeps(to)) ? to : base;
        }
        if (policy == null || script.remaining() > 0) {
            return base;
        }
        return waitingForTime == 0 ? policy.pick(me, base, stay, enabled) : pickOrRouse(me, base, stay);
    }

    /**
     * Asks the policy with those that doze among the candidates. To choose one means that the others were so slow that its
     * time is over: a sleep or a time-out is no promise about them.
     */
    private ControlledThread pickOrRouse(ControlledThread me, ControlledThread base, boolean stay) {
        for (int i = 0; i < timed.size(); i++) {
            if (timed.get(i).dozes) {
                enabled.add(timed.get(i));
            }
        }
        ControlledThread pick = policy.pick(me, base, stay, enabled);
        for (int i = 0; i < timed.size(); i++) {
            if (timed.get(i).dozes) {
                enabled.remove(timed.get(i));
            }
        }
        if (!enabled.contains(pick)) {
            oversleeps(pick);
        }
        return pick;
    }

    /** If the thread waits for a time, lets that pass; false if it does not. */
    private boolean oversleeps(ControlledThread thread) {
        if (!timed.contains(thread)) {
            return false;
        }
        clock = Math.max(clock, thread.deadline);
        fire();
        return true;
    }

    /** True if the others may be so slow that the thread's time is over before they go on. */
    private boolean mayDoze(ControlledThread.Wait wait, long nanos) {
        return policy != null
                && script.remaining() == 0
                && (wait == ControlledThread.Wait.SLEEP || nanos < PATIENCE_NANOS)
                && policy.mayOversleep();
    }

    /** Which of the waiting threads a notification of {@code me} wakes. */
    ControlledThread chooseWaiting(ControlledThread me, ArrayList<ControlledThread> waiting) {
        int chosen = 0;
        if (waiting.size() > 1) {
            String scripted = script.choice(me);
            if (scripted != null) {
                for (int i = 0; i < waiting.size(); i++) {
                    if (waiting.get(i).path.equals(scripted)) {
                        chosen = i;
                    }
                }
            } else if (policy != null && script.remaining() == 0) {
                chosen = policy.choose(waiting.size());
            }
            if (chosen != 0) {
                recording.choice(me, waiting.get(chosen));
            }
        }
        return waiting.get(chosen);
    }

    /**
     * Stops {@code me} until it is woken, or until {@code nanos} of virtual time have passed (below 0: no limit).
     *
     * @return true if time ran out
     */
    boolean block(ControlledThread me, ControlledThread.Wait wait, Object waitsFor, long nanos) {
        me.wait = wait;
        me.waitsFor = waitsFor;
        me.timed = nanos >= 0;
        me.timedOut = false;
        enabled.remove(me);
        if (me.timed) {
            me.deadline = clock + nanos < 0 ? Long.MAX_VALUE : clock + nanos;
            timed.add(me);
            nextDeadline = Math.min(nextDeadline, me.deadline);
            me.dozes = mayDoze(wait, nanos);
            waitingForTime++;
        }
        stop(me);
        if (nanos >= 0) {
            waitingForTime--;
            me.dozes = false;
            untime(me);
        }
        me.wait = ControlledThread.Wait.NONE;
        me.waitsFor = null;
        return me.timedOut;
    }

    /** Lets a blocked thread run again. */
    void wake(ControlledThread thread) {
        thread.dozes = false;
        if (thread.wait == ControlledThread.Wait.NOTIFY) {
            Monitors.Monitor monitor = (Monitors.Monitor) thread.waitsFor;
            monitor.waiting.remove(thread);
            monitor.entering.add(thread);
            thread.wait = ControlledThread.Wait.MONITOR;
            if (monitor.owner != null) {
                return;
            }
        }
        enabled.add(thread);
    }

    private void untime(ControlledThread thread) {
        thread.timed = false;
        if (timed.remove(thread)) {
            findNextDeadline();
        }
    }

    private void findNextDeadline() {
        nextDeadline = Long.MAX_VALUE;
        for (int i = 0; i < timed.size(); i++) {
            nextDeadline = Math.min(nextDeadline, timed.get(i).deadline);
        }
    }

    /** Wakes every thread whose time has come. */
    private void fire() {
        for (int i = 0; i < timed.size(); ) {
            ControlledThread thread = timed.get(i);
            if (thread.deadline > clock) {
                i++;
                continue;
            }
            timed.remove(i);
            // One that was woken already has not timed out; it only has not run yet.
            if (!enabled.contains(thread) && thread.wait != ControlledThread.Wait.MONITOR) {
                thread.timedOut = true;
                wake(thread);
            }
        }
        findNextDeadline();
    }

    /** Gives the token away, as {@code me} cannot go on; returns when it can, or at once if it has ended. */
    private void stop(ControlledThread me) {
        ControlledThread next = next(me);
        if (next != null && next != me) {
            handOver(me, next);
        } else if (next == null && !me.ended) {
            await(me);
        }
    }

    /** Gives the token away while {@code me} does something that nobody can control; it goes on at once. */
    void leave(ControlledThread me) {
        enabled.remove(me);
        if (enabled.size() == 0) {
            outside.idle(me);
        } else {
            give(next(me));
        }
    }

    /** Who runs after {@code me}, which cannot; waits for time or the outside if need be. Null when the run is over. */
    ControlledThread next(ControlledThread me) {
        if (outside.pending) {
            outside.admitWakes();
        }
        while (enabled.size() == 0) {
            if (!outside.waitForSomeone() || over) {
                return null;
            }
        }
        ControlledThread base = enabled.afterCyclic(me);
        return enabled.size() == 1 && waitingForTime == 0 ? base : choose(me, base, false);
    }

    /** Lets virtual time jump to the next time-out; false if there is none. */
    boolean jump() {
        if (timed.isEmpty()) {
            return false;
        }
        clock = Math.max(clock, nextDeadline);
        fire();
        return true;
    }

    /** Virtual nanoseconds until the next time-out, or -1. */
    long untilDeadline() {
        return timed.isEmpty() ? -1 : Math.max(0, nextDeadline - clock);
    }

    private void handOver(ControlledThread me, ControlledThread next) {
        switches++;
        if (!me.ended && Thread.interrupted()) {
            // Now, and not when waiting wakes up: others may ask from here on whether this thread is interrupted.
            me.interruptPending = true;
        }
        give(next);
        if (!me.ended) {
            await(me);
        }
    }

    void give(ControlledThread next) {
        inARow = 0;
        spinning = 0;
        running = next;
        Object realWait = next.realWait;
        if (realWait == null) {
            next.go = true;
            if (next.parked) {
                LockSupport.unpark(next.thread);
            }
            return;
        }
        synchronized (realWait) {
            // Not before: a waiter that an earlier notifyAll has woken could go on holding the monitor, and hand the
            // token
            // back to this thread, which would still want to enter.
            next.go = true;
            realWait.notifyAll();
        }
    }

    /** Waits for the token. */
    void await(ControlledThread me) {
        int spins = SPINS;
        while (!me.go) {
            if (me.realWait != null) {
                awaitInMonitor(me);
            } else if (spins > 0) {
                spins--;
                Thread.onSpinWait();
            } else {
                me.parked = true;
                if (!me.go) {
                    LockSupport.park(me);
                }
                me.parked = false;
                if (!me.go && Thread.interrupted()) {
                    me.interruptPending = true;
                }
            }
        }
        me.go = false;
        if (me.interruptPending) {
            me.interruptPending = false;
            me.thread.interrupt();
        }
    }

    /** Waits for the token in the monitor that the program waits in, so that the real monitor is free meanwhile. */
    private static void awaitInMonitor(ControlledThread me) {
        try {
            me.realWait.wait();
        } catch (InterruptedException e) {
            me.interruptPending = true;
        }
    }

    // ---- time ----

    /** The virtual time in nanoseconds; asking takes some. */
    long nanoTime() {
        clock += 100;
        return clock;
    }

    long millis() {
        clock += 100;
        return EPOCH_MILLIS + clock / 1_000_000;
    }

    /** Virtual milliseconds since 1970, and the nanoseconds within. */
    long epochNanos() {
        clock += 100;
        return EPOCH_MILLIS * 1_000_000 + clock;
    }

    long clock() {
        return clock;
    }

    // ---- the end ----

    /** Stops the calling thread for good: its run is over, and others go on in this JVM. */
    static void freeze() {
        while (true) {
            LockSupport.park();
            Thread.interrupted();
        }
    }

    /** Nothing is under control any more, unless another run has begun since. */
    void giveUpControl() {
        if (current == this) {
            running = null;
            current = null;
        }
    }

    /** Lets every thread go on without control, where it stands. */
    void dissolve() {
        over = true;
        dissolved = true;
        giveUpControl();
        // Nobody adds to the list any more.
        for (ControlledThread thread : threads) {
            if (thread.ended || thread.thread == Thread.currentThread()) {
                continue;
            }
            Object realWait = thread.realWait;
            thread.go = true;
            if (realWait != null) {
                synchronized (realWait) {
                    realWait.notifyAll();
                }
            }
            // Also hands over a permit that only the scheduler knew of.
            LockSupport.unpark(thread.thread);
        }
        outside.wakeAll();
    }
}

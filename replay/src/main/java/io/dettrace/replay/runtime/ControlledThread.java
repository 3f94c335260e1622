package io.dettrace.replay.runtime;

import io.dettrace.replay.schedule.Preemption;
import java.util.ArrayList;

/** A thread under control: its place in the tree of threads, its own event count, and what it waits for. */
final class ControlledThread {
    /** Why a thread cannot go on. */
    enum Wait {
        NONE,
        MONITOR,
        NOTIFY,
        PARK,
        JOIN,
        SLEEP,
        OUTSIDE
    }

    private static final Preemption[] NO_SCRIPT = {};

    final Thread thread;

    /** Position among all threads of the run, by creation. */
    final int index;

    /** The path in the tree of threads, such as {@code 0.2.1}: independent of what other threads create. */
    final String path;

    final byte[] pathBytes;

    /** How each of the thread's lines in the log begins, up to its event number. */
    final byte[] lineStart;

    final boolean daemon;

    /** Number of this thread's next event. */
    int number;

    int children;
    int objects;

    /** How often the thread has asked for secret bytes. */
    int secrets;

    // Which decision at the same event number this is.
    int decisionNumber = -1;
    int repetition;

    /** Above zero, hooks called by this thread do nothing: it is inside the scheduler, or in class loading. */
    int inside = 1;

    /** Above zero, the thread is not interrupted in favour of another: it holds a monitor that the JDK's code takes unseen. */
    int unswitchable;

    /** Above zero, it is interrupted only where it takes another lock: class initialisers, monitors that the JDK takes. */
    int atLocksOnly;

    /** It is about to take a lock. */
    boolean enters;

    boolean begun;
    boolean ended;

    Wait wait = Wait.NONE;
    Object waitsFor;
    boolean timed;
    long deadline;
    boolean timedOut;

    /** It sleeps, and the policy may let that time pass although others could run. */
    boolean dozes;

    boolean permit;
    boolean notified;

    /** The object whose method the program is calling, if that may be a collection; or null. */
    Object receiver;

    /** The same object if threads share it, so that what the call does inside are events; or null. */
    Object observed;

    /** An object whose method, about to be called, locks it; or null. */
    Object called;

    /** The collection that threads share through whose elements a call of another one goes; or null. */
    Object iterated;

    /** The bodies of synchronised methods of the JDK that it is in: the object, or null where nobody minds. */
    final ArrayList<Object> bodies = new ArrayList<>(4);

    /** Monitors inside the JDK that the thread holds, outermost first. */
    final ArrayList<Object> internal = new ArrayList<>(2);

    /** Threads that wait for this one to end. */
    final ArrayList<ControlledThread> joining = new ArrayList<>(1);

    /** It waits for the outside and has handed on the token: what it does to others comes from outside as well. */
    volatile boolean outside;

    /** It lost the token as it waited for something uncontrolled, and must ask for it with its next event. */
    volatile boolean expelled;

    /** What the thread asks the outside, while the answer is awaited; or null. */
    Exchange exchange;

    /** The recorded answer that the thread got last. */
    Answer given;

    /** Interrupted by another thread, and not told yet. */
    volatile boolean interruptPending;

    /** The last place in the program's own code. */
    int site = Sites.NONE;

    /** The switches that a schedule asks of this thread, by event number, and the first that is not passed. */
    Preemption[] script = NO_SCRIPT;

    int scriptNext;

    /** Numbers of the events at which its stack is wanted, or null. */
    int[] stacks;

    // ---- for partial order sampling: the event that comes next, and its priority ----
    long pendingResource = -1;
    boolean pendingWrite;
    long priority;

    /** The next in its bucket of the {@link ThreadTable}. */
    ControlledThread nextInTable;

    // ---- handing over the token ----
    volatile boolean go;
    volatile boolean parked;

    /** The object whose monitor the thread gave back while it waits, or null; its hand-over goes through that monitor. */
    volatile Object realWait;

    ControlledThread(Thread thread, int index, String path) {
        this.thread = thread;
        this.index = index;
        this.path = path;
        this.pathBytes = Text.bytes(path);
        this.lineStart = EventLog.lineStart(path);
        this.daemon = thread.isDaemon();
    }

    boolean interruptible() {
        return wait == Wait.NOTIFY || wait == Wait.PARK || wait == Wait.JOIN || wait == Wait.SLEEP;
    }
}

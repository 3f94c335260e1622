package io.dettrace.replay.runtime;

import io.dettrace.replay.schedule.Choice;
import io.dettrace.replay.schedule.Preemption;
import io.dettrace.replay.schedule.Schedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;

/** What a run was: the decisions that departed from the base policy, and how it ended. */
final class Recording {
    /** Exit status of the program when the step limit is met. */
    static final int LIVELOCK = 3;

    /** Exit status when something that cannot be controlled holds everything up. */
    static final int UNCONTROLLED = 4;

    /** Exit status when a replay departs from the recording. */
    static final int MISMATCH = 5;

    /** Exit status when every thread waits for another. */
    static final int DEADLOCK = 6;

    private static final int MOST_MESSAGE = 300;

    private final Scheduler scheduler;
    private final boolean scopeIsMain;

    /** True if the run is one of many in this JVM: it never ends the JVM, and leaves its threads where they are. */
    private final boolean worker;

    // Four numbers a preemption: thread, event number, repetition, chosen thread.
    private int[] preemptions = new int[64];
    private int size;
    private final ArrayList<Choice> choices = new ArrayList<>();

    final Admissions admissions;

    // Where threads waited for something uncontrolled, as THREAD@FRAME.
    private final StringBuilder uncontrolled = new StringBuilder();

    // Of a deadlock: THREAD>OBJECT>HOLDER, with - for what is not known.
    private final StringBuilder waits = new StringBuilder();

    private String outcome;
    private String message;
    private boolean finished;
    private boolean written;

    /** The exit status if the run could not go on to its own end, else 0. */
    private int endStatus;

    /** An exception ended the first thread, for which Java exits with 1. */
    private boolean mainFailed;

    Recording(Scheduler scheduler) {
        this.scheduler = scheduler;
        scopeIsMain = scheduler.options.get("scope", "main").equals("main");
        worker = scheduler.options.isTrue("worker");
        admissions = new Admissions(scheduler.options.get("admit", ""));
    }

    // ---- decisions ----

    void preemption(ControlledThread me, ControlledThread to) {
        if (size + 4 > preemptions.length) {
            preemptions = Arrays.copyOf(preemptions, preemptions.length * 2);
        }
        preemptions[size++] = me.index;
        preemptions[size++] = me.number;
        preemptions[size++] = me.repetition;
        preemptions[size++] = to.index;
    }

    void choice(ControlledThread me, ControlledThread to) {
        choices.add(new Choice(me.path, me.number, to.path));
    }

    // ---- outcomes ----

    /** Notes that an exception ended a thread; only the first counts. */
    void uncaught(ControlledThread thread, Throwable thrown) {
        mainFailed |= thread.index == 0;
        if (outcome == null) {
            outcome = "failure " + thrown.getClass().getName() + " at " + frame(thrown);
            message = oneLine(thrown.getMessage());
        }
    }

    private static String oneLine(String text) {
        if (text == null) {
            return null;
        }
        String line = text.replace('\n', ' ').replace('\r', ' ');
        return line.length() > MOST_MESSAGE ? line.substring(0, MOST_MESSAGE) : line;
    }

    private static String frame(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        for (StackTraceElement element : trace) {
            if (!ofTheJdk(element.getClassName())) {
                return text(element);
            }
        }
        return trace.length == 0 ? "?" : text(trace[0]);
    }

    static boolean ofTheJdk(String name) {
        return name.startsWith("java.")
                || name.startsWith("jdk.")
                || name.startsWith("sun.")
                || name.startsWith("io.dettrace.replay.runtime.");
    }

    static String text(StackTraceElement element) {
        String type = element.getClassName();
        // Hidden classes carry an address.
        int slash = type.indexOf('/');
        return (slash < 0 ? type : type.substring(0, slash)) + "." + element.getMethodName() + "("
                + element.getFileName() + ":" + element.getLineNumber() + ")";
    }

    boolean inWorker() {
        return worker;
    }

    /** The program asks to exit. */
    void exit(int status) {
        finish(status == 0 ? null : "exit " + status);
        if (worker) {
            Scheduler.freeze();
        }
    }

    /** Too many steps. */
    void livelock(ControlledThread me) {
        Sites.Site site = Sites.get(me.site);
        say("the step limit of " + scheduler.events + " events is met in thread " + me.path + " at " + site.at
                + "; raise it with steps if the program is only long");
        end("livelock " + me.path + "@" + site.at, LIVELOCK);
        if (worker) {
            Scheduler.freeze();
        }
    }

    /** A replay departs from what was recorded. */
    void mismatch(String due, String got) {
        say("the replay departs from the recording at event " + (scheduler.events + 1) + ": something in the program is"
                + " not under control");
        say("  recorded " + (due == null ? "(nothing more)" : due));
        say("  now      " + got);
        outcome = null;
        end("mismatch event " + (scheduler.events + 1) + ": recorded " + due + " now " + got, MISMATCH);
        if (worker) {
            Scheduler.freeze();
        }
    }

    /**
     * Nobody can run, and nothing will change that.
     *
     * @return false, as the run is over
     */
    boolean deadlock() {
        StringBuilder text = new StringBuilder("deadlock");
        for (ControlledThread thread : scheduler.threads) {
            if (!thread.ended && !(thread.daemon && thread.wait == ControlledThread.Wait.PARK)) {
                text.append(' ').append(thread.path).append('@').append(Sites.get(thread.site).at);
                waitsFor(thread);
                scheduler.stacks.takeBlocked(thread);
            }
        }
        say("deadlock: no thread can go on");
        waiting();
        end(text.toString(), DEADLOCK);
        return false;
    }

    /** Everything waits for a thread that waits for the outside. */
    boolean stuckOutside() {
        StringBuilder text = new StringBuilder("uncontrolled");
        for (ControlledThread thread : scheduler.threads) {
            if (!thread.ended && thread.wait == ControlledThread.Wait.OUTSIDE) {
                text.append(' ').append(thread.path).append('@').append(Sites.get(thread.site).at);
            }
        }
        say("nothing has happened for " + watchdogMillis() / 1000 + " s: everything waits for something that cannot be"
                + " controlled");
        waiting();
        for (ControlledThread thread : scheduler.threads) {
            if (!thread.ended && thread.wait == ControlledThread.Wait.OUTSIDE) {
                say("thread " + thread.path + " is in");
                stack(thread.thread.getStackTrace());
            }
        }
        scheduler.lastEvents();
        end(text.toString(), UNCONTROLLED);
        return false;
    }

    /** A thread waits for something that nobody controls; others go on meanwhile. */
    void expelled(ControlledThread thread) {
        StackTraceElement[] stack = thread.thread.getStackTrace();
        String where = thread.path + "@" + (stack.length == 0 ? "?" : text(stack[0]));
        uncontrolled.append(uncontrolled.length() == 0 ? "" : " ").append(where);
        say("thread " + thread.path + " (" + thread.thread.getName()
                + ") waits for something that cannot be controlled; the others go on meanwhile:");
        stack(stack);
    }

    private static void stack(StackTraceElement[] stack) {
        for (StackTraceElement element : stack) {
            say("    at " + text(element));
        }
    }

    /** Says who waits for what. */
    void waiting() {
        for (ControlledThread thread : scheduler.threads) {
            if (thread.ended) {
                continue;
            }
            StringBuilder line = new StringBuilder("  thread ").append(thread.path);
            line.append(" (").append(thread.thread.getName()).append(") ");
            describe(thread, line);
            line.append(" at ").append(Sites.get(thread.site).at);
            say(line.toString());
        }
    }

    private void waitsFor(ControlledThread thread) {
        long object = 0;
        ControlledThread holder = null;
        if (thread.wait == ControlledThread.Wait.MONITOR) {
            Monitors.Monitor monitor = (Monitors.Monitor) thread.waitsFor;
            holder = monitor.owner;
            // Monitors that the JDK takes inside are known by reference only.
            object = monitor.hash == 0 ? 0 : scheduler.names.name(monitor.hash, thread);
        } else if (thread.wait == ControlledThread.Wait.JOIN) {
            holder = (ControlledThread) thread.waitsFor;
        }
        waits.append(waits.length() == 0 ? "" : " ").append(thread.path).append('>');
        if (object == 0) {
            waits.append('-');
        } else {
            waits.append(scheduler.threads.get(ObjectNames.thread(object)).path);
            waits.append(':').append(ObjectNames.number(object));
        }
        waits.append('>').append(holder == null ? "-" : holder.path);
    }

    private void describe(ControlledThread thread, StringBuilder line) {
        switch (thread.wait) {
            case NONE:
                line.append(scheduler.enabled.contains(thread) ? "can run" : "runs");
                return;
            case MONITOR:
                Monitors.Monitor monitor = (Monitors.Monitor) thread.waitsFor;
                line.append("waits to enter a monitor");
                if (monitor.owner != null) {
                    line.append(" held by thread ").append(monitor.owner.path);
                }
                return;
            case NOTIFY:
                line.append("waits to be notified");
                return;
            case JOIN:
                line.append("waits for the end of thread ").append(((ControlledThread) thread.waitsFor).path);
                return;
            case SLEEP:
                line.append("sleeps");
                return;
            case OUTSIDE:
                line.append("waits for the outside");
                return;
            default:
                line.append("is parked");
        }
    }

    private void end(String how, int status) {
        endStatus = status;
        if (outcome == null || status == LIVELOCK || status == DEADLOCK && !outcome.startsWith("failure")) {
            outcome = how;
        }
        finish(outcome);
        if (worker) {
            return;
        }
        if (scopeIsMain) {
            Runtime.getRuntime().halt(status);
        }
        scheduler.verdict = how;
        scheduler.dissolve();
    }

    /** Ends the run: nothing is logged any more, and the schedule is written. Other threads stay where they are. */
    void finish(String how) {
        if (finished) {
            return;
        }
        finished = true;
        if (outcome == null) {
            outcome = how == null ? "ok" : how;
        }
        scheduler.over = true;
        scheduler.giveUpControl();
        scheduler.log().close();
        if (scheduler.log().failure() != null) {
            say("the event log is not complete: " + scheduler.log().failure());
        }
        String lost = scheduler.values.close();
        if (lost != null) {
            say("what came from outside is not complete: " + lost);
        }
        String result = scheduler.options.get("result");
        if (result != null) {
            try {
                schedule().write(Path.of(result));
            } catch (IOException e) {
                say("cannot write the schedule: " + e);
            }
        }
        scheduler.outside.wakeAll();
        synchronized (this) {
            written = true;
            notifyAll();
        }
    }

    /** Waits until the run has ended and its files are written. */
    synchronized void awaitEnd() throws InterruptedException {
        while (!written) {
            wait();
        }
    }

    /** The exit status that the program would have, as far as a run in a worker can tell. */
    String status() {
        if (outcome.startsWith("exit ")) {
            return outcome.substring("exit ".length());
        }
        return Integer.toString(endStatus == 0 && mainFailed ? 1 : endStatus);
    }

    private Schedule schedule() {
        Schedule.Builder builder = scheduler.options.control().toBuilder().withoutDecisions();
        for (String key : new String[] {
            "log",
            "result",
            "check",
            "values",
            "given",
            "admit",
            "message",
            "worker",
            "out",
            "err",
            "uncontrolled",
            "waits",
            Stacks.KEY
        }) {
            builder.withoutHeader(key);
        }
        builder.header("jdk", Runtime.version().toString());
        builder.header("events", Long.toString(scheduler.events));
        builder.header("decisions", Long.toString(scheduler.decisions));
        builder.header("switches", Long.toString(scheduler.switches));
        builder.header("outcome", outcome);
        if (message != null) {
            builder.header("message", message);
        }
        if (uncontrolled.length() > 0) {
            builder.header("uncontrolled", uncontrolled.toString());
        }
        if (waits.length() > 0) {
            builder.header("waits", waits.toString());
        }
        if (!scheduler.stacks.isEmpty()) {
            for (ControlledThread thread : scheduler.threads) {
                scheduler.stacks.takeName(thread);
            }
            builder.header(Stacks.KEY, scheduler.stacks.json());
        }
        if (!admissions.text().isEmpty()) {
            builder.header("admit", admissions.text());
        }
        for (int i = 0; i < size; i += 4) {
            builder.add(new Preemption(
                    scheduler.threads.get(preemptions[i]).path,
                    preemptions[i + 1],
                    preemptions[i + 2],
                    scheduler.threads.get(preemptions[i + 3]).path));
        }
        for (int i = 0; i < choices.size(); i++) {
            builder.add(choices.get(i));
        }
        return builder.build();
    }

    /** How long nothing may happen, in milliseconds; 0 for ever. */
    long watchdogMillis() {
        if (scheduler.options.isTrue("debug")) {
            return 0;
        }
        return scheduler.options.number("watchdog", Options.WATCHDOG_SECONDS) * 1000;
    }

    static void say(String line) {
        System.err.println("dettrace: " + line);
    }
}

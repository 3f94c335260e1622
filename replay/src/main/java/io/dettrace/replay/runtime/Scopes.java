package io.dettrace.replay.runtime;

import io.dettrace.replay.schedule.Schedule;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Where control begins and ends: the program's main method, or methods that are runs of their own. */
public final class Scopes {
    private static Options options;
    private static boolean tests;
    private static int invocation;
    private static boolean mainSeen;

    // Of the method scope that is open: whose it is, and how deep it calls itself.
    private static Thread owner;
    private static int depth;

    /** How often each method that is a run was called. */
    private static final HashMap<String, Integer> CALLS = new HashMap<>();

    private Scopes() {}

    /** Makes ready; nothing is under control before a scope begins. */
    public static void arm(Options given) throws IOException {
        warmUp();
        if (given.get("values") != null || given.get("given") != null) {
            OutsideWarmUp.run();
        }
        options = given;
        tests = given.get("scope", "main").equals("tests");
        invocation = given.invocation();
    }

    /** Uses what recording and replaying use, so that both have loaded the same classes when the program begins. */
    private static void warmUp() throws IOException {
        Schedule schedule = Schedule.parse(
                List.of("dettrace-schedule 1", "seed 1", "switch 0 1 0.1", "switch 0 2.1 0.1", "choose 0 3 0.2"), "");
        Script script = new Script(schedule.preemptions(), schedule.choices());
        ControlledThread thread = new ControlledThread(Thread.currentThread(), 0, "0");
        thread.script = script.of("0");
        script.to(thread);
        script.choice(thread);
        ArrayList<ControlledThread> threads = new ArrayList<>(List.of(thread));
        EnabledThreads enabled = new EnabledThreads(threads);
        enabled.add(thread);
        for (String name : new String[] {"base", "random:0.5", "pct:3", "pos", "rr:2"}) {
            Policy policy = Policy.of(name, 1, 100);
            if (policy != null) {
                policy.pick(thread, thread, true, enabled);
            }
        }
        schedule.toBuilder().build().text();
        // A thread of our own that sleeps, as the watchdog will beside the program.
        EngineThread sleeper = new Sleeper();
        sleeper.start();
        try {
            sleeper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Sleeper extends EngineThread {
        Sleeper() {
            super("dettrace-warm-up");
        }

        @Override
        public void run() {
            Watchdog.pause(1);
        }
    }

    /**
     * Checks that identity hashes are running numbers.
     *
     * @throws IllegalStateException if they are not
     */
    public static void requireNumberedHashes() {
        if (!ObjectNames.hashesAreNumbers()) {
            throw new IllegalStateException("identity hashes are not the same in every run; start Java with"
                    + " -XX:+UnlockExperimentalVMOptions -XX:hashCode=3, as dettrace record does");
        }
    }

    static synchronized void mainBegins() {
        if (mainSeen || options == null || !options.get("scope", "main").equals("main")) {
            return;
        }
        mainSeen = true;
        open(options);
    }

    static synchronized void begin(String name) {
        if (owner == Thread.currentThread()) {
            depth++;
            return;
        }
        if (owner != null || options == null) {
            return;
        }
        Integer before = CALLS.get(name);
        int call = before == null ? 1 : before + 1;
        CALLS.put(name, call);
        if (!tests && call != invocation) {
            return;
        }
        if (open(tests ? options.forTest(name, call) : options)) {
            owner = Thread.currentThread();
            depth = 1;
        }
    }

    static void end(Throwable thrown) {
        synchronized (Scopes.class) {
            if (owner != Thread.currentThread() || --depth > 0) {
                return;
            }
            owner = null;
        }
        Scheduler scheduler = Scheduler.current;
        if (scheduler == null) {
            return;
        }
        ControlledThread me = scheduler.find(Thread.currentThread());
        if (me != null) {
            me.inside++;
            if (thrown != null) {
                scheduler.recording.uncaught(me, thrown);
            }
        }
        scheduler.recording.finish(null);
        scheduler.dissolve();
    }

    /** Begins a run; false if another JVM of the same command has begun it before. */
    private static boolean open(Options forRun) {
        try {
            String result = forRun.get("result");
            if (result != null && !new File(result + Schedule.TAKEN).createNewFile()) {
                return false;
            }
            Scheduler scheduler = new Scheduler(forRun);
            new Watchdog(scheduler).start();
            scheduler.begin();
        } catch (IOException | RuntimeException e) {
            Recording.say("cannot begin: " + e.getMessage());
            Runtime.getRuntime().halt(2);
        }
        return true;
    }
}

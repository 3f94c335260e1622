package io.dettrace.replay;

import io.dettrace.replay.SimulatedProgram.Body;
import io.dettrace.replay.SimulatedProgram.Step;
import io.dettrace.replay.schedule.Preemption;
import io.dettrace.replay.schedule.Schedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** One run of a {@link SimulatedProgram} under the rules of the engine: the same base policy, the same schedules. */
final class Simulation {
    private static final long FAIRNESS = 10_000;

    private static final class Thread {
        final int body;
        final String path;
        int pc;
        int register;
        long n;
        long decisionNumber = -1;
        int repetition;
        boolean ended;
        boolean waiting;
        boolean notified;
        int priority = -1;

        Thread(int body, String path) {
            this.body = body;
            this.path = path;
        }
    }

    private final SimulatedProgram program;
    private final Random random;
    private final String policy;
    private final Map<String, Preemption> script = new HashMap<>();
    private final Set<Long> changes = new HashSet<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Integer> variables = new HashMap<>();
    private final Map<String, Thread> owners = new HashMap<>();
    private final Schedule.Builder made = Schedule.builder();

    final StringBuilder log = new StringBuilder();
    long events;
    long decisions;
    private int lowest = -1;
    private Outcome outcome = Outcome.OK;

    Simulation(SimulatedProgram program, Schedule control) {
        this.program = program;
        random = new Random(Long.parseLong(control.header("seed", "0")));
        control.preemptions().forEach(p -> script.put(p.thread() + " " + p.n() + "." + p.rep(), p));
        boolean scripted = !script.isEmpty();
        policy = scripted ? control.header("then", "base") : control.header("policy", "base");
        if (policy.startsWith("pct:")) {
            int length = Integer.parseInt(control.header("length", "100"));
            for (int i = Integer.parseInt(policy.substring(4)); i > 1; i--) {
                changes.add((long) random.nextInt(Math.max(1, length)));
            }
        }
    }

    Outcome run() {
        threads.add(new Thread(0, "0"));
        Thread me = threads.get(0);
        long inARow = 0;
        while (me != null && outcome.passed()) {
            if (!canRun(me)) {
                me = next(me, false, false);
                inARow = 0;
                continue;
            }
            Thread pick = next(me, true, inARow >= FAIRNESS);
            if (pick != me) {
                me = pick;
                inARow = 0;
                // As in the engine: who was given the token does its event without being asked again.
            }
            step(me);
            inARow++;
        }
        return outcome;
    }

    Schedule made() {
        return made.build();
    }

    private Thread next(Thread me, boolean stay, boolean giveWay) {
        List<Thread> enabled = threads.stream().filter(this::canRun).toList();
        if (enabled.isEmpty()) {
            finish();
            return null;
        }
        Thread base = stay && !giveWay ? me : afterCyclic(me);
        if (enabled.size() == 1) {
            return base;
        }
        decisions++;
        me.repetition = me.decisionNumber == me.n ? me.repetition + 1 : 0;
        me.decisionNumber = me.n;
        Thread pick = pick(me, base, stay, enabled);
        if (pick != base) {
            made.add(new Preemption(me.path, me.n, me.repetition, pick.path));
        }
        return pick;
    }

    private Thread pick(Thread me, Thread base, boolean stay, List<Thread> enabled) {
        Preemption scripted = script.remove(me.path + " " + me.n + "." + me.repetition);
        if (scripted != null) {
            return enabled.stream()
                    .filter(t -> t.path.equals(scripted.to()))
                    .findFirst()
                    .orElse(base);
        }
        if (policy.startsWith("random:") && script.isEmpty()) {
            double p = Double.parseDouble(policy.substring(7));
            return stay && random.nextDouble() >= p ? base : enabled.get(random.nextInt(enabled.size()));
        }
        if (policy.startsWith("pct:")) {
            if (changes.contains(decisions)) {
                me.priority = lowest--;
            }
            Thread best = null;
            for (Thread t : enabled) {
                if (t.priority == -1) {
                    t.priority = random.nextInt(1 << 20) + 1;
                }
                best = best == null || t.priority > best.priority ? t : best;
            }
            return best;
        }
        return base;
    }

    private Thread afterCyclic(Thread me) {
        int from = threads.indexOf(me);
        for (int i = 1; i <= threads.size(); i++) {
            Thread t = threads.get((from + i) % threads.size());
            if (canRun(t)) {
                return t;
            }
        }
        throw new IllegalStateException("nobody can run");
    }

    private boolean canRun(Thread t) {
        if (t.ended || t.waiting && !t.notified) {
            return false;
        }
        List<Step> steps = program.bodies.get(t.body).steps;
        if (t.pc >= steps.size()) {
            return true;
        }
        Step s = steps.get(t.pc);
        return switch (s.op()) {
            case LOCK -> !owners.containsKey(s.name());
            case WAIT -> !t.waiting || !owners.containsKey(s.name());
            case JOIN -> ended(Integer.parseInt(s.name()));
            default -> true;
        };
    }

    private boolean ended(int body) {
        return threads.stream().anyMatch(t -> t.body == body && t.ended);
    }

    private void step(Thread t) {
        Body body = program.bodies.get(t.body);
        if (t.pc >= body.steps.size()) {
            event(t, "end", "", "", "");
            t.ended = true;
            return;
        }
        Step s = body.steps.get(t.pc);
        String at = at(t);
        switch (s.op()) {
            case READ -> {
                event(t, "read", "", s.name(), at);
                t.register = variables.getOrDefault(s.name(), 0);
            }
            case WRITE -> {
                event(t, "write", "", s.name(), at);
                variables.put(s.name(), s.value().applyAsInt(t.register));
            }
            case LOCK -> {
                event(t, "lock", "0:" + s.name(), "", at);
                owners.put(s.name(), t);
            }
            case UNLOCK -> {
                event(t, "unlock", "0:" + s.name(), "", at);
                owners.remove(s.name());
            }
            case START -> {
                event(t, "start", "", "", at);
                threads.add(new Thread(Integer.parseInt(s.name()), t.path + "." + threads.size()));
            }
            case JOIN -> event(t, "join", "", "", at);
            case NOTIFY -> {
                event(t, "notify", "0:" + s.name(), "", at);
                threads.stream()
                        .filter(w -> w.waiting && !w.notified && waitsOn(w).equals(s.name()))
                        .findFirst()
                        .ifPresent(w -> w.notified = true);
            }
            case WAIT -> {
                if (!waits(t, s, at)) {
                    return;
                }
            }
            case CHECK -> {
                if (!s.right().test(t.register)) {
                    outcome = Outcome.parse("failure SimulatedError at " + at);
                }
            }
        }
        t.pc++;
    }

    /** Returns true when the step is over: nothing to wait for, or the wait has ended. */
    private boolean waits(Thread t, Step s, String at) {
        if (t.waiting) {
            t.waiting = false;
            t.notified = false;
            owners.put(s.name(), t);
            event(t, "woken", "0:" + s.name(), "", at);
            return true;
        }
        if (!s.right().test(t.register)) {
            return true;
        }
        event(t, "wait", "0:" + s.name(), "", at);
        owners.remove(s.name());
        t.waiting = true;
        return false;
    }

    private String waitsOn(Thread t) {
        return program.bodies.get(t.body).steps.get(t.pc).name();
    }

    private String at(Thread t) {
        Body body = program.bodies.get(t.body);
        return body.name + ".run(" + body.name + ".java:" + (t.pc + 1) + ")";
    }

    private void finish() {
        StringBuilder blocked = new StringBuilder("deadlock");
        threads.stream()
                .filter(t -> !t.ended)
                .forEach(t -> blocked.append(' ').append(t.path).append('@').append(at(t)));
        if (threads.stream().anyMatch(t -> !t.ended)) {
            outcome = Outcome.parse(blocked.toString());
        }
    }

    private void event(Thread t, String op, String res, String what, String at) {
        log.append("{\"thread\":\"").append(t.path).append("\",\"n\":").append(t.n);
        log.append(",\"op\":\"").append(op).append('"');
        if (!res.isEmpty()) {
            log.append(",\"res\":\"").append(res).append('"');
        }
        if (!what.isEmpty()) {
            log.append(",\"what\":\"").append(what).append('"');
        }
        log.append(at.isEmpty() ? "" : ",\"at\":\"" + at + "\"").append("}\n");
        t.n++;
        events++;
    }
}

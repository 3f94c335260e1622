package io.dettrace.replay.runtime;

import io.dettrace.replay.schedule.Choice;
import io.dettrace.replay.schedule.Preemption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** The decisions that a schedule asks for, found by thread and that thread's event number. */
final class Script {
    private static final Preemption[] NONE = {};

    private final HashMap<String, Preemption[]> switches = new HashMap<>();
    private final HashMap<String, String> choices = new HashMap<>();
    private int remaining;

    Script(List<Preemption> preemptions, List<Choice> choices) {
        HashMap<String, ArrayList<Preemption>> byThread = new HashMap<>();
        for (int i = 0; i < preemptions.size(); i++) {
            Preemption preemption = preemptions.get(i);
            ArrayList<Preemption> list = byThread.get(preemption.thread());
            if (list == null) {
                byThread.put(preemption.thread(), list = new ArrayList<>());
            }
            int at = list.size();
            while (at > 0 && order(list.get(at - 1), preemption) > 0) {
                at--;
            }
            list.add(at, preemption);
        }
        for (String thread : byThread.keySet()) {
            switches.put(thread, byThread.get(thread).toArray(NONE));
        }
        for (int i = 0; i < choices.size(); i++) {
            Choice choice = choices.get(i);
            this.choices.put(choice.thread() + " " + choice.n(), choice.to());
        }
        remaining = preemptions.size();
    }

    private static int order(Preemption a, Preemption b) {
        return a.n() != b.n() ? Long.compare(a.n(), b.n()) : Integer.compare(a.rep(), b.rep());
    }

    Preemption[] of(String thread) {
        Preemption[] found = switches.get(thread);
        return found == null ? NONE : found;
    }

    /** How many switches are still ahead. */
    int remaining() {
        return remaining;
    }

    /** The path of the thread that the schedule wants at this decision of {@code me}, or null. */
    String to(ControlledThread me) {
        Preemption[] list = me.script;
        while (me.scriptNext < list.length) {
            Preemption due = list[me.scriptNext];
            if (due.n() > me.number || due.n() == me.number && due.rep() > me.repetition) {
                return null;
            }
            me.scriptNext++;
            remaining--;
            if (due.n() == me.number && due.rep() == me.repetition) {
                return due.to();
            }
        }
        return null;
    }

    /** The path of the thread that the schedule wants notified by the current event of {@code me}, or null. */
    String choice(ControlledThread me) {
        return choices.isEmpty() ? null : choices.get(me.path + " " + me.number);
    }
}

package io.dettrace.replay.programs;

import java.util.ArrayList;
import java.util.List;

/**
 * A subject calls its listener while it holds its lock; the listener locks itself, and elsewhere in opposite order.
 *
 * <p>Source: Lee, "The problem with threads", IEEE Computer 2006 (the observer of Ptolemy II); Bloch's alien method.
 */
public final class CallbackUnderLock {
    private final List<Panel> panels = new ArrayList<>();
    private int value;

    private CallbackUnderLock() {}

    public static void main(String[] args) throws InterruptedException {
        CallbackUnderLock model = new CallbackUnderLock();
        Panel panel = new Panel(model);
        model.panels.add(panel);
        Thread setter = new Thread(() -> model.set(5), "setter");
        Thread painter = new Thread(panel::paint, "painter");
        setter.start();
        painter.start();
        setter.join();
        painter.join();
        System.out.println("shown " + panel.shown);
    }

    private void set(int next) {
        synchronized (this) { // fault: begin, intruder
            value = next;
            for (Panel panel : panels) {
                panel.changed(next);
            }
        }
    }

    private int get() {
        synchronized (this) { // fault: end
            return value;
        }
    }

    private static final class Panel {
        private final CallbackUnderLock model;
        private int shown;

        private Panel(CallbackUnderLock model) {
            this.model = model;
        }

        private void paint() {
            synchronized (this) { // fault: begin, intruder
                shown = model.get();
            }
        }

        private void changed(int next) {
            synchronized (this) { // fault: end
                shown = next;
            }
        }
    }
}

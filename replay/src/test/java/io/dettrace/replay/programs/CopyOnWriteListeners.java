package io.dettrace.replay.programs;

import java.util.concurrent.CopyOnWriteArrayList;

/** Listeners added and removed while events are published; what each event reached is printed. */
public final class CopyOnWriteListeners {
    private CopyOnWriteListeners() {}

    public static void main(String[] args) throws InterruptedException {
        CopyOnWriteArrayList<String> listeners = new CopyOnWriteArrayList<>(new String[] {"a"});
        Thread changer = new Thread(
                () -> {
                    listeners.add("b");
                    listeners.addIfAbsent("b");
                    listeners.remove("a");
                    listeners.add("c");
                },
                "changer");
        changer.start();
        for (int event = 0; event < 3; event++) {
            StringBuilder reached = new StringBuilder("event " + event + ":");
            for (String listener : listeners) {
                reached.append(' ').append(listener);
            }
            System.out.println(reached);
        }
        changer.join();
        System.out.println(listeners);
    }
}

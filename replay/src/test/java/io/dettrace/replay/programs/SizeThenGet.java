package io.dettrace.replay.programs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A CopyOnWriteArrayList is walked through by index; an element removed between size and get makes the index wrong.
 *
 * <p>Source: Lin, Dig, "Check-then-act misuse of Java concurrent collections", ICST 2013.
 */
public final class SizeThenGet {
    private static final List<String> SESSIONS = new CopyOnWriteArrayList<>(List.of("x", "y"));

    private SizeThenGet() {}

    public static void main(String[] args) throws InterruptedException {
        Thread reader = new Thread(SizeThenGet::last, "reader");
        Thread remover = new Thread(() -> SESSIONS.remove("y"), "remover"); // fault: intruder
        reader.start();
        remover.start();
        reader.join();
        remover.join();
        System.out.println(SESSIONS);
    }

    private static void last() {
        int size = SESSIONS.size(); // fault: begin
        String last = SESSIONS.get(size - 1); // fault: end
        System.out.println("last " + last);
    }
}

package io.dettrace.replay.programs;

/**
 * Double-checked locking with a plain field that is set before the object is complete; no reordering is needed.
 *
 * <p>Source: Bacon et al., "The double-checked locking is broken" declaration (2000), here visible under sequential
 * consistency because the reference is published before the second field is set.
 */
public final class DoubleCheckedLocking {
    private static DoubleCheckedLocking instance;

    private int host;
    private int port;

    private DoubleCheckedLocking() {}

    public static void main(String[] args) throws InterruptedException {
        Thread first = new Thread(DoubleCheckedLocking::use, "first");
        Thread second = new Thread(DoubleCheckedLocking::use, "second");
        first.start();
        second.start();
        first.join();
        second.join();
        System.out.println(instance.host + ":" + instance.port);
    }

    private static DoubleCheckedLocking get() {
        if (instance == null) { // fault: intruder
            synchronized (DoubleCheckedLocking.class) {
                if (instance == null) {
                    instance = new DoubleCheckedLocking(); // fault: begin
                    instance.host = 7;
                    instance.port = 80; // fault: end
                }
            }
        }
        return instance;
    }

    private static void use() {
        DoubleCheckedLocking config = get();
        int host = config.host; // fault: intruder
        int port = config.port; // fault: intruder
        if (host != 7 || port != 80) {
            throw new IllegalStateException("half initialised: " + host + ":" + port);
        }
    }
}

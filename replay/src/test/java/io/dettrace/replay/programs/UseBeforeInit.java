package io.dettrace.replay.programs;

/**
 * A thread is started before the field it uses is set.
 *
 * <p>Source: the order violation of Lu et al., ASPLOS 2008 (Mozilla, nsThread::Init against Main).
 */
public final class UseBeforeInit {
    private String name;

    private UseBeforeInit() {}

    public static void main(String[] args) throws InterruptedException {
        UseBeforeInit server = new UseBeforeInit();
        Thread worker = new Thread(server::greet, "worker");
        worker.start(); // fault: begin
        server.name = "mail"; // fault: end
        worker.join();
    }

    private void greet() {
        String known = name; // fault: intruder
        if (known == null) {
            throw new IllegalStateException("used before it was set");
        }
        System.out.println("hello " + known);
    }
}

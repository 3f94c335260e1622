package io.dettrace.replay.programs;

/** A service whose constructor starts its thread; the thread waits until the construction is over. */
public final class StartInConstructor {
    private final Thread thread;
    private boolean ready;
    private String name;

    private StartInConstructor(String name) {
        thread = new Thread(this::run, "service-" + name);
        thread.start();
        synchronized (this) {
            this.name = name;
            ready = true;
            notifyAll();
        }
    }

    public static void main(String[] args) throws InterruptedException {
        StartInConstructor mail = new StartInConstructor("mail");
        StartInConstructor news = new StartInConstructor("news");
        mail.thread.join();
        news.thread.join();
    }

    private synchronized void run() {
        while (!ready) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        System.out.println(Thread.currentThread().getName() + " serves " + name);
    }
}

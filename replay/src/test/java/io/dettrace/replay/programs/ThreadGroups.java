package io.dettrace.replay.programs;

/** Threads of a group of their own: counted, named, interrupted together. */
public final class ThreadGroups {
    private ThreadGroups() {}

    public static void main(String[] args) throws InterruptedException {
        ThreadGroup group = new ThreadGroup("crew");
        Thread[] crew = new Thread[3];
        String[] said = new String[crew.length];
        for (int i = 0; i < crew.length; i++) {
            int me = i;
            crew[i] = new Thread(group, () -> said[me] = sleep(), "crew-" + i);
            crew[i].start();
        }
        group.interrupt();
        for (int i = 0; i < crew.length; i++) {
            crew[i].join();
            System.out.println(crew[i].getName() + " " + said[i]);
        }
        System.out.println(group.getName() + " in " + group.getParent().getName() + ", active " + group.activeCount());
    }

    private static String sleep() {
        try {
            Thread.sleep(60_000);
            return "slept";
        } catch (InterruptedException e) {
            return "interrupted in " + Thread.currentThread().getThreadGroup().getName();
        }
    }
}

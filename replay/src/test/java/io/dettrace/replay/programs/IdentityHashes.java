package io.dettrace.replay.programs;

/** Identity hash codes, default toString and a thread's hash printed, from main and from two threads. */
public final class IdentityHashes {
    private IdentityHashes() {}

    public static void main(String[] args) throws InterruptedException {
        String[] lines = new String[2];
        Thread[] threads = new Thread[lines.length];
        for (int i = 0; i < threads.length; i++) {
            int me = i;
            threads[i] = new Thread(() -> lines[me] = new Object() + " " + System.identityHashCode(new int[1]));
            threads[i].start();
        }
        for (int i = 0; i < threads.length; i++) {
            threads[i].join();
            System.out.println(lines[i] + " " + threads[i].hashCode());
        }
        Object mine = new Object();
        System.out.println(mine.hashCode() + " " + (mine.hashCode() == System.identityHashCode(mine)));
    }
}

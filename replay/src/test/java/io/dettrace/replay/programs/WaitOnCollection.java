package io.dettrace.replay.programs;

import java.util.Vector;

/** A Vector that is its own monitor: consumers wait on it, producers add to it and notify. */
public final class WaitOnCollection {
    private static final Vector<String> MAIL = new Vector<>();

    private WaitOnCollection() {}

    public static void main(String[] args) throws InterruptedException {
        String[] got = new String[2];
        Thread[] readers = new Thread[2];
        for (int i = 0; i < readers.length; i++) {
            int me = i;
            readers[i] = new Thread(() -> got[me] = read(), "reader-" + i);
            readers[i].start();
        }
        for (String text : new String[] {"first", "second"}) {
            synchronized (MAIL) {
                MAIL.add(text);
                MAIL.notifyAll();
            }
        }
        for (Thread reader : readers) {
            reader.join();
        }
        System.out.println(got[0] + ", " + got[1] + ", left " + MAIL.size());
    }

    private static String read() {
        synchronized (MAIL) {
            while (MAIL.isEmpty()) {
                try {
                    MAIL.wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return MAIL.remove(0);
        }
    }
}

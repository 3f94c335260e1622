package io.dettrace.replay.programs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;

/** Vector, Hashtable and a synchronizedList shared by three threads that also synchronize on them from outside. */
public final class SynchronizedCollections {
    private static final List<String> LIST = Collections.synchronizedList(new ArrayList<>());
    private static final Vector<Integer> VECTOR = new Vector<>();
    private static final Hashtable<String, Integer> TABLE = new Hashtable<>();

    private SynchronizedCollections() {}

    public static void main(String[] args) throws InterruptedException {
        Thread[] threads = new Thread[3];
        for (int i = 0; i < threads.length; i++) {
            int me = i;
            threads[i] = new Thread(() -> work(me), "thread-" + i);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(LIST);
        System.out.println(VECTOR);
        System.out.println("most " + TABLE.get("most") + ", calls " + TABLE.get("calls"));
    }

    private static void work(int me) {
        for (int round = 0; round < 2; round++) {
            LIST.add(me + "/" + round);
            synchronized (LIST) {
                if (!LIST.isEmpty()) {
                    String last = LIST.remove(LIST.size() - 1);
                    LIST.add(last + "+");
                }
            }
            synchronized (VECTOR) {
                int last = VECTOR.isEmpty() ? 0 : VECTOR.lastElement();
                VECTOR.add(last + me + 1);
            }
            synchronized (TABLE) {
                TABLE.merge("calls", 1, Integer::sum);
                TABLE.put("most", Math.max(TABLE.getOrDefault("most", 0), VECTOR.size()));
            }
        }
    }
}

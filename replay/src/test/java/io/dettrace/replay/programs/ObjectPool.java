package io.dettrace.replay.programs;

import java.util.ArrayDeque;
import java.util.Deque;

/** A pool of two connections shared by four threads by wait and notify; who used which is printed. */
public final class ObjectPool {
    private final Deque<String> idle = new ArrayDeque<>();
    private final StringBuilder uses = new StringBuilder();

    private ObjectPool() {
        idle.add("x");
        idle.add("y");
    }

    public static void main(String[] args) throws InterruptedException {
        ObjectPool pool = new ObjectPool();
        Thread[] clients = new Thread[4];
        for (int i = 0; i < clients.length; i++) {
            int me = i;
            clients[i] = new Thread(() -> pool.use(me), "client-" + i);
            clients[i].start();
        }
        for (Thread client : clients) {
            client.join();
        }
        System.out.println(pool.uses.toString().trim() + ", idle " + pool.idle.size());
    }

    private void use(int me) {
        for (int i = 0; i < 2; i++) {
            String connection = borrow(me);
            Thread.yield();
            giveBack(connection);
        }
    }

    private synchronized String borrow(int me) {
        while (idle.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        String connection = idle.removeFirst();
        uses.append(me).append(connection).append(' ');
        return connection;
    }

    private synchronized void giveBack(String connection) {
        idle.addFirst(connection);
        notify();
    }
}

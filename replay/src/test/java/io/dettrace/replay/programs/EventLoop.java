package io.dettrace.replay.programs;

import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;

/** A small event loop with posted tasks and timers under one monitor, fed by two threads. */
public final class EventLoop {
    private record Timed(long due, String name) {}

    private final Queue<String> posted = new ArrayDeque<>();
    private final PriorityQueue<Timed> timers = new PriorityQueue<>((a, b) -> Long.compare(a.due, b.due));
    private final StringBuilder ran = new StringBuilder();

    private EventLoop() {}

    public static void main(String[] args) throws InterruptedException {
        EventLoop loop = new EventLoop();
        Thread loopThread = new Thread(loop::run, "loop");
        loopThread.start();
        Thread[] clients = new Thread[2];
        for (int i = 0; i < clients.length; i++) {
            int me = i;
            clients[i] = new Thread(() -> {
                loop.after(20 - 10 * me, "timer" + me);
                loop.post("task" + me);
            });
            clients[i].start();
        }
        for (Thread client : clients) {
            client.join();
        }
        loop.after(40, "stop");
        loopThread.join();
        System.out.println(loop.ran.toString().trim());
    }

    private synchronized void post(String task) {
        posted.add(task);
        notify();
    }

    private synchronized void after(int millis, String name) {
        timers.add(new Timed(System.nanoTime() + millis * 1_000_000L, name));
        notify();
    }

    private synchronized void run() {
        String task = "";
        while (!task.equals("stop")) {
            task = next();
            ran.append(task).append(' ');
        }
    }

    private String next() {
        while (true) {
            if (!posted.isEmpty()) {
                return posted.remove();
            }
            long left = timers.isEmpty() ? Long.MAX_VALUE : timers.peek().due - System.nanoTime();
            if (left <= 0) {
                return timers.remove().name;
            }
            try {
                wait(timers.isEmpty() ? 0 : left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

package io.dettrace.replay.programs;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** Three actors with mailboxes on a pool of two threads pass messages round; the order of arrival is printed. */
public final class ActorMailboxes {
    private static final class Actor implements Runnable {
        private final ConcurrentLinkedQueue<Integer> mailbox = new ConcurrentLinkedQueue<>();
        private final AtomicBoolean scheduled = new AtomicBoolean();
        private final char name;
        private Actor next;

        private Actor(char name) {
            this.name = name;
        }

        private void tell(int hops) {
            mailbox.add(hops);
            if (scheduled.compareAndSet(false, true)) {
                POOL.execute(this);
            }
        }

        @Override
        public void run() {
            for (Integer hops = mailbox.poll(); hops != null; hops = mailbox.poll()) {
                ARRIVED.append(name).append(hops).append(' ');
                if (hops > 0) {
                    next.tell(hops - 1);
                } else {
                    ENDED.countDown();
                }
            }
            scheduled.set(false);
            if (!mailbox.isEmpty() && scheduled.compareAndSet(false, true)) {
                POOL.execute(this);
            }
        }
    }

    private static final ExecutorService POOL = Executors.newFixedThreadPool(2);
    private static final StringBuffer ARRIVED = new StringBuffer();
    private static final CountDownLatch ENDED = new CountDownLatch(3);

    private ActorMailboxes() {}

    public static void main(String[] args) throws InterruptedException {
        Actor a = new Actor('a');
        Actor b = new Actor('b');
        Actor c = new Actor('c');
        a.next = b;
        b.next = c;
        c.next = a;
        a.tell(3);
        b.tell(3);
        a.tell(4);
        ENDED.await();
        POOL.shutdown();
        System.out.println(ARRIVED.toString().trim());
    }
}

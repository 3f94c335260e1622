package io.dettrace.replay.programs;

import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;

/** java.util.Timer with a single and a periodic task, cancelled from inside. */
public final class TimerTasks {
    private TimerTasks() {}

    public static void main(String[] args) throws InterruptedException {
        Timer timer = new Timer("timer");
        CountDownLatch done = new CountDownLatch(1);
        StringBuffer said = new StringBuffer();
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        said.append("once ");
                    }
                },
                1);
        timer.schedule(
                new TimerTask() {
                    private int ticks;

                    @Override
                    public void run() {
                        said.append("tick ");
                        if (++ticks == 3) {
                            cancel();
                            done.countDown();
                        }
                    }
                },
                4,
                3);
        done.await();
        timer.cancel();
        System.out.println(said.toString().trim());
    }
}

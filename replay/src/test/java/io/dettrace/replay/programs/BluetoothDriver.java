package io.dettrace.replay.programs;

/**
 * A driver looks whether it is being stopped and only then counts itself as busy; in between it is stopped for good.
 *
 * <p>Source: the Bluetooth driver of Qadeer, Wu, "KISS: keep it simple and sequential", PLDI 2004; in SCTBench.
 */
public final class BluetoothDriver {
    private int pending = 1;
    private volatile boolean stopping;
    private volatile boolean stopped;
    private boolean idle;

    private BluetoothDriver() {}

    public static void main(String[] args) throws InterruptedException {
        BluetoothDriver driver = new BluetoothDriver();
        Thread stopper = new Thread(driver::stop, "stopper");
        stopper.start();
        driver.dispatch();
        stopper.join();
        System.out.println("stopped " + driver.stopped);
    }

    private void dispatch() {
        if (enter()) {
            if (stopped) {
                throw new IllegalStateException("works though it is stopped");
            }
            leave();
        }
    }

    private boolean enter() {
        if (stopping) { // fault: begin
            return false;
        }
        count(); // fault: end
        return true;
    }

    private synchronized void count() {
        pending++;
    }

    private synchronized void leave() {
        pending--;
        if (pending == 0) {
            idle = true;
            notifyAll();
        }
    }

    private void stop() {
        stopping = true; // fault: intruder
        leave(); // fault: intruder
        awaitIdle();
        stopped = true; // fault: intruder
    }

    private synchronized void awaitIdle() {
        while (!idle) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

package io.dettrace.replay.programs;

/** Threads that spin on volatile flags, with onSpinWait, with yield and with neither. */
public final class SpinFlag {
    private static volatile boolean started;
    private static volatile boolean answered;
    private static volatile int stage;

    private SpinFlag() {}

    public static void main(String[] args) throws InterruptedException {
        Thread helper = new Thread(SpinFlag::help, "helper");
        helper.start();
        while (!started) {
            Thread.onSpinWait();
        }
        answered = true;
        while (stage == 0) {
            Thread.yield();
        }
        System.out.println("stage " + stage);
        stage = 2;
        helper.join();
        System.out.println("stage " + stage);
    }

    private static void help() {
        started = true;
        while (!answered) {
            // Spins without a hint, as hurried code does.
        }
        stage = 1;
        while (stage == 1) {
            Thread.onSpinWait();
        }
        stage = 3;
    }
}

package io.dettrace.replay.programs;

/** Two threads use one class first at the same time; who initialised it is printed. */
public final class ClassInitRace {
    private static final StringBuffer LOG = new StringBuffer();

    private static final class Settings {
        private static final int[] SQUARES = new int[20];
        private static final String MAKER = Thread.currentThread().getName();

        static {
            for (int i = 0; i < SQUARES.length; i++) {
                SQUARES[i] = i * i;
            }
            synchronized (LOG) {
                LOG.append("initialised by ").append(MAKER).append('\n');
            }
        }

        private Settings() {}
    }

    private ClassInitRace() {}

    public static void main(String[] args) throws InterruptedException {
        Thread first = new Thread(() -> use(3), "first");
        Thread second = new Thread(() -> use(5), "second");
        first.start();
        second.start();
        first.join();
        second.join();
        System.out.print(LOG);
    }

    private static void use(int i) {
        int square = Settings.SQUARES[i];
        LOG.append(Thread.currentThread().getName()).append(": ").append(square).append('\n');
    }
}

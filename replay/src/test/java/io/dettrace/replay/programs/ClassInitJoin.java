package io.dettrace.replay.programs;

/** Two threads use one class first; its initialiser starts a thread of its own and joins it while the other waits. */
public final class ClassInitJoin {
    private static final StringBuffer LOG = new StringBuffer();

    private static final class Settings {
        private static final String VALUE = load();

        private Settings() {}

        private static String load() {
            String by = Thread.currentThread().getName();
            Thread loader = loaderFor(by);
            loader.start();
            try {
                loader.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return "set by " + by;
        }
    }

    private ClassInitJoin() {}

    public static void main(String[] args) throws InterruptedException {
        Thread first = new Thread(ClassInitJoin::use, "first");
        Thread second = new Thread(ClassInitJoin::use, "second");
        first.start();
        second.start();
        first.join();
        second.join();
        System.out.print(LOG);
    }

    /** Made outside the class being initialised, whose lambdas no other thread could run meanwhile. */
    private static Thread loaderFor(String by) {
        return new Thread(() -> LOG.append("loaded for ").append(by).append('\n'), "loader");
    }

    private static void use() {
        String value = Settings.VALUE;
        LOG.append(Thread.currentThread().getName()).append(": ").append(value).append('\n');
    }
}

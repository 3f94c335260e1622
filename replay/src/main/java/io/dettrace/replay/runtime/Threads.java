package io.dettrace.replay.runtime;

/** Tells which threads can be brought under control: those whose {@code run} method tells the scheduler. */
final class Threads {
    private Threads() {}

    /** True if the thread reports when it begins. */
    static boolean canBeControlled(Thread thread) {
        if (thread instanceof EngineThread || isOfTheJdk(thread)) {
            return false;
        }
        for (Class<?> type = thread.getClass(); type != null; type = type.getSuperclass()) {
            String name = type.getName();
            if (type.getClassLoader() != null
                    || name.equals("java.lang.Thread")
                    || name.equals("java.lang.BaseVirtualThread")
                    || name.equals("java.util.TimerThread")
                    || name.equals("java.util.concurrent.DelayScheduler")
                    || name.equals("java.util.concurrent.ForkJoinWorkerThread")) {
                return true;
            }
            if (declaresRun(type)) {
                return false;
            }
        }
        return false;
    }

    /** True for threads of pools that belong to the JDK and stay when a program's classes are gone. */
    static boolean outliveTheirRun(Thread thread) {
        String name = thread.getName();
        return name.startsWith("ForkJoinPool.commonPool") || name.startsWith("CompletableFutureDelayScheduler");
    }

    /** True for threads that serve the JDK itself, such as the carriers of virtual threads. */
    static boolean isOfTheJdk(Thread thread) {
        String name = thread.getClass().getName();
        return name.startsWith("jdk.internal.")
                || name.startsWith("sun.")
                || name.startsWith("java.lang.ref.")
                || thread.getName().startsWith("process reaper");
    }

    private static boolean declaresRun(Class<?> type) {
        try {
            type.getDeclaredMethod("run");
            return !type.getName().equals("java.lang.VirtualThread");
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}

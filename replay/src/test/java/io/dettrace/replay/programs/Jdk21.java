package io.dettrace.replay.programs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What a JDK 21 or newer adds, called by reflection, since the programs are compiled for 17. */
final class Jdk21 {
    private Jdk21() {}

    /** An executor that starts one virtual thread for each task. */
    static ExecutorService newVirtualThreadPerTaskExecutor() {
        return (ExecutorService) call(Executors.class, "newVirtualThreadPerTaskExecutor", null);
    }

    /** A virtual thread without a name, started. */
    static Thread startVirtual(Runnable task) {
        return (Thread) call(Thread.class, "startVirtualThread", null, new Class<?>[] {Runnable.class}, task);
    }

    /** A virtual thread of this name by {@code Thread.ofVirtual()}, started. */
    static Thread startVirtual(String name, Runnable task) {
        return (Thread) call(builderType(), "start", named(name), new Class<?>[] {Runnable.class}, task);
    }

    /** A virtual thread of this name by {@code Thread.ofVirtual()}, not yet started. */
    static Thread unstartedVirtual(String name, Runnable task) {
        return (Thread) call(builderType(), "unstarted", named(name), new Class<?>[] {Runnable.class}, task);
    }

    /** Whether this is a virtual thread. */
    static boolean isVirtual(Thread thread) {
        return (Boolean) call(Thread.class, "isVirtual", thread);
    }

    private static Object named(String name) {
        Object builder = call(Thread.class, "ofVirtual", null);
        return call(builderType(), "name", builder, new Class<?>[] {String.class}, name);
    }

    private static Class<?> builderType() {
        try {
            return Class.forName("java.lang.Thread$Builder");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("this program needs a JDK 21 or newer", e);
        }
    }

    private static Object call(Class<?> type, String name, Object target) {
        return call(type, name, target, new Class<?>[0]);
    }

    private static Object call(Class<?> type, String name, Object target, Class<?>[] types, Object... arguments) {
        try {
            Method method = type.getMethod(name, types);
            return method.invoke(target, arguments);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("this program needs a JDK 21 or newer", e);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}

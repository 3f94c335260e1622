package io.dettrace.replay.programs;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/** wait and notify by reflection, start and join by method handles. */
public final class ReflectiveCalls {
    private static final Object MONITOR = new Object();
    private static boolean ready;

    private ReflectiveCalls() {}

    public static void main(String[] args) throws Throwable {
        MethodHandle start =
                MethodHandles.lookup().findVirtual(Thread.class, "start", MethodType.methodType(void.class));
        MethodHandle join = MethodHandles.lookup().findVirtual(Thread.class, "join", MethodType.methodType(void.class));
        Thread waiter = new Thread(ReflectiveCalls::await, "waiter");
        start.invokeExact(waiter);
        Method notify = Object.class.getMethod("notifyAll");
        synchronized (MONITOR) {
            ready = true;
            notify.invoke(MONITOR);
        }
        join.invokeExact(waiter);
        System.out.println("joined");
    }

    private static void await() {
        try {
            Method wait = Object.class.getMethod("wait");
            synchronized (MONITOR) {
                while (!ready) {
                    wait.invoke(MONITOR);
                }
            }
            System.out.println("ready");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}

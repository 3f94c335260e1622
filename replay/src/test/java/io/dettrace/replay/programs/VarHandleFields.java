package io.dettrace.replay.programs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Fields through VarHandles: compareAndSet, getAndAdd, acquire and release, and a spin lock made of one. */
public final class VarHandleFields {
    private static final VarHandle COUNT;
    private static final VarHandle LOCK;

    static {
        try {
            COUNT = MethodHandles.lookup().findVarHandle(VarHandleFields.class, "count", int.class);
            LOCK = MethodHandles.lookup().findVarHandle(VarHandleFields.class, "locked", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private int count;
    private boolean locked;
    private int plain;

    private VarHandleFields() {}

    public static void main(String[] args) throws InterruptedException {
        VarHandleFields cell = new VarHandleFields();
        StringBuffer order = new StringBuffer();
        Thread[] threads = new Thread[3];
        for (int i = 0; i < threads.length; i++) {
            int me = i;
            threads[i] = new Thread(() -> cell.work(me, order));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println((int) COUNT.getVolatile(cell) + " " + cell.plain + " " + order);
    }

    private void work(int me, StringBuffer order) {
        for (int i = 0; i < 2; i++) {
            int before = (int) COUNT.getAndAdd(this, 1);
            order.append(me).append(':').append(before).append(' ');
            while (!LOCK.compareAndSet(this, false, true)) {
                Thread.onSpinWait();
            }
            plain++;
            LOCK.setRelease(this, false);
        }
    }
}

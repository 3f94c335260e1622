package io.dettrace.replay.programs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** Elements of arrays through VarHandles; three threads claim slots by compareAndSet. */
public final class VarHandleArrays {
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle NAMES = MethodHandles.arrayElementVarHandle(String[].class);

    private VarHandleArrays() {}

    public static void main(String[] args) throws InterruptedException {
        int[] counts = new int[4];
        String[] slots = new String[4];
        Thread[] threads = new Thread[3];
        for (int i = 0; i < threads.length; i++) {
            String me = "t" + i;
            threads[i] = new Thread(() -> {
                for (int slot = 0; slot < slots.length; slot++) {
                    INTS.getAndAdd(counts, slot, 1);
                    NAMES.compareAndSet(slots, slot, (String) null, me);
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(Arrays.toString(counts) + " " + Arrays.toString(slots));
    }
}

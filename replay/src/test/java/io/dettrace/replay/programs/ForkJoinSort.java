package io.dettrace.replay.programs;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;

/** Merge sort of an array by RecursiveAction and invokeAll on the common pool. */
public final class ForkJoinSort {
    private static final class Sort extends RecursiveAction {
        private static final long serialVersionUID = 1L;

        private final transient int[] values;
        private final int from;
        private final int to;

        private Sort(int[] values, int from, int to) {
            this.values = values;
            this.from = from;
            this.to = to;
        }

        @Override
        protected void compute() {
            if (to - from < 3) {
                Arrays.sort(values, from, to);
                return;
            }
            int middle = (from + to) >>> 1;
            invokeAll(new Sort(values, from, middle), new Sort(values, middle, to));
            int[] left = Arrays.copyOfRange(values, from, middle);
            for (int i = 0, right = middle, at = from; i < left.length; at++) {
                values[at] = right == to || left[i] <= values[right] ? left[i++] : values[right++];
            }
        }
    }

    private ForkJoinSort() {}

    public static void main(String[] args) {
        int[] values = {9, 4, 7, 1, 8, 2, 6, 3, 5, 0};
        ForkJoinPool.commonPool().invoke(new Sort(values, 0, values.length));
        System.out.println(Arrays.toString(values));
    }
}

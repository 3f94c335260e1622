package io.dettrace.oracle.history;

/** Instants of a history, which are numbers of events, in order. */
final class Instants {
    private Instants() {}

    /** How many of the sorted instants come before this one; none of them is the same, except {@link Operation#NEVER}. */
    static int below(int[] sorted, int instant) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < instant) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

package io.dettrace.compare;

import java.util.Arrays;

/** The links of one event by the comparison's lanes; room that is filled anew for each event. */
final class Links {
    private int[] lane = new int[16];
    private long[] ref = new long[16];
    private int size;

    int size() {
        return size;
    }

    int lane(int i) {
        return lane[i];
    }

    long ref(int i) {
        return ref[i];
    }

    void clear() {
        size = 0;
    }

    void add(int toLane, long toRef) {
        if (size == lane.length) {
            lane = Arrays.copyOf(lane, 2 * size);
            ref = Arrays.copyOf(ref, 2 * size);
        }
        lane[size] = toLane;
        ref[size++] = toRef;
    }
}

package io.dettrace.timing;

/**
 * How own delays of the two runs differ, as a histogram of bounded size: eight steps for each power of two, so that a
 * quantile is at most an eighth too great.
 */
final class Excesses {
    private static final int STEPS = 8;

    private final long[] absolute = new long[64 * STEPS];
    private long events;

    void add(long excess, long expected) {
        absolute[bucket(excess)]++;
        events++;
    }

    private static int bucket(long value) {
        if (value < STEPS) {
            return (int) value;
        }
        int power = 63 - Long.numberOfLeadingZeros(value);
        return (power - 2) * STEPS + (int) (value >>> power - 3 & STEPS - 1);
    }

    private static long upper(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int power = bucket / STEPS + 2;
        return (1L << power) + ((long) (bucket % STEPS + 1) << power - 3) - 1;
    }

    /** Nanoseconds that at least this share of the delays does not differ by more than. */
    long quantile(double share) {
        long seen = 0;
        for (int i = 0; i < absolute.length; i++) {
            seen += absolute[i];
            if (seen >= share * events) {
                return upper(i);
            }
        }
        return 0;
    }
}

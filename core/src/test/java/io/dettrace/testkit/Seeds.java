package io.dettrace.testkit;

/**
 * Repeats a check with many seeds, the same ones on every run, and names the seed of a failure. {@code -Ddettrace.seed=N}
 * repeats one seed; {@code -Ddettrace.seeds.from=N} starts elsewhere, for longer searches.
 */
public final class Seeds {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /** A check that draws all its choices from a seed. */
    @FunctionalInterface
    public interface Check {
        /** Fails by throwing. */
        void with(long seed) throws Exception;
    }

    /** Runs {@code check} with {@code n} seeds, or with the one asked for. */
    public static void each(int n, Check check) {
        Long only = Long.getLong("dettrace.seed");
        long from = Long.getLong("dettrace.seeds.from", 0);
        for (long i = from; i < from + n; i++) {
            long seed = only != null ? only : i * GOLDEN >>> 11;
            try {
                check.with(seed);
            } catch (Exception | AssertionError failure) {
                throw new AssertionError("-Ddettrace.seed=" + seed + ": " + failure.getMessage(), failure);
            }
            if (only != null) {
                return;
            }
        }
    }
}

package io.dettrace.replay;

/**
 * How to explore.
 *
 * @param strategy the policy of the seeded runs, such as {@code pct:3}, or {@link #MIXED}
 * @param runs most seeded runs
 * @param firstSeed the first seed; the others follow it
 * @param nanos time after which no run is begun, or 0 for none
 * @param failures failing runs, the one under the base policy included, after which exploring stops, or 0 to go on
 */
public record ExploreOptions(String strategy, int runs, long firstSeed, long nanos, int failures) {
    /**
     * Several policies in turn: five runs in eight are {@code pct:3}, which finds what few switches do; two are {@code
     * random:0.3} and one is {@code pos}, for what takes many.
     */
    public static final String MIXED = "mixed";

    /** 1,000 runs of {@link #MIXED}, stopping at nothing. */
    public static final ExploreOptions DEFAULT = new ExploreOptions(MIXED, 1_000, 1, 0, 0);

    /** Most runs of one exploration. */
    public static final int MAX_RUNS = 10_000_000;

    /** Checks the ranges. */
    public ExploreOptions {
        if (runs < 0 || runs > MAX_RUNS) {
            throw new IllegalArgumentException("runs must be 0 to " + MAX_RUNS + ", not " + runs);
        }
        if (nanos < 0 || failures < 0) {
            throw new IllegalArgumentException("time and failures must not be negative");
        }
    }

    /** The policy of a seed. */
    String policy(long seed) {
        if (!strategy.equals(MIXED)) {
            return strategy;
        }
        return seed % 4 == 0 ? "random:0.3" : seed % 8 == 6 ? "pos" : "pct:3";
    }

    /** The same with at most so many runs. */
    public ExploreOptions withRuns(int most) {
        return new ExploreOptions(strategy, most, firstSeed, nanos, failures);
    }

    /** The same with another policy. */
    public ExploreOptions withStrategy(String policy) {
        return new ExploreOptions(policy, runs, firstSeed, nanos, failures);
    }

    /** The same, stopping after so many failing runs. */
    public ExploreOptions stoppingAfter(int failing) {
        return new ExploreOptions(strategy, runs, firstSeed, nanos, failing);
    }
}

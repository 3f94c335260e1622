package io.dettrace.incident.simulation;

/**
 * Random numbers that are a pure function of a key and a purpose, so that a request draws the same numbers whatever else
 * happens ("common random numbers"): with and without a fault it is the same request. The mixing is that of SplitMix64
 * (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014).
 */
final class Draws {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Draws() {}

    /** A key below {@code key}. */
    static long mix(long key, long part) {
        long z = key + (part + 1) * GOLDEN;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in [0, 1). */
    static double uniform(long key, int purpose) {
        return (mix(key, purpose) >>> 11) * 0x1.0p-53;
    }

    /** Standard normal, by Box and Muller. */
    static double gaussian(long key, int purpose) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(key, purpose)));
        return radius * StrictMath.cos(2 * Math.PI * uniform(mix(key, purpose), 1));
    }

    /** Lognormal with this median and this standard deviation of the logarithm. */
    static double lognormal(long key, int purpose, double median, double sigma) {
        return median * StrictMath.exp(sigma * gaussian(key, purpose));
    }

    /** Exponential with mean 1. */
    static double exponential(long key, int purpose) {
        return -StrictMath.log(1 - uniform(key, purpose));
    }
}

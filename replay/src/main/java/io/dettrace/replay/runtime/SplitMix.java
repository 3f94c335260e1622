package io.dettrace.replay.runtime;

/**
 * The generator SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014,
 * figure 17). Our own, because the JDK's generators are under control themselves.
 */
final class SplitMix {
    private long state;

    SplitMix(long seed) {
        state = seed;
    }

    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    long next() {
        return mix(state += 0x9e3779b97f4a7c15L);
    }

    /** A number from 0 to bound - 1; the bias is below 2⁻³² for bounds of 31 bits. */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** A number in [0, 1). */
    double fraction() {
        return (next() >>> 11) * 0x1.0p-53;
    }
}

package io.dettrace.incident.culprit;

/** Digests of small keys, 64 bits; two of n keys share one with probability n²/2⁶⁵. */
final class Digest {
    private Digest() {}

    /** Of two numbers in order (the finisher of SplitMix64, Steele et al. 2014). */
    static long of(long a, long b) {
        long z = a * 0x9E3779B97F4A7C15L + Long.rotateLeft(b, 32) + 0x632BE59BD9B4E019L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

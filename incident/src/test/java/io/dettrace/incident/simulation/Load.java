package io.dettrace.incident.simulation;

/**
 * What comes from outside in a window.
 *
 * @param seed of all draws in the window
 * @param duration nanoseconds
 * @param level factor on the graph's rate
 * @param begin of the window on the graph's clock, nanoseconds
 */
record Load(long seed, long duration, double level, long begin) {
    /** How many times the usual rate comes at a time: it drifts slowly by up to 15 %. */
    double drift(long time) {
        double phase = 2 * Math.PI * Draws.uniform(seed, 1);
        return 1 + 0.15 * StrictMath.sin(phase + 2 * Math.PI * time / 120e9);
    }
}

package io.dettrace.incident.blast;

/**
 * A difference between the windows, with the interval that holds it at the level of confidence.
 *
 * @param estimate incident less baseline
 * @param low lower end
 * @param high upper end
 */
public record Shift(double estimate, double low, double high) {
    /** No difference. */
    static final Shift NONE = new Shift(0, 0, 0);

    /** True if the interval leaves out 0. */
    public boolean isBeyondChance() {
        return low > 0 || high < 0;
    }
}

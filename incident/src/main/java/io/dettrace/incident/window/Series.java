package io.dettrace.incident.window;

import java.util.Arrays;

/**
 * The values of one metric of one service's instance in a window, in the order of time.
 *
 * @param service number of the service's name
 * @param metric name, with the point's attributes behind it if it has some
 * @param unit UCUM unit, empty if not told
 * @param times nanoseconds since the epoch
 * @param values as measured
 */
public record Series(int service, String metric, String unit, long[] times, double[] values) {
    /** The mean of the values; NaN if there are none. */
    public double mean() {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }
}

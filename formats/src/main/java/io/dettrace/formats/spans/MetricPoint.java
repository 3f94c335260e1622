package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import java.util.List;

/**
 * One data point of a metric as a file tells it ({@code metrics.proto}), reduced to what a single value is made of.
 *
 * @param origin number in the sink
 * @param attributes of the point
 * @param start nanoseconds since the epoch from which a sum counts, {@link Moment#UNKNOWN} if not told
 * @param time nanoseconds since the epoch, {@link Moment#UNKNOWN} if not told
 * @param count of measurements in a distribution, else 0
 * @param sum of the measurements, or the value
 */
record MetricPoint(
        Place place,
        int origin,
        Shape shape,
        String name,
        String unit,
        List<Field> attributes,
        long start,
        long time,
        double count,
        double sum) {

    /** What is worked out of points. */
    enum Shape {
        /** The value at a time. */
        VALUE,
        /** A sum since the last point. */
        DELTA_SUM,
        /** A sum since the start. */
        CUMULATIVE_SUM,
        /** Count and sum since the last point. */
        DELTA_DISTRIBUTION,
        /** Count and sum since the start. */
        CUMULATIVE_DISTRIBUTION;

        boolean isCumulative() {
            return this == CUMULATIVE_SUM || this == CUMULATIVE_DISTRIBUTION;
        }

        boolean isSum() {
            return this == DELTA_SUM || this == CUMULATIVE_SUM;
        }
    }

    /** The shape of a sum; one that may fall is the amount that there is, so its value counts and not its rate. */
    static Shape ofSum(boolean delta, boolean monotonic) {
        return delta ? Shape.DELTA_SUM : monotonic ? Shape.CUMULATIVE_SUM : Shape.VALUE;
    }

    static Shape ofDistribution(boolean delta) {
        return delta ? Shape.DELTA_DISTRIBUTION : Shape.CUMULATIVE_DISTRIBUTION;
    }
}

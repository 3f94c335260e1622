package io.dettrace.timing;

/** Activations that keep to k·T + φ: the least-squares line through them, and what it leaves. */
final class PeriodGrid {
    /** Median gap, from which whole periods are told. */
    final long period;

    private long start;
    private long last;
    private long k;
    private long n;
    private double sumK;
    private double sumKk;
    private double sumR;
    private double sumKr;
    private double sumRr;

    /** Sum of the distances of gaps from a period. */
    private double off;

    private long gaps;

    /** A grid that begins with an activation. */
    PeriodGrid(long period, long start) {
        this.period = period;
        this.start = start;
        last = start;
        fit(0);
    }

    /** Time of the last activation. */
    long last() {
        return last;
    }

    /** Whole periods that a gap is long. */
    long periods(long gap) {
        return Math.round((double) gap / period);
    }

    /** Takes the next activation, so many periods after the last one. */
    void place(long time, long periods) {
        if (periods == 1) {
            off += Math.abs(time - last - period);
            gaps++;
        }
        k += periods;
        last = time;
        fit(time - start - k * period);
    }

    /** Takes the next activation, which came so much too late that all later ones are moved with it. */
    void shift(long time) {
        start += time - last - period;
        k++;
        last = time;
        fit(time - start - k * period);
    }

    private void fit(double residual) {
        n++;
        sumK += k;
        sumKk += (double) k * k;
        sumR += residual;
        sumKr += k * residual;
        sumRr += residual * residual;
    }

    /** Mean distance of single gaps from a period. */
    double spread() {
        return gaps == 0 ? 0 : off / gaps;
    }

    private double variance() {
        return sumKk - sumK * sumK / n;
    }

    private double slope() {
        return variance() <= 0 ? 0 : (sumKr - sumK * sumR / n) / variance();
    }

    /** Least-squares period. */
    double fitted() {
        return period + slope();
    }

    /** Time of an activation after {@code begun}, modulo the period. */
    double phase(long begun) {
        double phase = (start - begun + (sumR - slope() * sumK) / n) % fitted();
        return phase < 0 ? phase + fitted() : phase;
    }

    /** Root mean square distance from the line. */
    double jitter() {
        double rest = sumRr - sumR * sumR / n - slope() * slope() * variance();
        return Math.sqrt(Math.max(0, rest) / n);
    }
}

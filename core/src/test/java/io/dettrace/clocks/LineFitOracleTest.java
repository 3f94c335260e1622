package io.dettrace.clocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fit by hulls against the plain, slow one that looks at all pairs of messages. */
class LineFitOracleTest {
    private static final double MAX_SKEW = 0.5;

    private record Point(long x, long y) {
        double d() {
            return y - x;
        }
    }

    private final List<Point> under = new ArrayList<>();
    private final List<Point> over = new ArrayList<>();

    @Test
    void slopesAreExactlyThoseOfAllPairs() {
        Seeds.each(20_000, seed -> {
            LineFit fit = random(seed);
            double low = -MAX_SKEW / (1 + MAX_SKEW);
            double high = MAX_SKEW;
            boolean crossed = false;
            for (Point u : under) {
                for (Point o : over) {
                    if (u.x > o.x) {
                        high = Math.min(high, (u.d() - o.d()) / (u.x - o.x));
                    } else if (u.x < o.x) {
                        low = Math.max(low, (u.d() - o.d()) / (u.x - o.x));
                    } else {
                        crossed |= u.d() < o.d();
                    }
                }
            }
            boolean possible = !crossed && low <= high;
            assertThat(fit.quality).isEqualTo(possible ? ClockQuality.ACCURATE : ClockQuality.CONTRADICTORY);
            if (possible) {
                assertThat(fit.low).isEqualTo(low);
                assertThat(fit.high).isEqualTo(high);
            }
        });
    }

    @Test
    void offsetsOverTimeAreThoseOfTheBestLinesThroughAnyTwoPoints() {
        Seeds.each(5_000, seed -> {
            LineFit fit = random(seed);
            if (fit.quality != ClockQuality.ACCURATE) {
                return;
            }
            for (long t = -10; t <= 40; t += 5) {
                double most = Double.NEGATIVE_INFINITY;
                double least = Double.POSITIVE_INFINITY;
                for (double s : slopes(fit.low, fit.high)) {
                    most = Math.max(most, support(under, s, true) + s * t);
                    least = Math.min(least, support(over, s, false) + s * t);
                }
                assertThat(Math.abs(fit.most.at(t - fit.origin) + fit.shift - most))
                        .isLessThan(1e-9);
                assertThat(Math.abs(fit.least.at(t - fit.origin) + fit.shift - least))
                        .isLessThan(1e-9);
            }
        });
    }

    @Test
    void theLineOfContradictoryClocksMissesMessagesByTheLeastThatIsPossible() {
        Seeds.each(5_000, seed -> {
            LineFit fit = random(seed);
            if (fit.quality != ClockQuality.CONTRADICTORY) {
                return;
            }
            double gap = Double.NEGATIVE_INFINITY;
            for (double s : slopes(-MAX_SKEW / (1 + MAX_SKEW), MAX_SKEW)) {
                gap = Math.max(gap, support(under, s, true) - support(over, s, false));
            }
            assertThat(Math.abs(fit.contradiction.violation() + gap / 2)).isLessThan(1e-9);
            assertThat(fit.contradiction.touches()).hasSizeBetween(2, 3);
            assertThat(fit.contradiction.touches().stream()
                            .map(LineFit.Touch::under)
                            .distinct())
                    .hasSize(2);
        });
    }

    /** A few messages on a small grid, so that they often lie on a line or at the same time. */
    private LineFit random(long seed) {
        Random random = new Random(seed);
        under.clear();
        over.clear();
        int spread = 1 + random.nextInt(12);
        int lead = random.nextInt(9) - 3;
        MessageHull lower = MessageHull.lower();
        MessageHull upper = MessageHull.upper();
        for (int i = 1 + random.nextInt(7); i > 0; i--) {
            Point p = new Point(random.nextInt(30), 0);
            under.add(new Point(p.x, p.x + lead + random.nextInt(spread)));
            lower.add(p.x, under.get(under.size() - 1).y);
        }
        for (int i = 1 + random.nextInt(7); i > 0; i--) {
            long x = random.nextInt(30);
            over.add(new Point(x, x + random.nextInt(spread) - spread));
            upper.add(x, over.get(over.size() - 1).y);
        }
        return new LineFit(lower, upper, 1, 1, MAX_SKEW);
    }

    /** Every slope at which the best line can turn: those of any two points, and the bounds. */
    private List<Double> slopes(double low, double high) {
        List<Double> slopes = new ArrayList<>(List.of(low, high));
        for (List<Point> side : List.of(under, over)) {
            for (Point p : side) {
                for (Point q : side) {
                    double s = (q.d() - p.d()) / (q.x - p.x);
                    if (p.x < q.x && s >= low && s <= high) {
                        slopes.add(s);
                    }
                }
            }
        }
        return slopes;
    }

    private static double support(List<Point> side, double slope, boolean least) {
        double best = least ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        for (Point p : side) {
            double v = p.d() - slope * p.x;
            best = least ? Math.min(best, v) : Math.max(best, v);
        }
        return best;
    }
}

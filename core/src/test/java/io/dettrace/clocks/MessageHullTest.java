package io.dettrace.clocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.testkit.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageHullTest {
    @Test
    void isTheSameForPointsInAnyOrder() {
        Seeds.each(2_000, seed -> {
            Random random = new Random(seed);
            List<long[]> points = new ArrayList<>();
            for (int i = random.nextInt(40); i >= 0; i--) {
                points.add(new long[] {random.nextInt(20), random.nextInt(20)});
            }
            MessageHull hull = random.nextBoolean() ? MessageHull.lower() : MessageHull.upper();
            MessageHull other = hull.swapped().swapped();
            points.forEach(p -> hull.add(p[0], p[1]));
            Collections.shuffle(points, random);
            points.forEach(p -> other.add(p[0], p[1]));

            assertThat(corners(other)).isEqualTo(corners(hull));
        });
    }

    @Test
    void turnsAreExactAtTheLargestTimes() {
        long far = MessageHull.MAX_TIME;
        MessageHull hull = MessageHull.lower();
        hull.add(-far, -far);
        hull.add(far, far);
        hull.add(0, 1);
        assertThat(hull.size()).isEqualTo(2);
        hull.add(0, -1);
        assertThat(hull.size()).isEqualTo(3);
        hull.add(1, 1);
        assertThat(hull.size()).isEqualTo(3);
        hull.add(-1, -2);
        assertThat(hull.size()).isEqualTo(4);
    }

    @Test
    void holdsAsManyCornersAsItMayAndThenLeavesOutThoseThatMatterLeast() {
        MessageHull hull = MessageHull.lower();
        for (long x = 1; x <= MessageHull.MAX_CORNERS; x++) {
            hull.add(x, x * x);
        }
        assertThat(hull.size()).isEqualTo(MessageHull.MAX_CORNERS);
        long last = MessageHull.MAX_CORNERS + 1;
        hull.add(last, last * last);

        assertThat(hull.size()).isEqualTo(MessageHull.MAX_CORNERS);
        assertThat(corners(hull)).contains("1,1", last + "," + last * last);
        for (String corner : corners(hull)) {
            long x = Long.parseLong(corner.substring(0, corner.indexOf(',')));
            assertThat(corner).isEqualTo(x + "," + x * x);
        }
    }

    private static List<String> corners(MessageHull hull) {
        List<String> corners = new ArrayList<>();
        for (int i = 0; i < hull.size(); i++) {
            corners.add(hull.x(i) + "," + hull.y(i));
        }
        return corners;
    }
}

package io.dettrace.clocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.testkit.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CausalOrderTest {
    private record Event(int lane, int position, long time, long key, long[] needs) {}

    private final List<Event> out = new ArrayList<>();

    @Test
    void noEventComesBeforeOneThatItDependsOnAndLanesKeepTheirOrder() {
        Seeds.each(1_000, seed -> {
            List<Event> events = random(new Random(seed));

            CausalOrder<Event> order = run(events, CausalOrder.MAX_HELD);

            assertThat(out).containsExactlyInAnyOrderElementsOf(events);
            assertThat(order.broken()).isZero();
            assertThat(order.lateCount()).isZero();
            Map<Long, Integer> places = new HashMap<>();
            Map<Integer, Integer> laneEnds = new HashMap<>();
            for (int i = 0; i < out.size(); i++) {
                Event e = out.get(i);
                assertThat(laneEnds.merge(e.lane, 1, Integer::sum)).isEqualTo(e.position + 1);
                for (long need : e.needs) {
                    assertThat(places).containsKey(need);
                }
                places.put(e.key, i);
            }
        });
    }

    @Test
    void anEventThatNothingHoldsBackComesAtItsTime() {
        Seeds.each(200, seed -> {
            List<Event> events = random(new Random(seed));
            CausalOrder<Event> order = run(events, CausalOrder.MAX_HELD);

            List<Long> unheld = new ArrayList<>();
            long now = Long.MIN_VALUE;
            for (Event e : out) {
                if (e.time >= now) {
                    unheld.add(e.time);
                    now = e.time;
                }
            }
            assertThat(out.size() - unheld.size()).isLessThanOrEqualTo((int) order.heldOverall());
        });
    }

    @Test
    void aCircleIsBrokenAtTheEndAndCounted() throws IOException {
        Event a = new Event(0, 0, 1, 1, new long[] {2});
        Event b = new Event(1, 0, 2, 2, new long[] {1});

        CausalOrder<Event> order = run(List.of(a, b), CausalOrder.MAX_HELD);

        assertThat(out).containsExactly(a, b);
        assertThat(order.broken()).isEqualTo(1);
    }

    @Test
    void holdsAsManyEventsAsItMayAndThenLetsTheOldestGo() throws IOException {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            events.add(new Event(0, i, i, 10 + i, i == 0 ? new long[] {99} : new long[0]));
        }
        events.add(new Event(1, 0, 50, 99, new long[0]));

        assertThat(run(events, 5).broken()).isZero();
        assertThat(out.get(0).key).isEqualTo(99);
        out.clear();
        assertThat(run(events, 4).broken()).isEqualTo(1);
        assertThat(out.get(0).key).isEqualTo(10);
    }

    private CausalOrder<Event> run(List<Event> events, int maxHeld) throws IOException {
        out.clear();
        CausalOrder<Event> order = new CausalOrder<>(out::add, maxHeld);
        Map<Long, Integer> places = new HashMap<>();
        for (int i = 0; i < events.size(); i++) {
            places.put(events.get(i).key, i);
        }
        for (int i = 0; i < events.size(); i++) {
            for (long need : events.get(i).needs) {
                if (places.get(need) > i) {
                    order.isLate(need);
                }
            }
        }
        for (Event e : events) {
            order.add(e.lane, e.needs, new long[] {e.key}, e, kept -> kept);
        }
        order.finish();
        return order;
    }

    /** Events in a causal order, then sorted by times that contradict it here and there, but not inside a lane. */
    private static List<Event> random(Random random) {
        List<Event> events = new ArrayList<>();
        int lanes = 1 + random.nextInt(5);
        int[] position = new int[lanes];
        long[] laneTime = new long[lanes];
        Arrays.fill(laneTime, Long.MIN_VALUE);
        int n = random.nextInt(60);
        int spread = 1 + random.nextInt(30);
        for (int i = 0; i < n; i++) {
            int lane = random.nextInt(lanes);
            long time = Math.max(laneTime[lane], i + random.nextInt(spread));
            laneTime[lane] = time;
            int links = i == 0 ? 0 : random.nextInt(3);
            long[] needs = new long[links];
            for (int j = 0; j < links; j++) {
                needs[j] = 1 + random.nextInt(i);
            }
            events.add(new Event(lane, position[lane]++, time, i + 1, needs));
        }
        events.sort(Comparator.comparingLong(Event::time));
        return events;
    }
}

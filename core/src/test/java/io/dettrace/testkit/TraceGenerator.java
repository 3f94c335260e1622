package io.dettrace.testkit;

import io.dettrace.testkit.TestTrace.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random message-passing executions: local events, sends and receives, the same for the same seed. */
public final class TraceGenerator {
    private TraceGenerator() {}

    /** A trace of 2 to 20 lanes and 20 to 2,000 events, mostly small, with a tiny to large alphabet. */
    public static TestTrace any(long seed) {
        Random r = new Random(seed);
        int lanes = 2 + r.nextInt(r.nextInt(3) == 0 ? 19 : 5);
        int events = 20 + r.nextInt(r.nextInt(5) == 0 ? 1_981 : 300);
        int[] alphabets = {1, 2, 3, 10, 100, 10_000};
        return random(seed, lanes, events, alphabets[r.nextInt(alphabets.length)], r.nextInt(lanes), r.nextDouble());
    }

    /**
     * @param alphabet number of different texts of local events and messages
     * @param periodicLanes lanes whose labels go round instead of being drawn
     * @param talk share of events that send or receive
     */
    public static TestTrace random(long seed, int lanes, int events, int alphabet, int periodicLanes, double talk) {
        Random r = new Random(seed * 31 + 7);
        TestTrace trace = new TestTrace();
        List<Event> inFlight = new ArrayList<>();
        int[] count = new int[lanes];
        for (int i = 0; i < events; i++) {
            int lane = r.nextInt(lanes);
            int n = count[lane]++;
            int draw = lane < periodicLanes ? n % (1 + Math.min(alphabet, 2 + lane)) : r.nextInt(alphabet);
            String name = "lane" + lane;
            boolean talks = r.nextDouble() < talk;
            List<Event> mine =
                    inFlight.stream().filter(s -> !s.lane.equals(name)).toList();
            if (talks && !mine.isEmpty() && r.nextBoolean()) {
                Event send = mine.get(r.nextInt(mine.size()));
                inFlight.remove(send);
                trace.add(name, "recv " + draw, "recv", List.of(send));
            } else if (talks) {
                inFlight.add(trace.add(name, "send " + draw, "send", List.of()));
            } else {
                trace.add(name, "do " + draw, "do", List.of());
            }
        }
        return trace;
    }
}

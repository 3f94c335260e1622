package io.dettrace.clocks;

import io.dettrace.event.EventBlock;
import io.dettrace.event.LaneTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Collects what the messages of a run say about its clocks, in one pass and bounded memory.
 *
 * <p>Use: {@link #add} for every block of a pass, then {@link #estimate}. Every link between lanes of different clock domains
 * is a message: the event that comes first sends it, the other receives it. Events without a time say nothing. Not
 * thread-safe.
 */
public final class ClockCollector {
    /** Pairs of clock domains whose messages are looked at; those of further pairs are left out and counted. */
    public static final int MAX_PAIRS = 16_384;

    private static final long NO_PAIR = -1;

    private final LaneTable lanes;
    private final UnaryOperator<String> domainOfLane;
    private final LinkResolver resolver = new LinkResolver(this::link);
    private final Map<String, Domain> byName = new HashMap<>();
    private final List<Domain> domains = new ArrayList<>();
    private final Long2ObjectHashMap<DomainPair> pairs = new Long2ObjectHashMap<>();
    private Domain[] ofLane = new Domain[16];
    private DomainPair lastPair;
    private long lastPairKey = NO_PAIR;
    private long events;
    private long untimed;
    private long beyondPairs;
    private long outOfRange;

    /**
     * A collector for one pass.
     *
     * @param lanes the pass's lanes
     * @param domainOfLane the clock domain of a lane by its name; lanes of one domain share a clock
     */
    public ClockCollector(LaneTable lanes, UnaryOperator<String> domainOfLane) {
        this.lanes = lanes;
        this.domainOfLane = domainOfLane;
    }

    /** Takes the next events. */
    public void add(EventBlock block) {
        events += block.size;
        for (int row = 0; row < block.size; row++) {
            long time = block.time[row];
            Domain domain = domain(block.lane[row]);
            if (time == EventBlock.NO_TIME) {
                untimed++;
            } else {
                domain.time(time);
            }
            resolver.add(block, row, time);
        }
    }

    private Domain domain(int lane) {
        if (lane >= ofLane.length) {
            ofLane = Arrays.copyOf(ofLane, Math.max(lane + 1, ofLane.length * 2));
        }
        if (ofLane[lane] == null) {
            ofLane[lane] = byName.computeIfAbsent(domainOfLane.apply(lanes.name(lane)), name -> {
                Domain added = new Domain(name, domains.size());
                domains.add(added);
                return added;
            });
        }
        return ofLane[lane];
    }

    private void link(long key, int fromLane, long sent, int toLane, long received, boolean readFirst) {
        Domain sender = domain(fromLane);
        Domain receiver = domain(toLane);
        if (sender == receiver || sent == EventBlock.NO_TIME || received == EventBlock.NO_TIME) {
            return;
        }
        if (Math.abs(sent) > MessageHull.MAX_TIME || Math.abs(received) > MessageHull.MAX_TIME) {
            outOfRange++;
            return;
        }
        DomainPair pair = pair(sender, receiver);
        if (pair == null) {
            beyondPairs++;
            return;
        }
        sender.sent++;
        receiver.received++;
        sender.message(sent);
        receiver.message(received);
        boolean forward = pair.first.equals(sender.name);
        pair.add(forward, forward ? sent : received, forward ? received : sent);
    }

    private DomainPair pair(Domain a, Domain b) {
        long key = (long) Math.min(a.number, b.number) << 32 | Math.max(a.number, b.number);
        if (key == lastPairKey) {
            return lastPair;
        }
        DomainPair pair = pairs.get(key);
        if (pair == null) {
            if (pairs.size() == MAX_PAIRS) {
                return null;
            }
            boolean inOrder = a.name.compareTo(b.name) < 0;
            pair = new DomainPair(inOrder ? a.name : b.name, inOrder ? b.name : a.name);
            pairs.put(key, pair);
        }
        lastPairKey = key;
        lastPair = pair;
        return pair;
    }

    /** What was collected. */
    public Counts counts() {
        return new Counts(events, untimed, resolver.resolved(), resolver.unresolved(), beyondPairs, outOfRange);
    }

    /**
     * Estimates the clocks from all that was added.
     *
     * @param maxSkewPpm how much the rates of two clocks may differ, in parts per million, more than 0
     */
    public ClockTable estimate(double maxSkewPpm) {
        if (!(maxSkewPpm > 0) || maxSkewPpm >= 1e6) {
            throw new IllegalArgumentException("the largest skew must be above 0 and below 1000000 ppm: " + maxSkewPpm);
        }
        return new ClockTree(byName, pairs.values(), maxSkewPpm / 1e6).table();
    }

    /**
     * What a pass has met.
     *
     * @param events events of the run
     * @param untimed those without a time
     * @param links links between two lanes
     * @param unresolved links whose other end is not in the run, or too far away
     * @param beyondPairs messages left out because there are more than {@value #MAX_PAIRS} pairs of clocks
     * @param outOfRange messages left out because a time is before 1823 or after 2116
     */
    public record Counts(long events, long untimed, long links, long unresolved, long beyondPairs, long outOfRange) {}
}

package io.dettrace.clocks;

import io.dettrace.event.EventBlock;
import io.dettrace.event.LaneTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Machines with clocks whose truth is known, and messages between them with random delays. */
final class ClockSimulator {
    /** True time at which the simulation starts: November 2023. */
    static final long START = 1_700_000_000_000_000_000L;

    final Random random;
    final List<Machine> machines = new ArrayList<>();
    final List<Event> events = new ArrayList<>();
    private long messages;

    /** A clock that showed {@code START + offset} at {@code START} and has run by {@code skew} faster since. */
    record Machine(String name, long offset, double skew, long resolution) {
        long shows(long trueTime) {
            long passed = trueTime - START;
            long exact = trueTime + offset + (long) Math.floor(passed * skew);
            return Math.floorDiv(exact, resolution) * resolution;
        }

        /** What {@code other} truly shows when this clock shows {@code time}, as a difference to {@code time}. */
        double leadOf(Machine other, long time) {
            double passed = (time - START - offset) / (1 + skew);
            return (other.offset - offset) + passed * (other.skew - skew);
        }
    }

    /** An event in a lane: it sends the message, or receives it. */
    record Event(String lane, long time, long message, boolean sends) {}

    ClockSimulator(long seed) {
        random = new Random(seed);
    }

    Machine machine(String name, long offset, double skewPpm, long resolution) {
        Machine m = new Machine(name, offset, skewPpm / 1e6, resolution);
        machines.add(m);
        return m;
    }

    /** A machine with an offset of up to an hour and a skew of up to 200 ppm. */
    Machine anyMachine(String name) {
        long hour = 3_600_000_000_000L;
        return machine(name, (long) ((random.nextDouble() * 2 - 1) * hour), random.nextDouble() * 400 - 200, 1);
    }

    /** Sends a message at a true time; the least delay is {@code leastDelay}, its tail is heavy (Pareto, 1.2). */
    void send(Machine from, Machine to, long trueTime, long leastDelay) {
        long delay = (long) (leastDelay / Math.pow(1 - random.nextDouble(), 1 / 1.2));
        message(from, from.shows(trueTime), to, to.shows(trueTime + Math.min(delay, 60_000_000_000L)));
    }

    void message(Machine from, long sent, Machine to, long received) {
        messages++;
        events.add(new Event(from.name(), sent, messages, true));
        events.add(new Event(to.name(), received, messages, false));
    }

    /** Messages at random times of {@code seconds}, in both directions. */
    void talk(Machine a, Machine b, int each, double seconds) {
        long there = 20_000 + random.nextInt(500_000);
        long back = 20_000 + random.nextInt(500_000);
        for (int i = 0; i < each; i++) {
            send(a, b, START + (long) (random.nextDouble() * seconds * 1e9), there);
            send(b, a, START + (long) (random.nextDouble() * seconds * 1e9), back);
        }
    }

    ClockTable table(double maxSkewPpm) {
        return table(events, maxSkewPpm);
    }

    /** The same events, read in another order with lanes numbered otherwise, in blocks of other sizes. */
    ClockTable shuffledTable(double maxSkewPpm) {
        List<Event> other = new ArrayList<>(events);
        Collections.shuffle(other, random);
        return table(other, maxSkewPpm);
    }

    private ClockTable table(List<Event> order, double maxSkewPpm) {
        LaneTable lanes = new LaneTable();
        ClockCollector collector = new ClockCollector(lanes, ClockDomains.byHost());
        EventBlock block = new EventBlock();
        block.clear();
        int blockSize = 1 + random.nextInt(EventBlock.CAPACITY);
        for (Event e : order) {
            int row = block.size;
            block.lane[row] = lanes.number(e.lane);
            block.time[row] = e.time;
            block.clock[row] = 0;
            block.defines[row] = e.sends ? e.message : 0;
            block.commit(e.sends ? 0 : block.addLink(0, EventBlock.BY_IDENTITY, e.message));
            if (block.size == blockSize) {
                collector.add(block);
                block.clear();
            }
        }
        collector.add(block);
        return collector.estimate(maxSkewPpm);
    }

    Machine machine(String name) {
        return machines.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
    }
}

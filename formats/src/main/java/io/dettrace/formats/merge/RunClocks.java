package io.dettrace.formats.merge;

import io.dettrace.clocks.ClockCollector;
import io.dettrace.clocks.ClockDomains;
import io.dettrace.clocks.ClockTable;
import io.dettrace.event.EventBlock;
import io.dettrace.event.EventCursor;
import io.dettrace.event.LaneTable;
import io.dettrace.event.Run;
import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.ReadProgress;
import io.dettrace.normalize.MappingInference;
import io.dettrace.normalize.Role;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The clocks of a run, read in one pass.
 *
 * @param table the clocks
 * @param counts what the pass has met
 * @param domainOfLane the clock domain of a lane by its name
 */
public record RunClocks(ClockTable table, ClockCollector.Counts counts, UnaryOperator<String> domainOfLane) {
    /**
     * Reads a run's clocks. Without a pattern lanes share a clock if they are of one file, where the file is part of the lane,
     * else if their names are the same up to the first slash; if there is a lane without a slash, every lane has a clock of its
     * own.
     *
     * @param domain what in a lane's name says which clock it has: its first group, or all of it; a lane that does not match
     *     has a clock of its own
     * @param maxSkewPpm how much the rates of two clocks may differ, in parts per million
     */
    public static RunClocks read(OpenedRun run, Optional<Pattern> domain, double maxSkewPpm, ReadProgress progress)
            throws IOException {
        if (domain.isPresent()) {
            return pass(run.run(), named(domain.get()), false, maxSkewPpm, progress)
                    .orElseThrow();
        }
        List<String> lane = run.mapping().fields(Role.LANE);
        if (lane.size() > 1 && lane.get(0).equals(MappingInference.FILE)) {
            return pass(run.run(), byFile(run.labels()), false, maxSkewPpm, progress)
                    .orElseThrow();
        }
        Optional<RunClocks> hosts = pass(run.run(), ClockDomains.byHost(), true, maxSkewPpm, progress);
        return hosts.isPresent()
                ? hosts.get()
                : pass(run.run(), ClockDomains.eachLane(), false, maxSkewPpm, progress)
                        .orElseThrow();
    }

    /**
     * The clocks of a run whose lanes are known to have them.
     *
     * @param maxSkewPpm how much the rates of two clocks may differ, in parts per million
     */
    public static ClockTable table(Run run, UnaryOperator<String> domainOfLane, double maxSkewPpm) throws IOException {
        return pass(run, domainOfLane, false, maxSkewPpm, (bytes, events) -> {})
                .orElseThrow()
                .table();
    }

    /** Nothing, as soon as a lane turns out to have no host where all must have one. */
    private static Optional<RunClocks> pass(
            Run run, UnaryOperator<String> domainOfLane, boolean allHaveHosts, double maxSkewPpm, ReadProgress progress)
            throws IOException {
        LaneTable lanes = new LaneTable();
        ClockCollector collector = new ClockCollector(lanes, domainOfLane);
        int checked = 0;
        long events = 0;
        try (EventCursor cursor = run.events(lanes)) {
            EventBlock block = new EventBlock();
            while (cursor.next(block)) {
                for (; allHaveHosts && checked < lanes.size(); checked++) {
                    if (!ClockDomains.hasHost(lanes.name(checked))) {
                        return Optional.empty();
                    }
                }
                collector.add(block);
                events += block.size;
                progress.update(block.bytesRead, events);
            }
        }
        return Optional.of(new RunClocks(collector.estimate(maxSkewPpm), collector.counts(), domainOfLane));
    }

    /** The clock domain of a lane by what in its name says which clock it has: the first group of a pattern, or all of it. */
    public static UnaryOperator<String> named(Pattern domain) {
        return lane -> {
            Matcher m = domain.matcher(lane);
            String name = m.find() ? m.group(m.groupCount() > 0 ? 1 : 0) : null;
            return name == null ? lane : name;
        };
    }

    /** Lanes are {@code file/rest}, and names of files have slashes of their own. */
    private static UnaryOperator<String> byFile(List<String> files) {
        List<String> longestFirst = files.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        return lane -> longestFirst.stream()
                .filter(f -> lane.startsWith(f + "/"))
                .findFirst()
                .orElse(lane);
    }
}

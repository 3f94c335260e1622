package io.dettrace.formats.merge;

import io.dettrace.clocks.CausalOrder;
import io.dettrace.clocks.CorrectedTime;
import io.dettrace.clocks.LinkResolver;
import io.dettrace.event.EventBlock;
import io.dettrace.event.EventCursor;
import io.dettrace.event.LaneTable;
import io.dettrace.event.SourceRef;
import io.dettrace.formats.OpenedRun;
import io.dettrace.formats.ReadProgress;
import io.dettrace.formats.record.EventRecord;
import io.dettrace.formats.record.RecordReader;
import io.dettrace.formats.record.RecordSort;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import io.dettrace.normalize.TimeScale;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * The events of a run in the order of their corrected times, but none before one that it depends on and each lane in its own
 * order. Every event gets its lane, its corrected time and the error of that; its fields stay.
 *
 * <p>One pass sorts, outside of memory if need be; what comes out of the sort is held back where a link or a lane's order
 * says so ({@link CausalOrder}). An event that was held back gets the time at which it went on, and its error grows by as much.
 */
public final class MergedRecords implements RecordReader {
    /** Field with the name of the event's lane. */
    public static final String LANE = "$lane";

    /** Field with the corrected time in nanoseconds by the reference clock; an event has none before its lane's first time. */
    public static final String TIME = "$time_ns";

    /** Field with the error of the time in nanoseconds; missing if the error is not known. */
    public static final String ERROR = "$error_ns";

    /** What goes through the sort behind an event's own fields. */
    private static final String KEY = "$$key";

    private static final String OWN_TIME = "$$time";
    private static final String OWN_ERROR = "$$error";
    private static final String LANE_NUMBER = "$$lane";
    private static final String NEEDS = "$$needs";
    private static final String DEFINES = "$$defines";
    private static final int INNER_FIELDS = 6;

    private final RunClocks clocks;
    private final LaneTable lanes = new LaneTable();
    private final ArrayDeque<EventRecord> ready = new ArrayDeque<>();
    private final CausalOrder<EventRecord> order = new CausalOrder<>(ready::add);
    private final RecordSort sort = new RecordSort();
    private final EventRecord record = new EventRecord();
    private RecordReader sorted;
    private boolean finished;
    private long now = EventBlock.NO_TIME;
    private long moved;
    private long largestMove;
    private long backwards;
    private String[] domains = {};
    private long[] laneTime = {};

    /** Reads and sorts a run. */
    public MergedRecords(OpenedRun run, RunClocks clocks, ReadProgress progress) throws IOException {
        this.clocks = clocks;
        try (PlacedRecords records = new PlacedRecords(run);
                EventCursor cursor = run.run().events(lanes)) {
            LinkResolver links = new LinkResolver(this::link);
            EventBlock block = new EventBlock();
            long events = 0;
            while (cursor.next(block)) {
                for (int row = 0; row < block.size; row++) {
                    SourceRef place =
                            new SourceRef(block.file[row], block.line[row], block.offset[row], block.length[row]);
                    take(block, row, records.at(place), links);
                }
                events += block.size;
                progress.update(block.bytesRead, events);
            }
        } catch (IOException | RuntimeException | Error failure) {
            sort.close();
            throw failure;
        }
        sorted = sort.sorted();
    }

    /** How the merged events are to be understood: lanes and times by the new fields, all else as before. */
    public static Mapping mapping(Mapping original) {
        Mapping.Builder merged = original.toBuilder().pattern(null).delimiter(null);
        for (Role role : List.of(Role.LANE, Role.TIME)) {
            merged.clear(role);
            original.fields(role).forEach(path -> merged.field(Role.IGNORE, path));
        }
        return merged.field(Role.LANE, LANE)
                .field(Role.TIME, TIME)
                .field(Role.IGNORE, ERROR)
                .timeScale(TimeScale.NS)
                .build();
    }

    // ---- sorting ---------------------------------------------------------------------------------------------------

    private void take(EventBlock block, int row, EventRecord found, LinkResolver links) throws IOException {
        int lane = block.lane[row];
        String domain = domain(lane);
        long own = block.time[row];
        CorrectedTime corrected = own == EventBlock.NO_TIME
                ? new CorrectedTime(own, CorrectedTime.UNKNOWN)
                : clocks.table().correct(domain, own);
        long key = Math.max(laneTime[lane], corrected.time());
        backwards += own != EventBlock.NO_TIME && key != corrected.time() ? 1 : 0;
        laneTime[lane] = key;
        links.add(block, row, key);
        record.clear();
        for (int i = 0; i < found.size(); i++) {
            record.copy(found, i);
        }
        record.number(KEY, key);
        record.number(LANE_NUMBER, lane);
        record.number(OWN_TIME, corrected.time());
        record.number(OWN_ERROR, corrected.error());
        record.text(NEEDS, text(links.needs()));
        record.text(DEFINES, text(links.defines()));
        record.at(found.file(), found.line(), found.offset(), found.length());
        sort.add(record, key);
    }

    private String domain(int lane) {
        if (lane >= domains.length) {
            int more = Math.max(lane + 16, domains.length * 2);
            int before = domains.length;
            domains = Arrays.copyOf(domains, more);
            laneTime = Arrays.copyOf(laneTime, more);
            Arrays.fill(laneTime, before, more, EventBlock.NO_TIME);
        }
        if (domains[lane] == null) {
            domains[lane] = clocks.domainOfLane().apply(lanes.name(lane));
        }
        return domains[lane];
    }

    private void link(long key, int fromLane, long from, int toLane, long to, boolean readFirst) {
        if (from > to || from == to && !readFirst) {
            order.isLate(key);
        }
    }

    // ---- reading ---------------------------------------------------------------------------------------------------

    @Override
    public EventRecord record() {
        return record;
    }

    @Override
    public boolean next() throws IOException {
        while (ready.isEmpty()) {
            if (finished) {
                return false;
            }
            if (sorted.next()) {
                EventRecord event = sorted.record();
                now = Math.max(now, Long.parseLong(event.value(KEY)));
                order.add(
                        Integer.parseInt(event.value(LANE_NUMBER)),
                        numbers(event.value(NEEDS)),
                        numbers(event.value(DEFINES)),
                        event,
                        PlacedRecords::copy);
            } else {
                order.finish();
                finished = true;
            }
        }
        fill(ready.remove());
        return true;
    }

    private void fill(EventRecord event) {
        record.clear();
        record.text(LANE, lanes.name(Integer.parseInt(event.value(LANE_NUMBER))));
        long own = Long.parseLong(event.value(OWN_TIME));
        long error = Long.parseLong(event.value(OWN_ERROR));
        if (now != EventBlock.NO_TIME) {
            record.number(TIME, now);
        }
        long move = own == EventBlock.NO_TIME ? 0 : now - own;
        if (move > 0) {
            moved++;
            largestMove = Math.max(largestMove, move);
        }
        if (error != CorrectedTime.UNKNOWN) {
            record.number(ERROR, error + move);
        }
        for (int i = 0; i < event.size() - INNER_FIELDS; i++) {
            String path = event.pathOf(i);
            if (!path.equals(LANE) && !path.equals(TIME) && !path.equals(ERROR)) {
                record.copy(event, i);
            }
        }
        record.at(event.file(), event.line(), event.offset(), event.length());
    }

    private static String text(long[] keys) {
        StringBuilder text = new StringBuilder();
        for (long key : keys) {
            text.append(text.isEmpty() ? "" : " ").append(Long.toHexString(key));
        }
        return text.toString();
    }

    private static long[] numbers(String text) {
        if (text.isEmpty()) {
            return new long[0];
        }
        String[] parts = text.split(" ");
        long[] keys = new long[parts.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = Long.parseUnsignedLong(parts[i], 16);
        }
        return keys;
    }

    @Override
    public long bytesRead() {
        return sorted.bytesRead();
    }

    /** Events whose time was moved, so that they come after what they depend on. */
    public long moved() {
        return moved;
    }

    /** The largest such move, in nanoseconds. */
    public long largestMove() {
        return largestMove;
    }

    /** Events whose own clock went back in their lane. */
    public long backwards() {
        return backwards;
    }

    /** Events that come before one that they depend on, because links go round in a circle. */
    public long broken() {
        return order.broken();
    }

    @Override
    public void close() throws IOException {
        sorted.close();
    }
}

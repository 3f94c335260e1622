package io.dettrace.testkit;

import io.dettrace.event.EventBlock;
import io.dettrace.event.EventCursor;
import io.dettrace.event.Field;
import io.dettrace.event.InputNote;
import io.dettrace.event.LaneTable;
import io.dettrace.event.Original;
import io.dettrace.event.Run;
import io.dettrace.event.SourceRef;
import io.dettrace.testkit.TestTrace.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A {@link TestTrace} as a run in memory. Blocks are filled as full as told, to test that it makes no difference. */
public final class TestRun implements Run {
    /** How predecessors in other lanes are told to the engine. */
    public enum LinkForm {
        /** As a vector-clock reader does: own clock, and a link for each entry that grew. */
        CLOCKS,
        /** By the position in the lane as the clock. */
        POSITIONS,
        /** Every event has an identity that links name. */
        IDENTITIES,
        /** Not at all. */
        NONE
    }

    private final String name;
    private final TestTrace trace;
    private final LinkForm form;
    private final int[] fills;
    private final long timeScale;
    private final List<Event> events;
    private final List<String> laneNames;
    private final Map<Event, long[]> clocks = new HashMap<>();
    private final Map<Event, Integer> positions = new HashMap<>();

    public TestRun(String name, TestTrace trace, LinkForm form) {
        this(name, trace, form, 1, EventBlock.CAPACITY);
    }

    /**
     * @param timeScale factor of recorded times
     * @param fills how many events successive blocks hold, over and over
     */
    public TestRun(String name, TestTrace trace, LinkForm form, long timeScale, int... fills) {
        this.name = name;
        this.trace = trace;
        this.form = form;
        this.timeScale = timeScale;
        this.fills = fills.clone();
        events = trace.recorded().stream().filter(e -> !e.hidden).toList();
        laneNames = trace.lanes();
        if (form == LinkForm.CLOCKS) {
            computeClocks();
        }
        for (String lane : laneNames) {
            int position = 0;
            for (Event e : trace.lane(lane)) {
                positions.put(e, position++);
            }
        }
    }

    private void computeClocks() {
        List<Event> order = trace.linearExtension(null);
        if (order == null) {
            throw new IllegalArgumentException("a cyclic trace has no clocks");
        }
        Map<String, Integer> numbers = new HashMap<>();
        laneNames.forEach(lane -> numbers.put(lane, numbers.size()));
        long[][] laneClocks = new long[laneNames.size()][laneNames.size()];
        for (Event e : order) {
            int own = numbers.get(e.lane);
            long[] clock = laneClocks[own].clone();
            for (Event p : e.preds) {
                long[] other = clocks.get(p);
                for (int i = 0; i < clock.length; i++) {
                    clock[i] = Math.max(clock[i], other[i]);
                }
            }
            clock[own]++;
            clocks.put(e, clock);
            laneClocks[own] = clock;
        }
    }

    /** 64-bit digest of a text. */
    public static long digest(String text) {
        long h = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * 0x100000001b3L;
        }
        h = (h ^ h >>> 32) * 0xd6e8feb86659fd93L;
        h = (h ^ h >>> 29) * 0x9e3779b97f4a7c15L;
        return h ^ h >>> 32;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public EventCursor events(LaneTable lanes) {
        return new EventCursor() {
            private int at;
            private int blocks;
            private final Map<String, long[]> last = new HashMap<>();

            @Override
            public boolean next(EventBlock block) {
                block.clear();
                int n = Math.min(fills[blocks++ % fills.length], events.size() - at);
                for (int i = 0; i < n; i++) {
                    put(block, lanes, at++, last);
                }
                block.bytesRead = at;
                return n > 0;
            }

            @Override
            public void close() {}
        };
    }

    private void put(EventBlock block, LaneTable lanes, int index, Map<String, long[]> last) {
        Event e = events.get(index);
        int row = block.size;
        int links = 0;
        block.clock[row] = 0;
        block.defines[row] = 0;
        block.lane[row] = lanes.number(e.lane);
        if (form == LinkForm.CLOCKS) {
            long[] clock = clocks.get(e);
            long[] before = last.getOrDefault(e.lane, new long[clock.length]);
            for (int i = 0; i < clock.length; i++) {
                String of = laneNames.get(i);
                if (of.equals(e.lane)) {
                    block.clock[row] = clock[i];
                } else if (clock[i] > before[i]) {
                    links = block.addLink(links, lanes.number(of), clock[i]);
                }
            }
            last.put(e.lane, clock);
        } else if (form == LinkForm.POSITIONS) {
            for (Event p : e.preds) {
                links = block.addLink(links, lanes.number(p.lane), positions.get(p) + 1L);
            }
        } else if (form == LinkForm.IDENTITIES) {
            block.defines[row] = identity(e);
            for (Event p : e.preds) {
                links = block.addLink(links, EventBlock.BY_IDENTITY, identity(p));
            }
        }
        long label = digest(e.label);
        block.label[row] = label;
        block.kind[row] = e.kind == null ? (int) (label ^ label >>> 32) : (int) digest(e.kind);
        block.time[row] = (index + 1) * timeScale;
        block.file[row] = 0;
        block.line[row] = index + 1L;
        block.offset[row] = index * 100L;
        block.length[row] = e.label.length();
        block.commit(links);
    }

    /** Identities differ from run to run, as those of real systems do. */
    private long identity(Event e) {
        return digest(name + "/" + e.id) | 1;
    }

    @Override
    public List<Original> originals(List<SourceRef> refs) {
        return refs.stream().map(this::textOf).toList();
    }

    private Original textOf(SourceRef ref) {
        Event e = events.get((int) ref.line() - 1);
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("lane", Field.Type.STRING, e.lane));
        fields.add(new Field("label", Field.Type.STRING, e.label));
        return new Original(name, e.lane + " " + e.label, false, fields);
    }

    @Override
    public List<InputNote> notes() {
        return List.of();
    }

    @Override
    public long sizeHint() {
        return events.size();
    }

    @Override
    public String digest(int file) {
        return Long.toHexString(digest(name + file));
    }

    @Override
    public List<String> files() {
        return List.of(name);
    }

    @Override
    public void close() {}
}

package io.dettrace.normalize;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.dettrace.event.EventBlock;
import io.dettrace.event.Field;
import io.dettrace.event.LaneTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.agrona.collections.Long2LongHashMap;

/**
 * Turns the fields of one event into a row of an {@link EventBlock}. Every reader feeds its fields to one of these, so
 * that a label means the same whatever the format.
 *
 * <p>Use: {@link #begin()}, {@link #field} for every field in any order, {@link #end}; after the last event {@link #flush}.
 * One assembler serves one pass over one run and is not thread-safe.
 *
 * <p>The label is a sum over compared fields of a mix of path and value, so the order of fields does not matter. An
 * identifier (of an event, of what came before, or of anything else that is renamed from run to run) enters it not by value
 * but by how many events of the lane lie between this use and the one before; that number is the same under every
 * one-to-one renaming and moves little when an event is inserted.
 *
 * <p>Events come out in the order they went in, except that events with vector clocks come out in the order of their lane's
 * clock ({@link ClockOrder}).
 */
public class EventAssembler {
    /** Name of the only lane of a run in recorded order. */
    public static final String SINGLE_LANE = "run";

    /** Lane of events that lack the lane field. */
    public static final String NO_LANE = "(none)";

    /** Identifiers that an assembler remembers before the oldest are forgotten. */
    public static final int MAX_IDENTIFIERS = 1 << 20;

    private static final long ABSENT = -1;
    private static final JsonFactory JSON = new JsonFactory();

    private final LaneTable lanes;
    private final Map<String, String> laneAliases;
    private final int laneSlots;
    private final int singleLane;
    private final Long2LongHashMap laneByDigest = new Long2LongHashMap(ABSENT);
    private long[] laneEvents = new long[16];
    private final byte[][] slotBytes;
    private final int[] slotOffset;
    private final int[] slotLength;
    private final long[] slotDigest;
    private final boolean[] slotSet;

    private final TimeScale timeScale;
    private TimeScale resolvedScale;
    private final boolean filtered;
    private final long wantedRun;
    private boolean belongs;

    private Pending event = new Pending();
    private boolean hasKind;
    private byte[] clockBytes;
    private int clockOffset;
    private int clockLength;

    private Long2LongHashMap idYoung = new Long2LongHashMap(ABSENT);
    private Long2LongHashMap idOld = new Long2LongHashMap(ABSENT);
    private final Long2LongHashMap resourceLane = new Long2LongHashMap(ABSENT);
    private final Long2LongHashMap resourceEvent = new Long2LongHashMap(ABSENT);
    private final ClockOrder clockOrder = new ClockOrder();
    private final RuledFields ruled = new RuledFields();
    private final NoiseRules noise;
    private final EventRules eventRules;

    /** What is known of an event before it is placed in its lane. */
    static final class Pending {
        int lane;
        long label;
        long kind;

        /** What the rules say of events of the kind; null if nothing. */
        NoiseRules.OfKind rules;

        /** All of the kind's digest, of which {@link #kind} is a fold. */
        long kindDigest;

        /** True as long as every field is one that a rule of a profile allows. */
        boolean allowed;

        /** True for an event that may be anywhere and is only counted. */
        boolean counted;

        long time;
        long defines;
        int file;
        long line;
        long offset;
        int length;
        long[] ids = new long[4];
        long[] idSeeds = new long[4];
        int idCount;
        long[] refs = new long[4];
        int[] refKinds = new int[4];
        int refCount;
        long[] resources = new long[4];
        int resourceCount;
        VectorClock clock;

        void clear() {
            label = 0;
            kind = 0;
            time = EventBlock.NO_TIME;
            defines = 0;
            idCount = 0;
            refCount = 0;
            resourceCount = 0;
            clock = null;
            kindDigest = 0;
            allowed = true;
            counted = false;
        }

        /** Adds an identifier to the label: up to renaming, or as it is where it is empty. */
        void renamed(FieldPlan plan, Field.Type type, long digest, int length) {
            if (type == Field.Type.NULL || length == 0) {
                label += ValueDigest.mix(plan.seed, digest);
            } else if (type != Field.Type.COMPOSITE) {
                idSeeds = push(idSeeds, idCount, plan.seed);
                ids = push(ids, idCount++, digest);
            }
        }
    }

    /**
     * An assembler for one pass.
     *
     * @param laneAliases lane names of this run that stand for another name, empty for none
     * @param run value of the mapping's split field in the events that belong to this run; empty takes all events
     */
    public EventAssembler(Mapping mapping, LaneTable lanes, Map<String, String> laneAliases, Optional<String> run) {
        this.lanes = lanes;
        byte[] wanted = run.map(r -> r.getBytes(StandardCharsets.UTF_8)).orElse(null);
        filtered = wanted != null;
        wantedRun = filtered ? ValueDigest.of(wanted, 0, wanted.length) : 0;
        this.laneAliases = laneAliases;
        laneSlots = mapping.fields(Role.LANE).size();
        slotBytes = new byte[laneSlots][];
        slotOffset = new int[laneSlots];
        slotLength = new int[laneSlots];
        slotDigest = new long[laneSlots];
        slotSet = new boolean[laneSlots];
        timeScale = mapping.timeScale();
        noise = mapping.noise();
        eventRules = noise != null && noise.isAboutEvents() ? new EventRules(noise, lanes) : null;
        singleLane = laneSlots == 0 ? lanes.number(SINGLE_LANE) : -1;
    }

    // ---- fields ----------------------------------------------------------------------------------------------------

    /** Starts an event. */
    public void begin() {
        event.clear();
        ruled.clear();
        hasKind = false;
        clockBytes = null;
        belongs = !filtered;
        if (laneSlots > 0) {
            Arrays.fill(slotSet, false);
        }
    }

    /**
     * Takes one field. The bytes are the value's content (a string's characters without quotes and escapes) and must stay
     * unchanged until {@link #end}.
     *
     * @param digest {@link ValueDigest} of the value, if the plan {@linkplain FieldPlan#needsDigest() needs} it
     */
    public void field(FieldPlan plan, Field.Type type, long digest, byte[] bytes, int offset, int length) {
        if (plan.split && filtered) {
            belongs = digest == wantedRun;
        }
        if (plan.rules != null) {
            ruled.add(plan, type, digest, bytes, offset, length);
        } else if (plan.compare || plan.kind) {
            event.label += ValueDigest.mix(plan.seed + type.ordinal(), digest);
            event.allowed &= plan.kind;
        }
        if (plan.kind) {
            event.kind += ValueDigest.mix(plan.seed, digest);
            hasKind = true;
        }
        if (plan.lane && plan.laneSlot >= 0 && type != Field.Type.NULL) {
            int slot = plan.laneSlot;
            slotSet[slot] = true;
            slotBytes[slot] = bytes;
            slotOffset[slot] = offset;
            slotLength[slot] = length;
            slotDigest[slot] = digest;
        }
        if (plan.time) {
            takeTime(plan, type, bytes, offset, length);
        }
        if (plan.clock) {
            clockBytes = bytes;
            clockOffset = offset;
            clockLength = length;
        }
        if (plan.renamed && plan.rules == null) {
            event.renamed(plan, type, digest, length);
        }
        boolean empty = type == Field.Type.NULL || length == 0;
        if (!empty && (plan.event || plan.link || plan.message || plan.resource)) {
            takeIdentity(plan, type, digest, bytes, offset, length);
        }
    }

    private void takeTime(FieldPlan plan, Field.Type type, byte[] bytes, int offset, int length) {
        if (resolvedScale == null) {
            resolvedScale = timeScale.resolve(plan.path());
        }
        event.time = resolvedScale.nanos(bytes, offset, length, type == Field.Type.NUMBER);
    }

    private void takeIdentity(FieldPlan plan, Field.Type type, long digest, byte[] bytes, int offset, int length) {
        if (plan.event) {
            event.defines = digest;
        }
        if (plan.link && type == Field.Type.COMPOSITE) {
            int before = event.refCount;
            linksOfArray(bytes, offset, length);
            if (plan.renamed && plan.rules == null) {
                event.label += ValueDigest.mix(plan.seed, event.refCount - before);
            }
        } else if (plan.link) {
            addRef(EventBlock.BY_IDENTITY, digest);
        }
        if (plan.message) {
            addRef(EventBlock.BY_MESSAGE, ValueDigest.mix(plan.seed, digest));
        }
        if (plan.resource) {
            event.resources = push(event.resources, event.resourceCount++, ValueDigest.mix(plan.seed, digest));
        }
    }

    private void addRef(int refKind, long digest) {
        if (event.refCount == event.refKinds.length) {
            event.refKinds = Arrays.copyOf(event.refKinds, event.refCount * 2);
        }
        event.refKinds[event.refCount] = refKind;
        event.refs = push(event.refs, event.refCount++, digest);
    }

    private void linksOfArray(byte[] bytes, int offset, int length) {
        int before = event.refCount;
        if (linksOfPlainTexts(bytes, offset, offset + length)) {
            return;
        }
        event.refCount = before;
        try (JsonParser p = JSON.createParser(bytes, offset, length)) {
            for (JsonToken t = p.nextToken(); t != null; t = p.nextToken()) {
                if (t.isScalarValue() && t != JsonToken.VALUE_NULL) {
                    byte[] id = p.getText().getBytes(StandardCharsets.UTF_8);
                    addRef(EventBlock.BY_IDENTITY, ValueDigest.of(id, 0, id.length));
                }
            }
        } catch (IOException alreadyParsedByTheReader) {
            throw new IllegalStateException(alreadyParsedByTheReader);
        }
    }

    /** Takes an array of texts without escapes and white space, as readers write it; false if it is another. */
    private boolean linksOfPlainTexts(byte[] bytes, int offset, int end) {
        int i = offset;
        if (end - i < 2 || bytes[i] != '[' || bytes[end - 1] != ']') {
            return false;
        }
        while (bytes[i] == (i == offset ? '[' : ',') && bytes[i + 1] == '"') {
            int from = i + 2;
            int to = from;
            while (to < end && bytes[to] != '"' && bytes[to] != '\\') {
                to++;
            }
            if (to + 1 >= end || bytes[to] != '"') {
                return false;
            }
            addRef(EventBlock.BY_IDENTITY, ValueDigest.of(bytes, from, to - from));
            i = to + 1;
        }
        return i == end - 1;
    }

    private static long[] push(long[] array, int at, long value) {
        long[] room = at < array.length ? array : Arrays.copyOf(array, array.length * 2);
        room[at] = value;
        return room;
    }

    // ---- events ----------------------------------------------------------------------------------------------------

    /**
     * Ends the event and adds it to {@code block}, which must not be full; an event of another run is dropped, and one
     * with a vector clock may be held back.
     *
     * @throws ClockException if the vector clock is not an object of counts or lacks the event's own lane
     */
    public void end(EventBlock block, int file, long line, long offset, int length) throws ClockException {
        if (!belongs) {
            return;
        }
        event.lane = laneSlots == 0 ? singleLane : lane();
        event.file = file;
        event.line = line;
        event.offset = offset;
        event.length = length;
        event.kindDigest = hasKind ? event.kind : 0;
        if (noise != null) {
            noise.meet(event.kindDigest);
        }
        ruled.enter(event);
        long kind = hasKind ? event.kind : event.label;
        event.kind = kind ^ kind >>> 32;
        taken((int) event.kind);
        if (clockBytes == null) {
            settle(event, block);
            return;
        }
        event.clock = VectorClock.parse(
                clockBytes, clockOffset, clockLength, event.lane, name -> lanes.number(alias(name)), lanes);
        clockOrder.add(event);
        event = new Pending();
        drain(block);
    }

    /** Hands an event that is in its lane's order on, through the rules about events if there are some. */
    private void settle(Pending e, EventBlock block) {
        if (eventRules == null) {
            place(e, block);
            return;
        }
        if (eventRules.passes(e)) {
            place(e, block);
            return;
        }
        if (e == event) {
            event = eventRules.fresh();
        }
        drainRules(block);
    }

    private void drainRules(EventBlock block) {
        while (!block.isFull()) {
            Pending next = eventRules.poll();
            if (next == null) {
                return;
            }
            place(next, block);
            eventRules.recycle(next);
        }
    }

    /**
     * Called for every event of the run while its fields are at hand, for who wants to know more of it than its row says.
     *
     * @param kind as it will be in {@link EventBlock#kind}
     */
    protected void taken(int kind) {}

    /**
     * Adds the events that are still held back, as many as {@code block} takes; call after the last event until it returns
     * false.
     *
     * @return true if the block is full and there may be more
     */
    public boolean flush(EventBlock block) {
        clockOrder.end();
        drain(block);
        if (eventRules != null && !block.isFull()) {
            eventRules.end();
            drainRules(block);
        }
        return block.isFull();
    }

    private void drain(EventBlock block) {
        while (!block.isFull()) {
            Pending next = clockOrder.poll();
            if (next == null) {
                return;
            }
            settle(next, block);
        }
    }

    /** Gives the event its place in its lane and writes its row. */
    private void place(Pending e, EventBlock block) {
        int home = e.lane;
        int links = eventRules == null ? 0 : eventRules.order(e, block, laneEvents);
        int lane = e.lane;
        if (lane >= laneEvents.length) {
            laneEvents = Arrays.copyOf(laneEvents, Math.max(lane + 1, laneEvents.length * 2));
        }
        long position = laneEvents[lane]++;
        long label = e.label;
        for (int i = 0; i < e.idCount; i++) {
            // Beside its lane an event knows the identifiers of the lane itself, whose events keep their order to it.
            long distance = home == lane ? 0 : distanceToLastUse(e.ids[i], home, eventsOf(home));
            if (distance == 0) {
                distance = distanceToLastUse(e.ids[i], lane, position);
            } else {
                e.ids[i] = 0; // what the lane itself remembers need not be remembered beside it
            }
            label += ValueDigest.mix(e.idSeeds[i], distance);
        }
        for (int i = 0; i < e.idCount; i++) {
            if (e.ids[i] != 0) {
                remember(e.ids[i], lane, position);
            }
        }
        int row = block.size;
        block.clock[row] = 0;
        if (e.clock != null) {
            block.clock[row] = e.clock.own();
            links = clockOrder.links(e, block);
        }
        for (int i = 0; i < e.refCount; i++) {
            links = block.addLink(links, e.refKinds[i], e.refs[i]);
        }
        for (int i = 0; i < e.resourceCount; i++) {
            links = takeResource(block, e.resources[i], lane, position, links);
        }
        block.lane[row] = lane;
        block.label[row] = label;
        block.kind[row] = (int) e.kind;
        block.time[row] = e.time;
        block.defines[row] = e.defines;
        block.file[row] = e.file;
        block.line[row] = e.line;
        block.offset[row] = e.offset;
        block.length[row] = e.length;
        block.commit(links);
    }

    private int lane() {
        long digest = 0;
        for (int i = 0; i < laneSlots; i++) {
            digest = ValueDigest.mix(digest + i, slotSet[i] ? slotDigest[i] : 0);
        }
        long known = laneByDigest.get(digest);
        if (known != ABSENT) {
            return (int) known;
        }
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < laneSlots; i++) {
            String part = slotSet[i]
                    ? new String(slotBytes[i], slotOffset[i], slotLength[i], StandardCharsets.UTF_8)
                    : NO_LANE;
            name.append(i == 0 ? "" : "/").append(part);
        }
        int number = lanes.number(alias(name.toString()));
        laneByDigest.put(digest, number);
        return number;
    }

    private String alias(String name) {
        return laneAliases.getOrDefault(name, name);
    }

    private long eventsOf(int lane) {
        return lane < laneEvents.length ? laneEvents[lane] : 0;
    }

    /** Events of the lane since one of them used the identifier, in any field; 0 if none did. */
    private long distanceToLastUse(long id, int lane, long position) {
        long key = ValueDigest.mix(id, lane);
        long last = idYoung.get(key);
        if (last == ABSENT) {
            last = idOld.get(key);
        }
        return last == ABSENT ? 0 : position - last;
    }

    /** Remembers a use; forgets by generations, so that memory stays bounded. */
    private void remember(long id, int lane, long position) {
        if (idYoung.size() >= MAX_IDENTIFIERS / 2) {
            idOld = idYoung;
            idYoung = new Long2LongHashMap(ABSENT);
        }
        idYoung.put(ValueDigest.mix(id, lane), position);
    }

    private int takeResource(EventBlock block, long resource, int lane, long position, int links) {
        int n = links;
        long before = resourceLane.get(resource);
        if (before != ABSENT && before != lane) {
            n = block.addLink(n, (int) before, resourceEvent.get(resource) + 1);
        }
        resourceLane.put(resource, lane);
        resourceEvent.put(resource, position);
        return n;
    }

    /** A vector clock that cannot be used; the reader adds the place. */
    public static final class ClockException extends Exception {
        private static final long serialVersionUID = 1L;

        ClockException(String message) {
            super(message);
        }
    }
}

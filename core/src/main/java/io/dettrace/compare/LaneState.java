package io.dettrace.compare;

import io.dettrace.event.EventBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongArrayList;

/** Where the comparison stands in one lane. */
final class LaneState {
    enum Status {
        /** Waits for events, or has none. */
        OPEN,
        /** A head needs an event of another lane that is not matched yet. */
        BLOCKED,
        /** The heads differ and wait for their windows to fill. */
        DIFFERS,
        /** Left undecided at the limit: later events are counted and not compared. */
        GIVEN_UP
    }

    /** {@link #skip} of a run whose events in this lane have no counterpart any more. */
    static final long FOREVER = Long.MAX_VALUE;

    /** Labels of matched pairs that are remembered to recognise a loop that runs once more or less. */
    private static final int RECENT = 16;

    final int number;

    /** Number of the lane beside which this one is, or its own. */
    final int home;

    final String name;
    final EventQueue[] queue = {new EventQueue(), new EventQueue()};
    final long[] consumed = new long[2];
    final long[] read = new long[2];
    final ClockIndex[] clock = new ClockIndex[2];
    final Long2LongHashMap[] known = new Long2LongHashMap[2];
    final Pairing pairing = new Pairing();
    final DepthIndex depth = new DepthIndex();
    final PairRing context;

    /** Told of the lane's pairs, null if nobody wants to know. */
    private final PairTeller teller;

    Status status = Status.OPEN;
    boolean scheduled;
    boolean waitsForInput;

    /** Events of each run to step over, and then pairs of heads to accept although they differ: a decided region. */
    final long[] skip = new long[2];

    long substitute;
    long substituted;

    /** What is to be done about heads that differ, as soon as the events that it is about are not blocked; else null. */
    Decisions.Plan plan;

    /** Events that have to be read before the lane is decided; grows while the evidence is inconclusive. */
    int window;

    private final long[] recent = new long[RECENT];
    private int recentSize;
    private long lastLabel;
    private long sameLabelRun;

    /** Influences in the order they entered. */
    final List<Influence> influences = new ArrayList<>();

    /** The same for each run, {@link Influence#from} ascending. */
    final List<List<Influence>> reach = List.of(new ArrayList<>(), new ArrayList<>());

    /** How many influences of another lane were taken over, by twice the lane's number plus the run's; null if none. */
    Int2IntHashMap inherited;

    /** One-sided single events found in this lane, to recognise one that only moved. */
    final List<Finding> singles = new ArrayList<>();

    private final IntArrayList waiters = new IntArrayList();
    private final LongArrayList waitedFor = new LongArrayList();

    /** Position of the first event of each run that may be waited for. */
    private final long[] soonest = {FOREVER, FOREVER};

    LaneState(int number, int home, String name, int contextSize, int window, PairTeller teller) {
        this.teller = teller;
        this.number = number;
        this.home = home;
        this.name = name;
        this.window = window;
        context = new PairRing(contextSize);
    }

    EventQueue queue(Side side) {
        return queue[side.ordinal()];
    }

    EventPoint head(Side side) {
        return queue(side).isEmpty() ? null : point(side, 0);
    }

    private EventPoint point(Side side, int ahead) {
        return queue(side).point(ahead, name, consumed[side.ordinal()] + ahead);
    }

    /** Events of the queue from position {@code from} up to position {@code to}, if it holds so many. */
    List<EventPoint> points(Side side, int from, int to) {
        List<EventPoint> points = new ArrayList<>();
        for (int i = from; i < Math.min(queue(side).size(), to); i++) {
            points.add(point(side, i));
        }
        return points;
    }

    /** True while a decided region is being stepped over. */
    boolean inRegion() {
        return skip[0] > 0 || skip[1] > 0 || substitute > 0;
    }

    /** True if nothing in this lane will be compared any more. */
    boolean isLost() {
        return status == Status.GIVEN_UP || skip[0] == FOREVER && skip[1] == FOREVER;
    }

    /** Counts one event of the region as stepped over. */
    void stepSkip(Side side) {
        int s = side.ordinal();
        if (skip[s] > 0 && skip[s] != FOREVER) {
            skip[s]--;
        }
    }

    /**
     * True if the lane cannot go on before this head's predecessors are consumed. A surplus event does not wait for the
     * other run's head, which pairs with a later one.
     */
    boolean needsHead(Side side) {
        boolean skips = skip[0] > 0 || skip[1] > 0;
        return !queue(side).isEmpty() && (skips ? skip[side.ordinal()] > 0 : plan == null || plan.isAbout(side));
    }

    /** Pairs the heads. */
    void pair() {
        if (substitute > 0) {
            substitute--;
            substituted++;
            remember(0);
            sameLabelRun = 0;
        } else {
            context.advance();
            context.put(Side.BASELINE, queue[0], consumed[0]);
            context.put(Side.CANDIDATE, queue[1], consumed[1]);
            count(queue[0].label(0));
            if (teller != null) {
                teller.tellHeads(this);
            }
        }
        pairing.add(consumed[0], consumed[1]);
        drop(Side.BASELINE);
        drop(Side.CANDIDATE);
    }

    /** Pairs an event that was just read on {@code side} with the other run's head, without queueing it. */
    void pair(Side side, EventBlock block, int row, long index) {
        Side other = side.other();
        context.advance();
        context.put(other, queue(other), consumed[other.ordinal()]);
        context.put(side, block, row, index, consumed[side.ordinal()]);
        count(block.label[row]);
        if (teller != null) {
            teller.tell(this, side, block, row, index);
        }
        pairing.add(consumed[0], consumed[1]);
        drop(other);
        consumed[side.ordinal()]++;
    }

    private void count(long label) {
        sameLabelRun = label == lastLabel ? sameLabelRun + 1 : 1;
        lastLabel = label;
        remember(label);
    }

    private void remember(long label) {
        recent[(int) (pairing.size() % RECENT)] = label;
        recentSize = Math.min(RECENT, recentSize + 1);
    }

    /** Label of the last matched pair, 0 if there is none. */
    long lastLabel() {
        return sameLabelRun > 0 ? lastLabel : 0;
    }

    /** How many matched pairs in a row, up to the last, have this label. */
    long repeatsOf(long label) {
        return label == lastLabel ? sameLabelRun : 0;
    }

    /** True if these labels are those of the last matched pairs, in order: a loop went round once more or less. */
    boolean repeatsLoop(long[] labels, int n) {
        if (n > recentSize) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            if (recent[(int) ((pairing.size() - n + i) % RECENT)] != labels[i]) {
                return false;
            }
        }
        return true;
    }

    void drop(Side side) {
        queue(side).removeFirst();
        consumed[side.ordinal()]++;
    }

    // ---- waiting ---------------------------------------------------------------------------------------------------

    /** Has {@code lane} woken once the event at {@code ordinal} of {@code side} is consumed. */
    void addWaiter(LaneState lane, Side side, long ordinal) {
        long what = ordinal << 1 | side.ordinal();
        soonest[side.ordinal()] = Math.min(soonest[side.ordinal()], ordinal);
        for (int i = 0; i < waiters.size(); i++) {
            if (waiters.getInt(i) == lane.number) {
                waitedFor.setLong(i, what);
                return;
            }
        }
        waiters.addInt(lane.number);
        waitedFor.addLong(what);
    }

    /** True if a lane may wait for something that is consumed by now. */
    boolean mayWake() {
        return consumed[0] > soonest[0] || consumed[1] > soonest[1] || status == Status.GIVEN_UP;
    }

    /** Takes a lane whose wait is over off the list; -1 if there is none. */
    int takeWoken() {
        Arrays.fill(soonest, FOREVER);
        for (int i = 0; i < waiters.size(); i++) {
            long what = waitedFor.getLong(i);
            soonest[(int) (what & 1)] = Math.min(soonest[(int) (what & 1)], what >>> 1);
            if (what >>> 1 < consumed[(int) (what & 1)] || status == Status.GIVEN_UP) {
                int woken = waiters.getInt(i);
                waiters.fastUnorderedRemove(i);
                waitedFor.fastUnorderedRemove(i);
                return woken;
            }
        }
        return -1;
    }
}

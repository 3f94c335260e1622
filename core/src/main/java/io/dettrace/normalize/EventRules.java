package io.dettrace.normalize;

import io.dettrace.event.EventBlock;
import io.dettrace.event.LaneTable;
import io.dettrace.normalize.EventAssembler.Pending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;

/**
 * The rules of a profile about whole events: some may be missing, stretches may be repeated, and some come in either order.
 *
 * <p>An event that may be missing is left out, if its fields are as the rules for them say, up to the number that there may be. Of a repeated
 * stretch as many passes stay as there must be, and those that are too many. Events
 * of a kind that is independent of another one get a lane of their own beside their lane, with links to and from the events
 * that they are not independent of; that is the partial order of a trace monoid (Mazurkiewicz 1977), in which two sequences
 * are the same if they differ by exchanges of independent neighbours.
 */
final class EventRules {
    /** Kinds with a lane of their own that a lane can have. */
    static final int MAX_BESIDE = 64;

    /** Stands in the name of a lane between that of the lane that it is beside and the kind of its events. */
    private static final String BESIDE = " · ";

    /** Beside this are events whose lane does not matter. */
    private static final String ANY_LANE = "(any lane)";

    private static final int MAX_UNUSED = 1_024;

    private final NoiseRules noise;
    private final LaneTable lanes;
    private final ArrayDeque<Pending> unused = new ArrayDeque<>();
    private final List<Fold> folds = new ArrayList<>();
    private Beside[] besides = new Beside[16];
    private final ArrayDeque<Pending> ready = new ArrayDeque<>();

    /** By kind: lane of the events that are only counted. */
    private final Long2LongHashMap counted = new Long2LongHashMap(-1);

    /** Events of each optional kind so far. */
    private final Long2LongHashMap seen = new Long2LongHashMap(0);

    EventRules(NoiseRules noise, LaneTable lanes) {
        this.noise = noise;
        this.lanes = lanes;
    }

    // ---- events that are left out ----------------------------------------------------------------------------------

    /** The last events of a lane that stayed, and those of a further pass through a stretch that has not come to its end. */
    private static final class Fold {
        final long[] labels = new long[NoiseRules.MAX_BODY];
        final long[] kinds = new long[NoiseRules.MAX_BODY];
        final List<Pending> held = new ArrayList<>();
        final int[] lengths;
        long events;
        NoiseRules.Body body;

        /** By length of a stretch: how many events in a row have the kind of the one that is so far before them. */
        private final long[] period = new long[NoiseRules.MAX_BODY + 1];

        /** By length of a stretch: passes left out since events last stayed that are no pass. */
        private final long[] left = new long[NoiseRules.MAX_BODY + 1];

        Fold(int[] lengths) {
            this.lengths = lengths;
        }

        private static int at(long event) {
            return (int) event & NoiseRules.MAX_BODY - 1;
        }

        void passes(Pending e) {
            for (int n : lengths) {
                boolean again = events >= n && kind(n) == e.kindDigest;
                period[n] = again ? period[n] + 1 : 0;
                left[n] = again ? left[n] : 0;
            }
            labels[at(events)] = e.label;
            kinds[at(events++)] = e.kindDigest;
        }

        /** Label of the event that stands {@code back} events before the end. */
        long label(int back) {
            return labels[at(events - back)];
        }

        long kind(int back) {
            return kinds[at(events - back)];
        }

        /** How many passes through the stretch end here, one after the other. */
        long times(long[] kindsOfPass) {
            int n = kindsOfPass.length;
            for (int i = 1; i <= n; i++) {
                if (events < i || kind(i) != kindsOfPass[n - i]) {
                    return 0;
                }
            }
            return 1 + period[n] / n + left[n];
        }

        /** A further pass is complete and left out. */
        void leaveOut() {
            left[body.kinds().length]++;
            held.clear();
            body = null;
        }
    }

    /**
     * Takes an event in the order of its lane.
     *
     * @return true if the event goes on as it is; else it is kept here, and comes out of {@link #poll} or not at all
     */
    boolean passes(Pending e) {
        e.rules = noise.ofKind(e.kindDigest);
        boolean optional = e.rules != null && e.rules.optional != null;
        if (optional && (e.allowed || !e.rules.hasFieldRules) && isLeftOut(e, e.rules.optional)) {
            recycle(e);
            return false;
        }
        if (!noise.foldsRepeats() || e.counted) {
            return passesIfNoneWaits(e);
        }
        Fold fold = fold(e.lane);
        if (fold.body != null) {
            if (e.label == fold.label(fold.body.kinds().length - fold.held.size())) {
                hold(fold, e);
                return false;
            }
            release(fold);
        }
        fold.body = body(fold, e);
        if (fold.body == null) {
            fold.passes(e);
            return passesIfNoneWaits(e);
        }
        hold(fold, e);
        return false;
    }

    private boolean passesIfNoneWaits(Pending e) {
        if (ready.isEmpty()) {
            return true;
        }
        ready.add(e);
        return false;
    }

    /**
     * Counts an event that may be there or not. As many as there must be are kept beside all lanes, where their order does not
     * matter; those that there may be besides are left out; what is more than that stays where it is.
     */
    private boolean isLeftOut(Pending e, NoiseRules.Times times) {
        long before = seen.get(e.kindDigest);
        seen.put(e.kindDigest, before + 1);
        e.counted = before < times.low() && e.clock == null;
        return before < times.high() && !e.counted;
    }

    private void hold(Fold fold, Pending e) {
        fold.held.add(e);
        if (fold.held.size() == fold.body.kinds().length) {
            fold.held.forEach(this::recycle);
            fold.leaveOut();
        }
    }

    /** Room for an event. */
    Pending fresh() {
        Pending free = unused.poll();
        return free == null ? new Pending() : free;
    }

    /** Takes the room of an event that is done with. */
    void recycle(Pending e) {
        if (e.clock == null && unused.size() < MAX_UNUSED) {
            unused.push(e);
        }
    }

    private Fold fold(int lane) {
        while (folds.size() <= lane) {
            folds.add(new Fold(noise.bodyLengths()));
        }
        return folds.get(lane);
    }

    /** The stretch that the event begins once more, as often as it may; null if it begins none. */
    private NoiseRules.Body body(Fold fold, Pending e) {
        NoiseRules.Body[] bodies = fold.events == 0 ? null : noise.repeatsEndingWith(fold.kind(1));
        if (bodies != null) {
            for (NoiseRules.Body body : bodies) {
                long times = fold.times(body.kinds());
                boolean may =
                        times >= body.times().low() && times < body.times().high();
                if (times > 0 && may && e.label == fold.label(body.kinds().length)) {
                    return body;
                }
            }
        }
        return null;
    }

    private void release(Fold fold) {
        for (Pending e : fold.held) {
            fold.passes(e);
            ready.add(e);
        }
        fold.held.clear();
        fold.body = null;
    }

    /** After the last event: nothing is held any more. */
    void end() {
        folds.forEach(this::release);
    }

    /** The next event that stays, null if there is none yet. */
    Pending poll() {
        return ready.poll();
    }

    // ---- events in either order ------------------------------------------------------------------------------------

    /** A lane and the lanes beside it, the lane itself first. */
    private static final class Beside {
        final int[] lane = new int[MAX_BESIDE + 1];
        final long[] kind = new long[MAX_BESIDE + 1];

        /** By lane, then by lane beside it: events of that one which events of this one follow already. */
        final long[][] followed = new long[MAX_BESIDE + 1][];

        int size = 1;

        Beside(int home) {
            lane[0] = home;
        }
    }

    /**
     * Moves an event into the lane of its kind where it has one, and links it to what it depends on in the lanes beside.
     *
     * @param laneEvents how many events each lane has so far
     * @return links that were added to the row that is being filled
     */
    int order(Pending e, EventBlock block, long[] laneEvents) {
        if (e.counted) {
            e.idCount = 0;
            e.lane = laneOfCounted(e.rules);
            return 0;
        }
        boolean free = e.rules != null && e.rules.independent != null;
        if (e.lane >= besides.length) {
            besides = Arrays.copyOf(besides, Math.max(e.lane + 1, 2 * besides.length));
        }
        Beside b = besides[e.lane];
        if (e.clock != null || b == null && !free) {
            return 0;
        }
        if (b == null) {
            b = new Beside(e.lane);
            besides[e.lane] = b;
        }
        int own = free ? beside(b, e) : 0;
        if (b.followed[own] == null) {
            b.followed[own] = new long[MAX_BESIDE + 1];
        }
        long[] followed = b.followed[own];
        int links = 0;
        for (int i = 0; i < b.size; i++) {
            long events = b.lane[i] < laneEvents.length ? laneEvents[b.lane[i]] : 0;
            // What the event before in its lane follows, the event follows too.
            if (i != own && events > followed[i] && !(free && e.rules.isIndependentOf(b.kind[i]))) {
                links = block.addLink(links, b.lane[i], events);
                followed[i] = events;
            }
        }
        e.lane = b.lane[own];
        return links;
    }

    private int laneOfCounted(NoiseRules.OfKind kind) {
        int known = (int) counted.get(kind.kind);
        if (known < 0) {
            known = lanes.numberOfAnyLane(ANY_LANE + BESIDE + kind.name);
            counted.put(kind.kind, known);
        }
        return known;
    }

    private int beside(Beside b, Pending e) {
        for (int i = 1; i < b.size; i++) {
            if (b.kind[i] == e.kindDigest) {
                return i;
            }
        }
        if (b.size > MAX_BESIDE) {
            return 0;
        }
        b.lane[b.size] = lanes.numberBeside(e.lane, lanes.name(e.lane) + BESIDE + e.rules.name);
        b.kind[b.size] = e.kindDigest;
        return b.size++;
    }
}

package io.dettrace.normalize;

import io.dettrace.event.EventBlock;
import io.dettrace.event.LaneTable;
import io.dettrace.normalize.EventAssembler.Pending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of a profile about whole events: some may be missing, stretches may be repeated, and some come in either order.
 *
 * <p>An event that may be missing is left out if its fields are as learnt. Of a repeated stretch the first pass stays. Events
 * of a kind that is independent of another one get a lane of their own beside their lane, with links to and from the events
 * that they are not independent of; that is the partial order of a trace monoid (Mazurkiewicz 1977), in which two sequences
 * are the same if they differ by exchanges of independent neighbours.
 */
final class EventRules {
    /** Kinds with a lane of their own that a lane can have. */
    static final int MAX_BESIDE = 64;

    private final NoiseRules noise;
    private final LaneTable lanes;
    private final List<Fold> folds = new ArrayList<>();
    private final List<Beside> besides = new ArrayList<>();
    private final ArrayDeque<Pending> ready = new ArrayDeque<>();

    EventRules(NoiseRules noise, LaneTable lanes) {
        this.noise = noise;
        this.lanes = lanes;
    }

    // ---- events that are left out ----------------------------------------------------------------------------------

    /** The last events of a lane, and those of a further pass through a stretch that has not come to its end. */
    private static final class Fold {
        final long[] labels = new long[NoiseRules.MAX_BODY];
        final long[] kinds = new long[NoiseRules.MAX_BODY];
        final List<Pending> held = new ArrayList<>();
        long events;
        int body;

        private static int at(long event) {
            return (int) (event % NoiseRules.MAX_BODY);
        }

        void passes(Pending e) {
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

        boolean endsWith(long[] body) {
            for (int i = 1; i <= body.length; i++) {
                if (events < i || kind(i) != body[body.length - i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Takes an event in the order of its lane; what is left of it comes out of {@link #poll}, perhaps later. */
    void add(Pending e) {
        if (e.allowed && noise.isOptional(e.kindDigest)) {
            return;
        }
        if (!noise.foldsRepeats()) {
            ready.add(e);
            return;
        }
        Fold fold = fold(e.lane);
        if (fold.body > 0) {
            if (e.label == fold.label(fold.body - fold.held.size())) {
                fold.held.add(e);
                if (fold.held.size() == fold.body) {
                    fold.held.clear();
                    fold.body = 0;
                }
                return;
            }
            release(fold);
        }
        fold.body = body(fold, e);
        if (fold.body == 0) {
            fold.passes(e);
            ready.add(e);
        } else if (fold.body == 1) {
            fold.body = 0;
        } else {
            fold.held.add(e);
        }
    }

    private Fold fold(int lane) {
        while (folds.size() <= lane) {
            folds.add(new Fold());
        }
        return folds.get(lane);
    }

    /** Length of the stretch that the event begins once more, 0 if it begins none. */
    private int body(Fold fold, Pending e) {
        long[][] bodies = fold.events == 0 ? null : noise.repeatsEndingWith(fold.kind(1));
        if (bodies != null) {
            for (long[] body : bodies) {
                if (fold.endsWith(body) && e.label == fold.label(body.length)) {
                    return body.length;
                }
            }
        }
        return 0;
    }

    private void release(Fold fold) {
        for (Pending e : fold.held) {
            fold.passes(e);
            ready.add(e);
        }
        fold.held.clear();
        fold.body = 0;
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
        boolean free = noise.isFree(e.kindDigest);
        while (besides.size() <= e.lane) {
            besides.add(null);
        }
        Beside b = besides.get(e.lane);
        if (e.clock != null || b == null && !free) {
            return 0;
        }
        if (b == null) {
            b = new Beside(e.lane);
            besides.set(e.lane, b);
        }
        int own = free ? beside(b, e) : 0;
        int links = 0;
        for (int i = 0; i < b.size; i++) {
            boolean depends = i != own && !noise.areIndependent(b.kind[i], e.kindDigest);
            long events = b.lane[i] < laneEvents.length ? laneEvents[b.lane[i]] : 0;
            if (depends && events > 0) {
                links = block.addLink(links, b.lane[i], events);
            }
        }
        e.lane = b.lane[own];
        return links;
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
        b.lane[b.size] = lanes.number(lanes.name(e.lane) + " · " + noise.name(e.kindDigest));
        b.kind[b.size] = e.kindDigest;
        return b.size++;
    }
}

package io.dettrace.clocks;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;

/**
 * Lets events through in the order in which they come, which is that of their times, but none before an event that it
 * depends on: it is held back, and its lane behind it, until that one has come.
 *
 * <p>At most {@value #MAX_HELD} events are held; then, and at the end, the one that has waited longest goes on without
 * what it waits for. That happens where links go round in a circle. Not thread-safe.
 *
 * @param <E> an event
 */
public final class CausalOrder<E> {
    /** Events that are held back. */
    public static final int MAX_HELD = 200_000;

    private final int maxHeld;
    private final Output<E> out;
    private final LongHashSet late = new LongHashSet();
    private final LongHashSet heldKeys = new LongHashSet();
    private final Map<Integer, ArrayDeque<Held<E>>> queues = new HashMap<>();
    private final ArrayDeque<Held<E>> oldest = new ArrayDeque<>();
    private final Long2ObjectHashMap<Set<Integer>> waiting = new Long2ObjectHashMap<>();
    private int held;
    private long heldOverall;
    private long broken;

    /** Takes the events in order. */
    public interface Output<E> {
        /** The next event. */
        void event(E event) throws IOException;
    }

    private static final class Held<E> {
        final int lane;
        final long[] needs;
        final long[] defines;
        final E event;
        boolean gone;

        Held(int lane, long[] needs, long[] defines, E event) {
            this.lane = lane;
            this.needs = needs;
            this.defines = defines;
            this.event = event;
        }
    }

    /** An order that hands events to {@code out}. */
    public CausalOrder(Output<E> out) {
        this(out, MAX_HELD);
    }

    CausalOrder(Output<E> out, int maxHeld) {
        this.out = out;
        this.maxHeld = maxHeld;
    }

    /** Says that an event comes later than one that depends on it. */
    public void isLate(long key) {
        late.add(key);
    }

    /** How many such events are awaited. */
    public int lateCount() {
        return late.size();
    }

    /**
     * Takes the next event.
     *
     * @param needs keys of the events that must come before
     * @param defines keys of this event
     * @param keep makes a copy that outlives this call
     */
    public void add(int lane, long[] needs, long[] defines, E event, UnaryOperator<E> keep) throws IOException {
        ArrayDeque<Held<E>> queue = queues.get(lane);
        long missing = queue == null ? missing(needs) : 0;
        if (queue == null && missing == 0) {
            out.event(event);
            arrived(defines);
            return;
        }
        Held<E> kept = new Held<>(lane, needs, defines, keep.apply(event));
        queues.computeIfAbsent(lane, l -> new ArrayDeque<>()).add(kept);
        while (!oldest.isEmpty() && oldest.peek().gone) {
            oldest.remove();
        }
        oldest.add(kept);
        held++;
        heldOverall++;
        for (long key : defines) {
            heldKeys.add(key);
        }
        if (missing != 0) {
            await(missing, lane);
        }
        while (held > maxHeld) {
            force();
        }
    }

    /** Lets go what is still held. */
    public void finish() throws IOException {
        while (held > 0) {
            force();
        }
    }

    /** Events that were held back. */
    public long heldOverall() {
        return heldOverall;
    }

    /** Events that went on without one that they depend on. */
    public long broken() {
        return broken;
    }

    /** A key that is needed and still to come, or 0. */
    private long missing(long[] needs) {
        for (long key : needs) {
            if (late.contains(key) || heldKeys.contains(key)) {
                return key;
            }
        }
        return 0;
    }

    private void await(long key, int lane) {
        waiting.computeIfAbsent(key, k -> new HashSet<>()).add(lane);
    }

    /** An event is through: lanes that waited for it go on, in turn, and so on. */
    private void arrived(long[] defines) throws IOException {
        ArrayDeque<Integer> awake = new ArrayDeque<>();
        tell(defines, awake);
        goOn(awake);
    }

    private void tell(long[] defines, ArrayDeque<Integer> awake) {
        for (long key : defines) {
            late.remove(key);
            heldKeys.remove(key);
            Set<Integer> lanes = waiting.remove(key);
            if (lanes != null) {
                List<Integer> inOrder = new ArrayList<>(lanes);
                inOrder.sort(null);
                awake.addAll(inOrder);
            }
        }
    }

    private void release(ArrayDeque<Held<E>> queue, ArrayDeque<Integer> awake) throws IOException {
        Held<E> head = queue.remove();
        head.gone = true;
        held--;
        if (queue.isEmpty()) {
            queues.remove(head.lane);
        }
        out.event(head.event);
        tell(head.defines, awake);
    }

    /** Lets the event go that has waited longest; it is the first of its lane. */
    private void force() throws IOException {
        while (oldest.peek().gone) {
            oldest.remove();
        }
        Held<E> head = oldest.remove();
        ArrayDeque<Integer> awake = new ArrayDeque<>();
        release(queues.get(head.lane), awake);
        broken++;
        awake.add(head.lane);
        goOn(awake);
    }

    private void goOn(ArrayDeque<Integer> awake) throws IOException {
        while (!awake.isEmpty()) {
            int lane = awake.remove();
            ArrayDeque<Held<E>> queue = queues.get(lane);
            while (queue != null && !queue.isEmpty()) {
                long missing = missing(queue.peek().needs);
                if (missing != 0) {
                    await(missing, lane);
                    break;
                }
                release(queue, awake);
            }
        }
    }
}

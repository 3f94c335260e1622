package io.dettrace.oracle.history;

import io.dettrace.oracle.history.DistinctValues.Life;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Whether the calls of a queue or a bag fit one after the other, where each value is put in once. Two things can be wrong
 * (Henzinger, Sezgin, Vafeiadis, "Aspect-oriented linearizability proofs", CONCUR 2013, section 3; Bouajjani, Emmi, Enea, Hamza,
 * "On reducing linearizability to state reachability", Information and Computation 261, 2018): a value that certainly came first
 * is certainly taken last, or not at all; and a call finds the object empty though at each instant of it some value is
 * certainly there.
 *
 * <p>Takes of unknown result are given, in the order in which they began, to the values that nobody is known to have taken, in
 * the order in which those were put. No other way does better: where two values are given two takes crosswise, or the later
 * value only is given one, exchanging them makes the times at which values are certainly there no longer, and what came first
 * is taken no later.
 */
final class ValueQueue {
    /** A value; when it was put, when the call that takes it begins and ends, if any. */
    private record Element(int putBegun, int put, int takeBegun, int taken) {}

    private final List<Element> elements = new ArrayList<>();
    private final List<Operation> empty;

    ValueQueue(Collection<Life> lives, List<Operation> openTakes, List<Operation> empty) {
        this.empty = empty;
        List<Life> left = new ArrayList<>();
        for (Life life : lives) {
            if (life.takes > 0) {
                elements.add(new Element(life.putBegun, life.put, life.lastUse, life.firstKnown));
            } else if (life.put != Operation.NEVER) {
                left.add(life);
            }
        }
        left.sort(Comparator.comparingInt(life -> life.put));
        for (int i = 0; i < left.size(); i++) {
            int takeBegun = i < openTakes.size() ? openTakes.get(i).invoked() : Operation.NEVER;
            elements.add(new Element(left.get(i).putBegun, left.get(i).put, takeBegun, Operation.NEVER));
        }
    }

    /** True if there is an order; no value is taken before it was put, or twice. */
    boolean fits(boolean inOrder) {
        return (!inOrder || isInOrder()) && mayBeEmpty();
    }

    /** No value is taken for certain before one that was put for certain before it. */
    private boolean isInOrder() {
        elements.sort(Comparator.comparingInt(Element::putBegun));
        int n = elements.size();
        int[] begun = elements.stream().mapToInt(Element::putBegun).toArray();
        int[] firstTaken = new int[n + 1];
        firstTaken[n] = Operation.NEVER;
        for (int i = n - 1; i >= 0; i--) {
            firstTaken[i] = Math.min(firstTaken[i + 1], elements.get(i).taken);
        }
        return elements.stream().allMatch(e -> firstTaken[Instants.below(begun, e.put)] >= e.takeBegun);
    }

    /** Each call that found nothing has an instant at which no value is there for certain. */
    private boolean mayBeEmpty() {
        elements.sort(Comparator.comparingInt(Element::put));
        List<int[]> times = new ArrayList<>();
        for (Element e : elements) {
            int[] last = times.isEmpty() ? null : times.get(times.size() - 1);
            if (last != null && e.put < last[1]) {
                last[1] = Math.max(last[1], e.takeBegun);
            } else if (e.put < e.takeBegun) {
                times.add(new int[] {e.put, e.takeBegun});
            }
        }
        int[] begins = times.stream().mapToInt(t -> t[0]).toArray();
        return empty.stream().allMatch(o -> {
            int before = Instants.below(begins, o.invoked()) - 1;
            return before < 0 || o.returned() > times.get(before)[1];
        });
    }
}

package io.dettrace.oracle.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A history made ready for the search: events in order, calls that never return told from the others, equal calls under one
 * number, and a slot (a bit of a configuration) for each call while it is open.
 */
final class Problem {
    final Model model;

    /** Operations by the number that they have here. */
    final Operation[] operations;

    /** Number of the distinct call and recorded outcome of each operation. */
    final int[] kind;

    /** Slot of each operation. */
    final int[] slot;

    /** Whether the operation returns, within the horizon. */
    final boolean[] returns;

    /** What each distinct kind calls, by kind. */
    final List<Call> calls = new ArrayList<>();

    /** What was recorded as its outcome, by kind, or null if that is not known. */
    final List<Answer> answers = new ArrayList<>();

    /** What its function can do, by kind. */
    final List<Effect> effects = new ArrayList<>();

    /** Operations that end at each step of the search, in the order in which they end. */
    final int[] ends;

    /** The event of the history at which each step's operation ends. */
    final int[] endEvents;

    /** For each operation the event by which it must have taken effect, or by which its effect was seen, if that is sooner. */
    final int[] urgency;

    /** For each step, the operations that are open then and return some time, the one that returns first coming first. */
    final int[][] open;

    /** Operations that never return, grouped by kind, by their invocation. */
    final int[][] endless;

    /** Words of 64 slots that a configuration has. */
    final int words;

    /** Slots of operations that never return. */
    final long[] endlessMask;

    /**
     * Prepares a part of a history.
     *
     * @param part operations, by their invocation
     * @param horizon the last event that is looked at; calls that end later are open
     * @param held operations that are held to their end and result; all others may take effect at any time after their
     *     invocation, with any result, or never
     */
    Problem(Model model, List<Operation> part, int horizon, Predicate<Operation> held) {
        this.model = model;
        Map<List<Object>, Integer> kinds = new HashMap<>();
        List<Operation> taken = new ArrayList<>();
        List<Integer> kindOf = new ArrayList<>();
        List<Boolean> returning = new ArrayList<>();
        for (Operation o : part) {
            if (o.invoked() > horizon) {
                break;
            }
            boolean ended = o.returned() <= horizon;
            if (ended && didNotHappen(model, o)) {
                continue;
            }
            boolean known = ended && held.test(o);
            Effect effect = model.effect(o.call().function());
            if (!known && effect == Effect.READS) {
                continue; // it changes nothing, and nobody knows what it saw
            }
            Answer answer = known ? o.answer() : null;
            Integer next = kinds.size();
            Integer kind = kinds.putIfAbsent(Arrays.asList(o.call(), answer), next);
            if (kind == null) {
                kind = next;
                calls.add(o.call());
                answers.add(answer);
                effects.add(effect);
            }
            taken.add(o);
            kindOf.add(kind);
            returning.add(known);
        }
        int n = taken.size();
        operations = taken.toArray(Operation[]::new);
        kind = kindOf.stream().mapToInt(Integer::intValue).toArray();
        slot = new int[n];
        returns = new boolean[n];
        for (int i = 0; i < n; i++) {
            returns[i] = returning.get(i);
        }
        urgency = urgency();
        Integer[] ending = endingOrder();
        ends = Arrays.stream(ending).mapToInt(Integer::intValue).toArray();
        endEvents = Arrays.stream(ends).map(i -> operations[i].returned()).toArray();
        open = new int[ends.length][];
        words = slots() / Long.SIZE + 1;
        endlessMask = new long[words];
        Map<Integer, List<Integer>> byKind = new java.util.TreeMap<>();
        for (int i = 0; i < n; i++) {
            if (!returns[i]) {
                endlessMask[slot[i] >>> 6] |= 1L << slot[i];
                byKind.computeIfAbsent(kind[i], k -> new ArrayList<>()).add(i);
            }
        }
        endless = byKind.values().stream()
                .map(l -> l.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** True if the history says that a call had no effect, and the model makes nothing of it. */
    static boolean didNotHappen(Model model, Operation o) {
        return o.ending() == Operation.Ending.FAIL
                && !(o.mayBeRefused() && model.refuses(o.call().function()));
    }

    private int[] urgency() {
        int[] urgency = new int[operations.length];
        Map<List<Object>, int[]> elements = new HashMap<>();
        int[][] own = new int[operations.length][];
        for (int i = 0; i < operations.length; i++) {
            Operation o = operations[i];
            urgency[i] = returns[i] ? o.returned() : Operation.NEVER;
            Answer answer = returns[i] ? o.answer() : new Answer(false, Value.NIL);
            Optional<Value> element = model.element(o.call(), answer);
            if (element.isPresent()) {
                own[i] = elements.computeIfAbsent(
                        Arrays.asList(o.call().key(), element.get()), e -> new int[] {Operation.NEVER});
                boolean takes = !o.call().argument().equals(element.get());
                own[i][0] = takes ? Math.min(own[i][0], urgency[i]) : own[i][0];
            }
        }
        for (int i = 0; i < operations.length; i++) {
            boolean gives = own[i] != null && !operations[i].call().argument().equals(Value.NIL);
            urgency[i] = gives ? own[i][0] : urgency[i];
        }
        return urgency;
    }

    private Integer[] endingOrder() {
        List<Integer> ending = new ArrayList<>();
        for (int i = 0; i < operations.length; i++) {
            if (returns[i]) {
                ending.add(i);
            }
        }
        ending.sort(Comparator.comparingInt(i -> operations[i].returned()));
        return ending.toArray(Integer[]::new);
    }

    /** Gives each operation a slot that no other has while it is open, and notes which are open at each end. */
    private int slots() {
        java.util.PriorityQueue<Integer> free = new java.util.PriorityQueue<>();
        List<Integer> nowOpen = new ArrayList<>();
        int slots = 0;
        int next = 0;
        for (int step = 0; step <= ends.length; step++) {
            int until = step < ends.length ? endEvents[step] : Operation.NEVER;
            for (; next < operations.length && operations[next].invoked() < until; next++) {
                // A call that never returns shares its slot with no other, as its bit counts differently.
                slot[next] = free.isEmpty() || !returns[next] ? slots++ : free.poll();
                if (returns[next]) {
                    nowOpen.add(next);
                }
            }
            if (step < ends.length) {
                nowOpen.sort(Comparator.comparingInt(i -> operations[i].returned()));
                open[step] = nowOpen.stream().mapToInt(Integer::intValue).toArray();
                free.add(slot[ends[step]]);
                nowOpen.remove(Integer.valueOf(ends[step]));
            }
        }
        return slots;
    }
}

package io.dettrace.incident.culprit;

import io.dettrace.incident.window.Window;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * How often each step of spans is taken in two windows. A node is a point in the work of a kind of unit: kind of span, context,
 * chain, and what came last. A request counts once for a node and once for each step from it, however often it takes it, since its
 * spans are not independent of each other.
 */
final class Transitions implements SpanChains.Visitor {
    private static final int NONE = -1;

    private final Long2LongHashMap nodeNumbers = new Long2LongHashMap(4096, 0.6f, NONE);
    private final Long2LongHashMap stepNumbers = new Long2LongHashMap(4096, 0.6f, NONE);
    private Window window;
    private Units units;
    private int side;

    int nodes;
    int[] nodeService = new int[256];
    int[] nodeOperation = new int[256];
    byte[] nodeChain = new byte[256];
    long[] nodeFrom = new long[256];
    /** Requests that pass a node, baseline at 2i and incident at 2i + 1; so with all that is counted. */
    int[] passing = new int[512];

    private int[] nodeLast = new int[256];

    int steps;
    int[] stepNode = new int[256];
    long[] stepTo = new long[256];
    int[] taking = new int[512];
    /** Requests that take a step in a unit that fails. */
    int[] failing = new int[512];

    private int[] stepLast = new int[256];

    Transitions(Window window, Units units) {
        this.window = window;
        this.units = units;
    }

    /** Goes on with another window; 0 is the baseline, 1 the incident. */
    void side(int number, Window of, Units unitsOf) {
        side = number;
        window = of;
        units = unitsOf;
        Arrays.fill(nodeLast, NONE);
        Arrays.fill(stepLast, NONE);
    }

    @Override
    public void step(int request, int span, int chain, long seen, long from, long to, long time) {
        int node = node(span, chain, seen, from);
        if (nodeLast[node] != request) {
            nodeLast[node] = request;
            passing[2 * node + side]++;
        }
        int step = step(node, to);
        if (stepLast[step] != request) {
            stepLast[step] = request;
            taking[2 * step + side]++;
            failing[2 * step + side] += units.isFailing(span) ? 1 : 0;
        }
    }

    /** Number of the node that a span is at; -1 for one that was never passed. */
    int find(Window of, Units unitsOf, int span, int chain, long seen, long from) {
        return (int) nodeNumbers.get(key(of, unitsOf, span, chain, seen, from));
    }

    /** Number of a step, -1 for one that was never taken. */
    int findStep(int node, long to) {
        return (int) stepNumbers.get(Digest.of(node, to));
    }

    private static long key(Window of, Units unitsOf, int span, int chain, long seen, long from) {
        long kind = Digest.of(of.service(span), 2L * of.operation(span) + chain);
        return Digest.of(Digest.of(kind, unitsOf.context(span)), Digest.of(seen, from));
    }

    private int node(int span, int chain, long seen, long from) {
        long key = key(window, units, span, chain, seen, from);
        long known = nodeNumbers.get(key);
        if (known != NONE) {
            return (int) known;
        }
        if (nodes == nodeLast.length) {
            int more = 2 * nodes;
            nodeService = Arrays.copyOf(nodeService, more);
            nodeOperation = Arrays.copyOf(nodeOperation, more);
            nodeChain = Arrays.copyOf(nodeChain, more);
            nodeFrom = Arrays.copyOf(nodeFrom, more);
            passing = Arrays.copyOf(passing, 2 * more);
            nodeLast = Arrays.copyOf(nodeLast, more);
        }
        nodeService[nodes] = window.service(span);
        nodeOperation[nodes] = window.operation(span);
        nodeChain[nodes] = (byte) chain;
        nodeFrom[nodes] = from;
        nodeLast[nodes] = NONE;
        nodeNumbers.put(key, nodes);
        return nodes++;
    }

    private int step(int node, long to) {
        long key = Digest.of(node, to);
        long known = stepNumbers.get(key);
        if (known != NONE) {
            return (int) known;
        }
        if (steps == stepLast.length) {
            int more = 2 * steps;
            stepNode = Arrays.copyOf(stepNode, more);
            stepTo = Arrays.copyOf(stepTo, more);
            taking = Arrays.copyOf(taking, 2 * more);
            failing = Arrays.copyOf(failing, 2 * more);
            stepLast = Arrays.copyOf(stepLast, more);
        }
        stepNode[steps] = node;
        stepTo[steps] = to;
        stepLast[steps] = NONE;
        stepNumbers.put(key, steps);
        return steps++;
    }
}

package io.dettrace.compare;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.IntArrayList;

/**
 * The blame relation among blocked lanes, and what to do where lanes block each other.
 *
 * <p>Lane p blames lane q if a head of p needs an event of q behind the common prefix. A strongly connected component
 * without outgoing blame (found by Tarjan's algorithm, SIAM J. Comput. 1, 1972, here without recursion) can never be
 * unblocked by reading on. If one run alone closes the cycle, its links are at fault and are left out; if labels differ in
 * some of its lanes, those are one root; if they differ in none, the events depend on each other the other way round in
 * the candidate, an order inversion.
 */
final class Blame {
    private final RunComparator comparator;
    private final Predecessors predecessors;
    private final Decisions decisions;
    private final List<LaneState> lanes;
    private final IntArrayList blockers = new IntArrayList();

    Blame(RunComparator comparator, Predecessors predecessors, Decisions decisions, List<LaneState> lanes) {
        this.comparator = comparator;
        this.predecessors = predecessors;
        this.decisions = decisions;
        this.lanes = lanes;
    }

    /** Decides every closed component of lanes that block each other; false if there is none. */
    boolean breakDeadlock() {
        List<LaneState> blocked = new ArrayList<>();
        for (LaneState lane : lanes) {
            if (lane.status == LaneState.Status.BLOCKED) {
                blocked.add(lane);
            }
        }
        boolean broken = false;
        for (List<LaneState> component : blocked.isEmpty() ? List.<List<LaneState>>of() : closed(blocked)) {
            component.sort(Comparator.comparing(l -> l.name));
            broken |= decide(component);
        }
        return broken;
    }

    /** Decides a component; false if more of it has to be read first. */
    private boolean decide(List<LaneState> component) {
        boolean changed = cutCycles(component, Side.BASELINE) | cutCycles(component, Side.CANDIDATE);
        if (!changed) {
            changed = stepOn(component);
        }
        if (!changed) {
            List<LaneState> differing =
                    component.stream().filter(Blame::headsDiffer).toList();
            if (differing.isEmpty() && SplitLane.isOne(component)) {
                if (!SplitLane.isFull(component, comparator, decisions.window())) {
                    return false;
                }
                changed = decisions.decideSurplus(SplitLane.surplus(component, comparator, decisions.window()));
            }
            if (changed) {
                component.forEach(comparator::schedule);
                return true;
            }
            if (differing.isEmpty()) {
                decisions.invert(component);
                component.forEach(comparator::pairBlockedHeads);
            } else {
                decisions.decideTogether(component, differing);
            }
        }
        component.forEach(comparator::schedule);
        return true;
    }

    /** Leaves out the links by which one run alone has a cycle; false if there is none. */
    private boolean cutCycles(List<LaneState> component, Side side) {
        int[][] edges = edges(component, side, null);
        int[] number = components(edges);
        int cut = 0;
        IntArrayList members = new IntArrayList();
        for (int i = 0; i < edges.length; i++) {
            members.clear();
            for (int j = 0; j < edges.length; j++) {
                if (j != i && number[j] == number[i]) {
                    members.addInt(component.get(j).number);
                }
            }
            cut += members.isEmpty() ? 0 : predecessors.cutLinks(component.get(i), side, members);
        }
        comparator.countCyclicLinks(cut);
        return cut > 0;
    }

    /** Steps over one event of each lane whose region was decided before; false if there is none. */
    private boolean stepOn(List<LaneState> component) {
        boolean stepped = false;
        for (LaneState lane : component) {
            if (lane.inRegion()) {
                comparator.stepBlocked(lane);
                stepped = true;
            }
        }
        return stepped;
    }

    private static boolean headsDiffer(LaneState lane) {
        return lane.plan != null;
    }

    /**
     * For each node the positions of those that block it, in one run or, with {@code side} null, in either.
     *
     * @param open if given, takes note of nodes that something outside of {@code nodes} blocks; they get no edges
     */
    private int[][] edges(List<LaneState> nodes, Side side, boolean[] open) {
        int[] position = new int[lanes.size()];
        Arrays.fill(position, -1);
        for (int i = 0; i < nodes.size(); i++) {
            position[nodes.get(i).number] = i;
        }
        int[][] edges = new int[nodes.size()][];
        for (int i = 0; i < edges.length; i++) {
            blockers.clear();
            if (side != Side.CANDIDATE) {
                predecessors.addBlockers(nodes.get(i), Side.BASELINE, open != null, blockers);
            }
            if (side != Side.BASELINE) {
                predecessors.addBlockers(nodes.get(i), Side.CANDIDATE, open != null, blockers);
            }
            int[] to = new int[blockers.size()];
            int n = 0;
            for (int b = 0; b < to.length; b++) {
                int at = blockers.getInt(b) < 0 ? -1 : position[blockers.getInt(b)];
                if (at >= 0) {
                    to[n++] = at;
                } else if (open != null) {
                    open[i] = true;
                }
            }
            edges[i] = Arrays.copyOf(to, open != null && open[i] ? 0 : n);
        }
        return edges;
    }

    /** Components without an edge to another component, to an unblocked lane or to input still to be read. */
    private List<List<LaneState>> closed(List<LaneState> blocked) {
        boolean[] leaves = new boolean[blocked.size()];
        int[][] edges = edges(blocked, null, leaves);
        int[] component = components(edges);
        int count = Arrays.stream(component).max().orElse(-1) + 1;
        boolean[] open = new boolean[count];
        int[] size = new int[count];
        for (int i = 0; i < edges.length; i++) {
            size[component[i]]++;
            open[component[i]] |= leaves[i];
            for (int to : edges[i]) {
                open[component[i]] |= component[to] != component[i];
            }
        }
        List<List<LaneState>> closed = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            if (!open[c] && size[c] > 1) {
                List<LaneState> members = new ArrayList<>();
                for (int i = 0; i < edges.length; i++) {
                    if (component[i] == c) {
                        members.add(blocked.get(i));
                    }
                }
                closed.add(members);
            }
        }
        return closed;
    }

    /** Number of the strongly connected component of each node. */
    private static int[] components(int[][] edges) {
        int n = edges.length;
        int[] component = new int[n];
        int[] order = new int[n];
        int[] low = new int[n];
        int[] nextEdge = new int[n];
        Arrays.fill(component, -1);
        ArrayDeque<Integer> open = new ArrayDeque<>();
        ArrayDeque<Integer> path = new ArrayDeque<>();
        int visited = 0;
        int count = 0;
        for (int start = 0; start < n; start++) {
            if (order[start] == 0) {
                path.push(start);
            }
            while (!path.isEmpty()) {
                int v = path.peek();
                if (order[v] == 0) {
                    order[v] = ++visited;
                    low[v] = visited;
                    open.push(v);
                }
                if (nextEdge[v] < edges[v].length) {
                    int w = edges[v][nextEdge[v]++];
                    if (order[w] == 0) {
                        path.push(w);
                    } else if (component[w] < 0) {
                        low[v] = Math.min(low[v], order[w]);
                    }
                    continue;
                }
                path.pop();
                if (!path.isEmpty()) {
                    low[path.peek()] = Math.min(low[path.peek()], low[v]);
                }
                if (low[v] == order[v]) {
                    int w;
                    do {
                        w = open.pop();
                        component[w] = count;
                    } while (w != v);
                    count++;
                }
            }
        }
        return component;
    }
}

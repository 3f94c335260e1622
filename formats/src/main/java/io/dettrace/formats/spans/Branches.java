package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what runs in parallel. Spans of one process that have the same nearest span around them in it are siblings;
 * siblings that overlap in time are branches, each a lane of its own, and so is a span that outlives the one around it. What
 * a branch calls in other processes belongs to the branch there too. So the order in which parallel calls start is never
 * compared, while calls one after the other stay in one lane, in order.
 */
final class Branches {
    /** Pairs of branches, before and behind, that are linked one by one; beyond it only the last one is. */
    private static final int MAX_PAIRS = 4_096;

    /** Ancestors, or spans beside it, that are looked at for one span. */
    private static final int MAX_STEPS = 1_000;

    /** Characters of a branch's name; what is longer loses its beginning. */
    private static final int MAX_NAME = 512;

    private final Map<Group, Extent> settled = new HashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    private record Group(String service, int instance, Node around, String branch) {}

    /** What of a group lies in the lane itself: latest end so far, by levels of the tree. */
    private static final class Extent {
        final List<Node> inLane = new ArrayList<>();
    }

    /** Sets {@link Node#branch} of all spans. */
    void find(List<Node> tops) {
        List<Node> level = new ArrayList<>(tops);
        while (!level.isEmpty()) {
            level(level);
            List<Node> below = new ArrayList<>();
            level.forEach(n -> below.addAll(n.children));
            level = below;
        }
    }

    private void level(List<Node> level) {
        Map<Group, List<Node>> groups = new LinkedHashMap<>();
        for (Node node : level) {
            node.around = around(node);
            node.branch = node.parent == null ? "" : node.parent.branch;
            groups.computeIfAbsent(
                            new Group(node.origin.service(), node.instance, node.around, node.branch),
                            g -> new ArrayList<>())
                    .add(node);
        }
        groups.forEach(this::group);
    }

    /** The nearest span around it in its process, found over its ancestors' own. */
    private static Node around(Node node) {
        int left = MAX_STEPS;
        for (Node n = node.parent; n != null && left > 0; n = n.parent, left--) {
            if (n.sameProcess(node)) {
                return n;
            }
        }
        return null;
    }

    private void group(Group group, List<Node> members) {
        List<Node> sorted = new ArrayList<>(members);
        sorted.sort(Comparator.comparingLong((Node n) -> n.from).thenComparingInt(n -> n.order));
        Extent extent = settled.computeIfAbsent(group, g -> new Extent());
        List<Node> before = List.of();
        for (int i = 0; i < sorted.size(); ) {
            int stop = i + 1;
            long end = sorted.get(i).to;
            while (stop < sorted.size() && sorted.get(stop).from < end - TraceClock.ROUNDING) {
                end = Math.max(end, sorted.get(stop).to);
                stop++;
            }
            List<Node> cluster = sorted.subList(i, stop);
            boolean alone = cluster.size() == 1 && !outlives(cluster.get(0)) && !overlaps(cluster.get(0), extent);
            if (!alone) {
                fork(group, cluster);
            } else {
                extent.inLane.add(cluster.get(0));
            }
            link(before, cluster);
            before = cluster;
            i = stop;
        }
    }

    private static boolean outlives(Node node) {
        return node.around != null && node.around.ended() && node.to > node.around.to + TraceClock.ROUNDING;
    }

    /** True if it overlaps what an earlier level put into the lane. */
    private static boolean overlaps(Node node, Extent extent) {
        for (int i = extent.inLane.size() - 1; i >= Math.max(0, extent.inLane.size() - MAX_STEPS); i--) {
            Node other = extent.inLane.get(i);
            if (other.depth == node.depth) {
                continue;
            }
            if (node.from < other.to - TraceClock.ROUNDING && other.from < node.to - TraceClock.ROUNDING) {
                return true;
            }
        }
        return false;
    }

    /** Names the members of a group that overlap, equal names in the order of what they do, then of time. */
    private void fork(Group group, List<Node> cluster) {
        Map<Node, String> what = new HashMap<>();
        cluster.forEach(n -> what.put(n, n.name + describe(n)));
        List<Node> ordered = new ArrayList<>(cluster);
        ordered.sort(Comparator.comparing((Node n) -> what.get(n))
                .thenComparingLong(n -> n.from)
                .thenComparingInt(n -> n.order));
        String outer = group.branch().length() <= MAX_NAME
                ? group.branch()
                : " > …" + group.branch().substring(group.branch().length() - MAX_NAME);
        for (Node node : ordered) {
            String name = StableText.name(node.name);
            int number = numbers.merge(
                    group.service() + '\0' + group.instance() + '\0' + outer + '\0' + name, 1, Integer::sum);
            node.branch = outer + " > " + name + "#" + number;
        }
    }

    private static String describe(Node node) {
        StringBuilder text = new StringBuilder();
        for (Field f : Conventions.start(node.attributes)) {
            text.append('\0').append(f.path()).append('=').append(f.text());
        }
        return text.toString();
    }

    /** What ran beside each other before, and was waited for, comes before what follows. */
    private static void link(List<Node> before, List<Node> cluster) {
        boolean each = (long) before.size() * cluster.size() <= MAX_PAIRS;
        List<Node> ends = each || before.isEmpty()
                ? before
                : List.of(
                        before.stream().max(Comparator.comparingLong(n -> n.to)).get());
        for (Node node : cluster) {
            for (Node earlier : ends) {
                boolean inLane = node.parent != null && node.parent == earlier.parent && node.around == node.parent;
                if (inLane && earlier.joined && !earlier.sameLane(node)) {
                    node.before.add(earlier);
                }
            }
        }
    }
}

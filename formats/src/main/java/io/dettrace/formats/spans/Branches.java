package io.dettrace.formats.spans;

import io.dettrace.event.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what runs in parallel. Spans of one process that have the same nearest span around them in it are siblings;
 * siblings that overlap in time are branches, each a lane of its own, and so is a span that outlives the one around it. What
 * a branch calls in other processes belongs to the branch there too. So the order in which parallel calls start is never
 * compared, while calls one after the other stay in one lane, in order.
 *
 * <p>Whether two calls overlap is chance, whether a program makes them in parallel is not. So siblings of a name of which one
 * overlaps another are branches all of them, also under other spans of the same name on this level of the trace.
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

    /** Calls that were seen to overlap, and with which others. */
    private static final class Parallel {
        /** Different calls of one cluster whose pairs are kept; of more only that each overlaps. */
        private static final int MAX_CALLS = 64;

        private final Map<String, Set<String>> beside = new HashMap<>();

        void add(List<Node> cluster) {
            Map<String, Integer> calls = new LinkedHashMap<>();
            cluster.forEach(n -> calls.merge(n.call, 1, Integer::sum));
            boolean few = calls.size() <= MAX_CALLS;
            calls.forEach((call, times) -> {
                Set<String> others = beside.computeIfAbsent(call, c -> new HashSet<>());
                for (String other : few ? calls.keySet() : Set.of(call)) {
                    if (times > 1 || !other.equals(call)) {
                        others.add(other);
                    }
                }
            });
        }

        boolean has(Node node) {
            return beside.containsKey(node.call);
        }

        boolean areBeside(String a, String b) {
            return beside.getOrDefault(a, Set.of()).contains(b);
        }
    }

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
            node.call = call(node);
            node.branch = node.parent == null ? "" : node.parent.branch;
            groups.computeIfAbsent(
                            new Group(node.origin.service(), node.instance, node.around, node.branch),
                            g -> new ArrayList<>())
                    .add(node);
        }
        Map<Group, List<List<Node>>> clusters = new LinkedHashMap<>();
        Parallel parallel = new Parallel();
        groups.forEach((group, members) -> {
            List<List<Node>> found = clusters(members);
            clusters.put(group, found);
            found.stream().filter(c -> c.size() > 1).forEach(parallel::add);
        });
        clusters.forEach((group, found) -> settle(group, found, parallel));
    }

    /** By what a call is told from others: its service, the span around it and its name. */
    private static String call(Node node) {
        String around = node.around == null ? "" : node.around.name;
        return node.origin.service() + '\0' + around + '\0' + StableText.name(node.name);
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

    /** Siblings by time, those that overlap together. */
    private static List<List<Node>> clusters(List<Node> members) {
        List<Node> sorted = new ArrayList<>(members);
        sorted.sort(Comparator.comparingLong((Node n) -> n.from)
                .thenComparing(n -> n.name)
                .thenComparingInt(n -> n.order));
        List<List<Node>> clusters = new ArrayList<>();
        for (int i = 0; i < sorted.size(); ) {
            int stop = i + 1;
            long end = sorted.get(i).to;
            while (stop < sorted.size() && sorted.get(stop).from < end - TraceClock.ROUNDING) {
                end = Math.max(end, sorted.get(stop).to);
                stop++;
            }
            clusters.add(sorted.subList(i, stop));
            i = stop;
        }
        return clusters;
    }

    /** Puts the siblings into the lane or into branches. */
    private void settle(Group group, List<List<Node>> clusters, Parallel parallel) {
        Extent extent = settled.computeIfAbsent(group, g -> new Extent());
        List<Node> branches = new ArrayList<>();
        for (List<Node> cluster : clusters) {
            Node first = cluster.get(0);
            boolean alone = cluster.size() == 1 && !parallel.has(first);
            if (alone && !outlives(first) && !overlaps(first, extent)) {
                extent.inLane.add(first);
            } else {
                branches.addAll(cluster);
            }
        }
        fork(group, branches);
        Map<String, List<Node>> before = new LinkedHashMap<>();
        for (List<Node> cluster : clusters) {
            Map<String, List<Node>> ends = new HashMap<>();
            boolean beside = false;
            for (Node node : cluster) {
                beside |= before.keySet().stream().anyMatch(call -> parallel.areBeside(call, node.call));
                link(ends.computeIfAbsent(node.call, c -> ends(before, c, parallel, cluster.size())), node);
            }
            if (!beside) {
                before.clear();
            }
            cluster.forEach(
                    n -> before.computeIfAbsent(n.call, c -> new ArrayList<>()).add(n));
            if (before.size() > MAX_STEPS) {
                Node last = cluster.stream()
                        .max(Comparator.comparingLong(n -> n.to))
                        .orElseThrow();
                before.clear();
                before.put(last.call, new ArrayList<>(List.of(last)));
            }
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

    /** Names the branches of a group, equal names in the order of what they do, then of time. */
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

    /** What ran before a call and not beside it; of many the one that ended last. */
    private static List<Node> ends(Map<String, List<Node>> before, String call, Parallel parallel, int beside) {
        List<Node> ends = new ArrayList<>();
        before.forEach((other, nodes) -> {
            if (!parallel.areBeside(other, call)) {
                ends.addAll(nodes);
            }
        });
        boolean each = (long) ends.size() * beside <= MAX_PAIRS;
        return each || ends.isEmpty()
                ? ends
                : List.of(ends.stream().max(Comparator.comparingLong(n -> n.to)).get());
    }

    /** What ran before, and was waited for, comes before what follows. */
    private static void link(List<Node> ends, Node node) {
        for (Node earlier : ends) {
            boolean inLane = node.parent != null && node.parent == earlier.parent && node.around == node.parent;
            if (inLane && earlier.joined && !earlier.sameLane(node)) {
                node.before.add(earlier);
            }
        }
    }
}

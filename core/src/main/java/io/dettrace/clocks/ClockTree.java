package io.dettrace.clocks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts every clock on the best way of links to a reference: fewest contradictory links, then fewest approximate ones, then
 * least sum of errors (Dijkstra's shortest paths). Clocks without any messages between them have references of their own. The
 * reference is the clock with most accurate links, of several the one whose name comes first.
 */
final class ClockTree {
    private final Map<String, Domain> domains;
    private final double maxSkew;
    private final Map<String, List<Edge>> edges = new TreeMap<>();
    private final List<Edge> all = new ArrayList<>();
    private final Map<String, Reached> reached = new HashMap<>();
    private final Map<String, String> references = new TreeMap<>();

    private record Edge(DomainPair pair, ClockLink link) {
        String other(String domain) {
            return domain.equals(pair.first) ? pair.second : pair.first;
        }
    }

    /** A clock, the way to it, and what that costs. */
    private record Reached(
            String domain, Reached parent, Edge edge, int contradictory, int approximate, double error, int hops) {
        Reached by(Edge e) {
            ClockQuality q = e.link.quality;
            return new Reached(
                    e.other(domain),
                    this,
                    e,
                    contradictory + (q == ClockQuality.CONTRADICTORY ? 1 : 0),
                    approximate + (q == ClockQuality.APPROXIMATE ? 1 : 0),
                    error + e.link.error(),
                    hops + 1);
        }
    }

    private static final Comparator<Reached> ORDER = Comparator.comparingInt(Reached::contradictory)
            .thenComparingInt(Reached::approximate)
            .thenComparingDouble(Reached::error)
            .thenComparingInt(Reached::hops)
            .thenComparing(Reached::domain)
            .thenComparing(r -> r.parent == null ? "" : r.parent.domain);

    ClockTree(Map<String, Domain> domains, Collection<DomainPair> pairs, double maxSkew) {
        this.domains = new TreeMap<>(domains);
        this.maxSkew = maxSkew;
        List<DomainPair> sorted = new ArrayList<>(pairs);
        sorted.sort(Comparator.comparing((DomainPair p) -> p.first).thenComparing(p -> p.second));
        for (DomainPair pair : sorted) {
            Edge edge = new Edge(pair, link(pair, false));
            all.add(edge);
            edges.computeIfAbsent(pair.first, n -> new ArrayList<>()).add(edge);
            edges.computeIfAbsent(pair.second, n -> new ArrayList<>()).add(edge);
        }
    }

    private ClockLink link(DomainPair pair, boolean swapped) {
        long first = domains.get(pair.first).resolution;
        long second = domains.get(pair.second).resolution;
        return new ClockLink(pair, swapped, swapped ? second : first, swapped ? first : second, maxSkew);
    }

    ClockTable table() {
        Comparator<String> best =
                Comparator.comparingLong(this::accurateLinks).reversed().thenComparing(Comparator.naturalOrder());
        List<String> roots = domains.keySet().stream().sorted(best).toList();
        for (String root : roots) {
            if (!reached.containsKey(root)) {
                spread(root);
            }
        }
        Map<String, ClockPath> paths = new HashMap<>();
        Set<Edge> used = new HashSet<>();
        for (String domain : domains.keySet()) {
            List<ClockLink> links = new ArrayList<>();
            for (Reached r = reached.get(domain); r.parent != null; r = r.parent) {
                links.add(link(r.edge.pair, r.domain.equals(r.edge.pair.second)));
                used.add(r.edge);
            }
            paths.put(domain, new ClockPath(links));
        }
        List<ClockEstimate> estimates = domains.values().stream()
                .map(d -> estimate(d, paths.get(d.name)))
                .toList();
        return new ClockTable(
                roots.isEmpty() ? "" : roots.get(0),
                estimates,
                all.stream().map(e -> pair(e, used.contains(e))).toList(),
                paths);
    }

    private long accurateLinks(String domain) {
        return edges.getOrDefault(domain, List.of()).stream()
                .filter(e -> e.link.quality == ClockQuality.ACCURATE)
                .count();
    }

    private void spread(String root) {
        PriorityQueue<Reached> open = new PriorityQueue<>(ORDER);
        open.add(new Reached(root, null, null, 0, 0, 0, 0));
        while (!open.isEmpty()) {
            Reached next = open.remove();
            if (reached.putIfAbsent(next.domain, next) != null) {
                continue;
            }
            references.put(next.domain, root);
            for (Edge edge : edges.getOrDefault(next.domain, List.of())) {
                if (!reached.containsKey(edge.other(next.domain))) {
                    open.add(next.by(edge));
                }
            }
        }
    }

    private ClockEstimate estimate(Domain d, ClockPath path) {
        boolean alone = !edges.containsKey(d.name) && domains.size() > 1;
        CorrectedTime at = path.correct(d.middle());
        // Over several links the allowed skew adds up, but it holds between any two clocks.
        double fastest = Math.min(maxSkew, path.skew(ClockLink::leastSlope));
        double slowest = Math.max(-maxSkew / (1 + maxSkew), path.skew(ClockLink::largestSlope));
        boolean bounded = path.quality().compareTo(ClockQuality.ACCURATE) <= 0;
        double skew = bounded ? (fastest + slowest) / 2 : path.skew(ClockLink::slope);
        return new ClockEstimate(
                d.name,
                references.get(d.name),
                alone ? ClockQuality.ABSENT : path.quality(),
                d.middle(),
                Saturating.minus(d.middle(), at.time()),
                alone ? CorrectedTime.UNKNOWN : at.error(),
                alone ? ClockBound.NONE : path.bound(),
                ppm(skew),
                bounded && !alone ? ppm((fastest - slowest) / 2) : Double.POSITIVE_INFINITY,
                d.sent,
                d.received,
                path.hops(),
                d.resolution);
    }

    private static ClockPair pair(Edge edge, boolean used) {
        ClockLink link = edge.link;
        boolean bounded = link.quality == ClockQuality.ACCURATE;
        return new ClockPair(
                link.from,
                link.to,
                link.quality,
                link.forward,
                link.backward,
                link.middle,
                Saturating.minus(link.estimate(link.middle), link.middle),
                link.quality == ClockQuality.APPROXIMATE ? CorrectedTime.UNKNOWN : link.error(),
                ppm(bounded ? (link.leastSlope() + link.largestSlope()) / 2 : link.slope()),
                bounded ? ppm((link.largestSlope() - link.leastSlope()) / 2) : Double.POSITIVE_INFINITY,
                used,
                link.conflict());
    }

    /** Parts per million, without a negative zero. */
    private static double ppm(double fraction) {
        return fraction * 1e6 + 0.0;
    }
}

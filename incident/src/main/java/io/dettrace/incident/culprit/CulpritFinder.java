package io.dettrace.incident.culprit;

import io.dettrace.incident.window.Names;
import io.dettrace.incident.window.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Compares two windows and ranks the services of the incident that depart from the baseline without being led to it by others.
 *
 * <ol>
 *   <li>Departures: of structure, of own times, of gaps of calls, of resources; each with its effect, a lower bound of it, and its
 *       p-value.
 *   <li>False discoveries are controlled over all questions asked (Benjamini and Hochberg 1995).
 *   <li>Gaps are given to the services that own them, and departures that others explain are discounted.
 *   <li>What is left, by service.
 * </ol>
 */
public final class CulpritFinder {
    /** Departures that are held against each other; more are the weakest of many. */
    private static final int MOST = 400;

    private final Comparison c;
    private final double level;
    private final double z;
    private final Names names;

    /**
     * For two windows that share their names.
     *
     * @param level share of false ones among what is reported, such as 0.05; bounds hold with 1 less it
     */
    public CulpritFinder(Window baseline, Window incident, double level) {
        this(new Comparison(baseline, incident), level);
    }

    /** For two windows that are counted already. */
    public CulpritFinder(Comparison c, double level) {
        this.c = c;
        this.level = level;
        this.names = c.names;
        this.z = new NormalDistribution().inverseCumulativeProbability(1 - level);
    }

    /** Compares the windows. */
    public Findings find() {
        StructureFinder structureFinder = new StructureFinder(c.steps, c.peers, names);
        TimeFinder timeFinder = new TimeFinder(c.times, names, z);
        FailureFinder failureFinder = new FailureFinder(c.failures, names);
        ResourceFinder resourceFinder = new ResourceFinder(names);
        List<StructureFinder.Found> structure = structureFinder.find();
        List<Found> times = timeFinder.find();
        List<Found> failures = failureFinder.find();
        List<Departure> resources = resourceFinder.find(c.baseline, c.incident);
        Selection selection = new Selection(
                level,
                Stream.of(structureFinder.tests, timeFinder.tests, failureFinder.tests, resourceFinder.tests)
                        .flatMap(List::stream)
                        .mapToDouble(Double::doubleValue)
                        .toArray());
        List<StructureFinder.Found> changed = structure.stream()
                .filter(f -> selection.takes(f.departure()))
                .map(f -> f.with(f.departure().at(selection.z())))
                .filter(f -> f.departure().low() > 0)
                .sorted(Comparator.comparingDouble(f -> -f.departure().score()))
                .limit(MOST)
                .toList();
        Callees callees = new Callees(c.calls().keySet());
        Occurrences occurrences = new Occurrences(c, callees, selection.z());
        List<Departure> all = occurrences.explained(changed, selected(times, selection), selected(failures, selection));
        resources.stream().filter(selection::takes).forEach(all::add);
        TrafficFinder traffic = new TrafficFinder(c);
        all.addAll(traffic.find(level));
        CallGraph graph = new CallGraph(callees, all, traffic, new Holding(c));
        List<Departure> left = graph.explained();
        return new Findings(culprits(left, resources, graph, occurrences), left);
    }

    private static List<Found> selected(List<Found> all, Selection selection) {
        return all.stream()
                .filter(f -> selection.takes(f.departure()))
                .map(f -> f.with(f.departure().at(selection.z())))
                .filter(f -> f.departure().low() > 0)
                .sorted(Comparator.comparingDouble(f -> -f.departure().score()))
                .limit(MOST)
                .toList();
    }

    private List<Culprit> culprits(
            List<Departure> all, List<Departure> resources, CallGraph graph, Occurrences occurrences) {
        Map<String, List<Departure>> byService = new LinkedHashMap<>();
        all.forEach(d ->
                byService.computeIfAbsent(d.service(), s -> new ArrayList<>()).add(d));
        List<Culprit> culprits = new ArrayList<>();
        byService.forEach(
                (service, its) -> culprits.add(culprit(service, its, resources, graph.credit(service), occurrences)));
        culprits.removeIf(c -> c.score() <= 0);
        culprits.sort(Comparator.comparingDouble((Culprit c) -> -c.score()).thenComparing(Culprit::service));
        return culprits;
    }

    private Culprit culprit(
            String service, List<Departure> its, List<Departure> resources, double credit, Occurrences occurrences) {
        List<Departure> evidence = new ArrayList<>(its);
        double score = its.stream().mapToDouble(Departure::score).max().orElse(0);
        evidence.sort(Comparator.comparingDouble((Departure d) -> -d.score() * (1 - d.within()))
                .thenComparing(Departure::subject));
        if (evidence.get(0).kind() == Departure.Kind.FAILURE) {
            // Where it fails says more than that it fails.
            evidence.stream()
                    .filter(d -> d.kind() == Departure.Kind.STRUCTURE && 2 * d.score() >= score)
                    .findFirst()
                    .ifPresent(d -> {
                        evidence.remove(d);
                        evidence.add(0, d);
                    });
        }
        if (evidence.get(0).kind() == Departure.Kind.OWN_TIME || evidence.get(0).kind() == Departure.Kind.CALL_GAP) {
            resources.stream()
                    .filter(r -> r.service().equals(service) && r.p() <= level && slowdown(r) >= SLOWDOWN)
                    .max(Comparator.comparingDouble(Departure::score))
                    .ifPresent(r -> {
                        evidence.remove(r);
                        evidence.add(0, r);
                    });
        }
        return new Culprit(
                service,
                Math.max(score, credit),
                evidence.get(0),
                List.copyOf(evidence),
                examples(evidence, occurrences));
    }

    private static List<String> examples(List<Departure> evidence, Occurrences occurrences) {
        return evidence.stream()
                .map(occurrences::examples)
                .filter(e -> !e.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** A resource is why times grew if its use lets expect that they do by a fifth at the least. */
    private static final double SLOWDOWN = 1.2;

    /** Factor by which times grow with the use of a resource: 1/(1 - utilization), as of a single server (Kleinrock 1975, 3.2). */
    private static double slowdown(Departure resource) {
        double now = Math.min(0.999, resource.change());
        return (1 - now + resource.relevance()) / (1 - now);
    }
}

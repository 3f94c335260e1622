package io.dettrace.incident.culprit;

import io.dettrace.incident.window.Names;
import io.dettrace.incident.window.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.agrona.collections.LongHashSet;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.jspecify.annotations.Nullable;

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

    private final Window baseline;
    private final Window incident;
    private final double level;
    private final double z;
    private final Names names;

    /**
     * For two windows that share their names.
     *
     * @param level share of false ones among what is reported, such as 0.05; bounds hold with 1 less it
     */
    public CulpritFinder(Window baseline, Window incident, double level) {
        this.baseline = baseline;
        this.incident = incident;
        this.level = level;
        this.names = baseline.names();
        this.z = new NormalDistribution().inverseCumulativeProbability(1 - level);
    }

    /** The culprits, the first to look at first; none if nothing departs. */
    public List<Culprit> find() {
        Units before = new Units(baseline);
        Units now = new Units(incident);
        LongHashSet logging = new LongHashSet();
        SpanChains.noteLogging(baseline, logging);
        SpanChains.noteLogging(incident, logging);
        Transitions steps = new Transitions(baseline, before);
        steps.side(0, baseline, before);
        new SpanChains(baseline, before, logging).walk(steps);
        steps.side(1, incident, now);
        new SpanChains(incident, now, logging).walk(steps);
        Times times = new Times();
        times.take(0, baseline, before);
        times.take(1, incident, now);

        StructureFinder structureFinder = new StructureFinder(steps, names, z);
        TimeFinder timeFinder = new TimeFinder(times, names, z);
        ResourceFinder resourceFinder = new ResourceFinder(names);
        List<StructureFinder.Found> structure = structureFinder.find();
        List<TimeFinder.Found> time = timeFinder.find();
        List<Departure> resources = resourceFinder.find(baseline, incident);
        double limit = limit(Stream.of(structureFinder.tests, timeFinder.tests, resourceFinder.tests)
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .toArray());
        List<StructureFinder.Found> changed = structure.stream()
                .filter(f -> f.departure().p() <= limit && f.departure().low() > 0)
                .sorted(Comparator.comparingDouble(f -> -f.departure().score()))
                .limit(MOST)
                .toList();
        List<TimeFinder.Found> late = time.stream()
                .filter(f -> f.departure().p() <= limit && f.departure().low() > 0)
                .toList();
        List<Departure> all = explained(steps, times, now, logging, changed, late);
        resources.stream().filter(d -> d.p() <= limit).forEach(all::add);
        return culprits(all, resources);
    }

    /** The p-value up to which departures are reported. */
    private double limit(double[] tests) {
        Arrays.sort(tests);
        double limit = 0;
        for (int i = 0; i < tests.length; i++) {
            if (tests[i] <= level * (i + 1) / tests.length) {
                limit = tests[i];
            }
        }
        return limit;
    }

    private List<Departure> explained(
            Transitions steps,
            Times times,
            Units now,
            LongHashSet logging,
            List<StructureFinder.Found> changed,
            List<TimeFinder.Found> late) {
        Map<String, Double> calls = new TreeMap<>();
        for (int g = 0; g < times.groups; g++) {
            if (times.caller[g] >= 0) {
                String edge = names.get(times.caller[g]) + ">" + names.get(times.service[g]);
                calls.merge(edge, (double) times.counts[2 * g + 1], Double::sum);
            }
        }
        List<TimeFinder.Found> gaps = late.stream()
                .filter(f -> f.departure().kind() == Departure.Kind.CALL_GAP)
                .toList();
        List<TimeFinder.Found> own = late.stream()
                .filter(f -> f.departure().kind() == Departure.Kind.OWN_TIME)
                .sorted(Comparator.comparingDouble(f -> -f.departure().score()))
                .limit(MOST)
                .toList();
        List<GapOwners.Owned> owned = new GapOwners(calls, z).own(gaps);

        List<Departure> departures = new ArrayList<>();
        changed.forEach(f -> departures.add(f.departure()));
        own.forEach(f -> departures.add(f.departure()));
        owned.forEach(o -> departures.add(o.departure()));
        Map<Integer, Integer> byNode = new HashMap<>();
        for (int i = 0; i < changed.size(); i++) {
            byNode.put(changed.get(i).node(), i);
        }
        Map<Integer, Integer> byGroup = new HashMap<>();
        Map<Integer, Double> threshold = new HashMap<>();
        for (int i = 0; i < own.size(); i++) {
            byGroup.put(own.get(i).group(), changed.size() + i);
            threshold.put(own.get(i).group(), own.get(i).threshold());
        }
        for (int i = 0; i < owned.size(); i++) {
            for (TimeFinder.Found f : owned.get(i).gaps()) {
                byGroup.put(f.group(), changed.size() + own.size() + i);
                threshold.put(f.group(), f.threshold());
            }
        }
        Explanations explanations = new Explanations(departures.size());
        new Occurrences(incident, now, steps, times, logging).walk(changed, byNode, byGroup, threshold, explanations);
        List<Departure> result = new ArrayList<>();
        for (int d = 0; d < departures.size(); d++) {
            double most = 0;
            @Nullable Departure by = null;
            for (int other = 0; other < departures.size(); other++) {
                double share = other == d ? 0 : explanations.explained(d, other, departures.get(d));
                // What means little to requests can't be why they lose much.
                share *= Math.min(
                        1, departures.get(other).relevance() / departures.get(d).relevance());
                if (share > most) {
                    most = share;
                    by = departures.get(other);
                }
            }
            result.add(by == null ? departures.get(d) : departures.get(d).explained(most, by));
        }
        return result;
    }

    private List<Culprit> culprits(List<Departure> all, List<Departure> resources) {
        Map<String, List<Departure>> byService = new LinkedHashMap<>();
        all.forEach(d ->
                byService.computeIfAbsent(d.service(), s -> new ArrayList<>()).add(d));
        List<Culprit> culprits = new ArrayList<>();
        byService.forEach((service, its) -> culprits.add(culprit(service, its, resources)));
        culprits.sort(Comparator.comparingDouble((Culprit c) -> -c.score()).thenComparing(Culprit::service));
        return culprits;
    }

    private Culprit culprit(String service, List<Departure> its, List<Departure> resources) {
        List<Departure> evidence = new ArrayList<>(its);
        evidence.sort(Comparator.comparingDouble((Departure d) -> -d.score()).thenComparing(Departure::subject));
        double score = evidence.get(0).score();
        if (evidence.get(0).kind() == Departure.Kind.OWN_TIME || evidence.get(0).kind() == Departure.Kind.CALL_GAP) {
            resources.stream()
                    .filter(r -> r.service().equals(service) && r.p() <= level && slowdown(r) >= SLOWDOWN)
                    .max(Comparator.comparingDouble(Departure::score))
                    .ifPresent(r -> {
                        evidence.remove(r);
                        evidence.add(0, r);
                    });
        }
        return new Culprit(service, score, evidence.get(0), List.copyOf(evidence), List.of());
    }

    /** A resource is why times grew if its use lets expect that they do by a fifth at the least. */
    private static final double SLOWDOWN = 1.2;

    /** Factor by which times grow with the use of a resource: 1/(1 - utilization), as of a single server (Kleinrock 1975, 3.2). */
    private static double slowdown(Departure resource) {
        double now = Math.min(0.999, resource.change());
        return (1 - now + resource.relevance()) / (1 - now);
    }
}

package io.dettrace.incident.blast;

import io.dettrace.incident.culprit.Callees;
import io.dettrace.incident.culprit.Comparison;
import io.dettrace.incident.culprit.Units;
import io.dettrace.incident.window.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * Tells for each service whether its own requests depart beyond chance, whoever is to blame. The share of false ones among the
 * services that are said to be hit is controlled (Benjamini and Hochberg 1995), as a step-up from all services; the questions asked of one
 * service share its level (Bonferroni).
 */
public final class BlastFinder {
    private static final double HIGH = 0.95;

    /** Share of requests of which fewer changed ones are no effect that anybody acts on. */
    static final double LEAST_CHANGED = 0.01;

    /** Requests that must have changed: fewer are single cases. */
    static final int LEAST_REQUESTS = 3;

    /** Response times that moved by a smaller share, or by fewer milliseconds, are the same to whoever waits for them. */
    static final double LEAST_SHIFT = 0.1;

    static final double LEAST_MS = 0.5;

    /** Share of requests of which fewer slower ones move no quantile that is looked at. */
    static final double LEAST_MOVED = 1 - BlastFinder.HIGH;

    private final Comparison c;
    private final double level;
    /** True if spans tell by their status that they failed; where none does, log records have to. */
    private final boolean statuses;

    private final Map<Integer, Changes> changes = new TreeMap<>();
    private final Map<Integer, Responses> responses = new TreeMap<>();
    private final Map<String, Changes> entryChanges = new TreeMap<>();
    private final Map<String, Responses> entryResponses = new TreeMap<>();

    /** For two windows, at a level such as 0.05. */
    public BlastFinder(Comparison c, double level) {
        this.c = c;
        this.level = level;
        statuses = anyError(c.baseline()) || anyError(c.incident());
    }

    private static boolean anyError(Window w) {
        for (int s = 0; s < w.spans(); s++) {
            if (w.error(s)) {
                return true;
            }
        }
        return false;
    }

    private boolean isFailedCall(Window w, Units units, int call) {
        return statuses ? w.error(call) : units.isFailedCall(call);
    }

    /** What was hit, seen from a root. */
    public BlastRadius find(String root) {
        Set<Integer> own = new HashSet<>();
        for (int s = 0; s < c.incident().spans(); s++) {
            own.add(c.incident().service(s));
        }
        Queues queues = new Queues(c.baseline(), c.before());
        Map<Integer, double[]> handovers = queues.handovers(c.incident(), c.now(), LEAST_MS);
        take(0, c.baseline(), c.before(), queues, handovers, own);
        take(1, c.incident(), c.now(), queues, handovers, own);
        responses.values().forEach(Responses::close);
        entryResponses.values().forEach(Responses::close);

        int all = changes.size();
        int hit = all;
        Map<String, ServiceEffect> effects = effects(level);
        for (int now = count(effects); now < hit; now = count(effects)) {
            hit = now;
            effects = effects(level * Math.max(1, hit) / all);
        }
        return radius(root, effects, level * Math.max(1, hit) / Math.max(1, all));
    }

    private static int count(Map<String, ServiceEffect> effects) {
        return (int) effects.values().stream().filter(ServiceEffect::hit).count();
    }

    private Map<String, ServiceEffect> effects(double p) {
        Map<String, ServiceEffect> effects = new TreeMap<>();
        changes.forEach((service, of) -> {
            String name = c.incident().names().get(service);
            effects.put(name, effect(name, of, responses.get(service), p));
        });
        return effects;
    }

    private void take(
            int side, Window w, Units units, Queues queues, Map<Integer, double[]> handovers, Set<Integer> own) {
        for (int s = 0; s < w.spans(); s++) {
            boolean unit = units.isEntry(s);
            if (unit) {
                double ms = (w.end(s) - w.start(s)) / 1e6;
                double[] h = handovers.get(w.service(s));
                // A queue shows by its handovers: more often than not, where it is asked of those that waited.
                if (h != null && h[0] > 0 && h[1] / h[0] > 0.5 && h[1] / h[0] > 2 * h[3] / Math.max(1, h[2])) {
                    ms += queues.ahead(w, units, s);
                }
                Set<Long> properties = properties(w, units, s);
                add(side, w.service(s), w.operation(s), ms, properties);
                if (w.parent(s) < 0) {
                    String entry = w.names().get(w.service(s)) + " " + w.names().get(w.operation(s));
                    entryChanges.computeIfAbsent(entry, k -> new Changes()).add(side, 0, properties);
                    entryResponses.computeIfAbsent(entry, k -> new Responses()).add(side, 0, ms);
                }
            } else if (units.isCall(s) && units.target(s) >= 0 && !own.contains(units.target(s))) {
                Set<Long> properties = isFailedCall(w, units, s) ? Set.of(-1L) : Set.of();
                add(side, units.target(s), w.operation(s), (w.end(s) - w.start(s)) / 1e6, properties);
            }
        }
    }

    private void add(int side, int service, int operation, double ms, Set<Long> properties) {
        changes.computeIfAbsent(service, k -> new Changes()).add(side, operation, properties);
        responses.computeIfAbsent(service, k -> new Responses()).add(side, operation, ms);
    }

    /** What a unit does: -1 fails, -2 calls in vain, -3 calls again; 4 times a call's label plus 0 for a call, 1 in vain, 2 again. */
    private Set<Long> properties(Window w, Units units, int unit) {
        Set<Long> all = new HashSet<>();
        if (statuses ? w.error(unit) : units.isFailing(unit)) {
            all.add(-1L);
        }
        Set<Integer> failed = new HashSet<>();
        for (int s = unit + 1; s < w.spans() && w.parent(s) >= unit; s++) {
            if (units.entry(s) == unit && units.isCall(s)) {
                long label = 4L * units.label(s);
                all.add(label);
                if (failed.contains(units.label(s))) {
                    all.add(label + 2);
                    all.add(-3L);
                }
                if (isFailedCall(w, units, s)) {
                    failed.add(units.label(s));
                    all.add(label + 1);
                    all.add(-2L);
                }
            }
        }
        return all;
    }

    /** True if the two distributions of response times differ beyond chance, by enough requests and enough time to matter. */
    private static boolean matters(Responses times, Shift median, Shift high, double p) {
        double moved = Math.max(times.slower(), times.faster());
        boolean beyond = moved > times.chance(p) && moved > LEAST_MOVED;
        return matters(median, times.before(0.5), beyond) || matters(high, times.before(HIGH), beyond);
    }

    /** The effect on a service; its requests are asked three things at the level {@code p}: changes, and two ways of slowness. */
    private static ServiceEffect effect(String name, Changes changes, Responses times, double level) {
        double p = level / 3;
        double z = new NormalDistribution().inverseCumulativeProbability(1 - p / 2);
        Shift changed = changes.share(p / Math.max(1, changes.questions()), z, LEAST_REQUESTS);
        Shift median = times.shift(0.5, z);
        Shift high = times.shift(HIGH, z);
        boolean hit = changed.estimate() > LEAST_CHANGED || matters(times, median, high, p);
        return new ServiceEffect(
                name,
                hit,
                changes.requests(0),
                changes.requests(1),
                changed,
                times.before(0.5),
                median,
                times.before(HIGH),
                high,
                times.slower());
    }

    private static boolean matters(Shift shift, double before, boolean beyondChance) {
        double moved = Math.abs(shift.estimate());
        return (beyondChance || shift.isBeyondChance()) && moved > LEAST_MS && moved > LEAST_SHIFT * before;
    }

    private BlastRadius radius(String root, Map<String, ServiceEffect> effects, double p) {
        Callees callees = c.callees();
        Set<String> hit = new TreeSet<>();
        effects.forEach((name, e) -> {
            if (e.hit()) {
                hit.add(name);
            }
        });
        Set<String> upstream = new TreeSet<>(callees.above(root));
        upstream.retainAll(hit);
        Set<String> downstream = new TreeSet<>(callees.below(root));
        downstream.retainAll(hit);
        Set<String> elsewhere = new TreeSet<>(hit);
        elsewhere.removeAll(upstream);
        elsewhere.removeAll(downstream);
        elsewhere.remove(root);
        Set<String> direct = new TreeSet<>();
        Set<String> near = new TreeSet<>();
        for (String service : effects.keySet()) {
            boolean atRoot = callees.direct(service).contains(root)
                    || callees.direct(root).contains(service);
            boolean atHit = callees.direct(service).stream().anyMatch(hit::contains)
                    || hit.stream().anyMatch(h -> callees.direct(h).contains(service));
            if (hit.contains(service) && atRoot && !service.equals(root)) {
                direct.add(service);
            } else if (!hit.contains(service) && (atRoot || atHit)) {
                near.add(service);
            }
        }
        List<ServiceEffect> of = new ArrayList<>();
        if (hit.contains(root)) {
            of.add(effects.get(root));
        }
        hit.stream().filter(s -> !s.equals(root)).map(effects::get).forEach(of::add);
        Map<String, Double> entries = new HashMap<>();
        double requests = 0;
        double all = 0;
        for (Map.Entry<String, Changes> e : entryChanges.entrySet()) {
            ServiceEffect effect = effect(e.getKey(), e.getValue(), entryResponses.get(e.getKey()), p);
            all += effect.incident();
            if (effect.hit()) {
                double share = Math.max(effect.changed().estimate(), effect.slower());
                entries.put(e.getKey(), share);
                requests += share * effect.incident();
            }
        }
        return new BlastRadius(
                root,
                direct,
                upstream,
                downstream,
                elsewhere,
                List.copyOf(of),
                near.stream().map(effects::get).toList(),
                all == 0 ? 0 : requests / all,
                new TreeSet<>(entries.keySet()),
                entryChanges.isEmpty() ? 0 : (double) entries.size() / entryChanges.size());
    }
}

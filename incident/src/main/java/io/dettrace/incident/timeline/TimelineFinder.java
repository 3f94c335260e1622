package io.dettrace.incident.timeline;

import io.dettrace.incident.culprit.Callees;
import io.dettrace.incident.culprit.Comparison;
import io.dettrace.incident.culprit.Culprit;
import io.dettrace.incident.culprit.Findings;
import io.dettrace.incident.window.Happening;
import io.dettrace.incident.window.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts what is told beside requests in order with an incident's onset and root, and suspects at most one of it. */
public final class TimelineFinder {
    /** What is nearer by chance more often than this is no suspect. */
    private static final double SUSPECT = 0.05;

    private final Comparison c;
    private final Findings findings;

    /** For two windows and what was found in them. */
    public TimelineFinder(Comparison c, Findings findings) {
        this.c = c;
        this.findings = findings;
    }

    /**
     * The timeline.
     *
     * @param told more that happened, such as from a file
     */
    public Timeline find(List<Happening> told) {
        List<Happening> all = new ArrayList<>(c.incident().happenings());
        all.addAll(told);
        all.addAll(versions());
        all.addAll(flags());
        all.sort(Comparator.comparingLong(Happening::time)
                .thenComparing(Happening::kind)
                .thenComparing(Happening::service)
                .thenComparing(Happening::text));
        if (findings.culprits().isEmpty()) {
            return new Timeline(null, all.stream().map(TimelineFinder::unplaced).toList(), null);
        }
        Culprit root = findings.culprits().get(0);
        @Nullable Onset onset = new OnsetFinder(c, root).find();
        if (onset == null) {
            return new Timeline(null, all.stream().map(TimelineFinder::unplaced).toList(), null);
        }
        List<Placed> placed = new ArrayList<>();
        for (Happening h : all) {
            placed.add(placed(h, root.service(), onset, all.size()));
        }
        @Nullable
        Placed suspect = placed.stream()
                .filter(p -> p.place() == Placed.Place.ROOT
                        && p.order() != Placed.Order.AFTER
                        && isCause(p.happening().kind())
                        && p.chance() <= SUSPECT)
                .min(Comparator.comparingDouble(Placed::chance)
                        .thenComparing(p -> p.happening().kind()))
                .orElse(null);
        return new Timeline(onset, List.copyOf(placed), suspect);
    }

    private static Placed unplaced(Happening h) {
        return new Placed(
                h, Placed.Order.AFTER, Placed.Place.ELSEWHERE, 1, "nothing departs that it could be held against");
    }

    /** Probes tell of what happens; they do not make it. */
    private static boolean isCause(Happening.Kind kind) {
        return kind != Happening.Kind.HEALTH;
    }

    private Placed placed(Happening h, String root, Onset onset, int number) {
        Callees callees = c.callees();
        Placed.Place place = h.service().equals(root)
                ? Placed.Place.ROOT
                : callees.above(root).contains(h.service())
                        ? Placed.Place.UPSTREAM
                        : callees.below(root).contains(h.service()) ? Placed.Place.DOWNSTREAM : Placed.Place.ELSEWHERE;
        Placed.Order order = h.time() > onset.high()
                ? Placed.Order.AFTER
                : h.time() < onset.low() ? Placed.Order.BEFORE : Placed.Order.AT;
        double chance = chance(h, place, onset, number);
        String text = order == Placed.Order.AFTER
                ? "after the onset, so it is no cause"
                : String.format(
                        Locale.ROOT,
                        "%s: one of %d as near to the onset%s by chance with probability %.3f",
                        chance <= 0.01 ? "strong" : chance <= SUSPECT ? "some" : "weak",
                        number,
                        place == Placed.Place.ROOT ? " and at the root" : "",
                        chance);
        return new Placed(h, order, place, chance, text);
    }

    /** Probability that one of {@code number} happenings, at any time of both windows and at any service, is as near. */
    private double chance(Happening h, Placed.Place place, Onset onset, int number) {
        double near = Math.max(Math.abs(onset.time() - h.time()), onset.high() - onset.low());
        double seconds = Math.max(1, length(c.baseline()) + length(c.incident()));
        double one = Math.min(1, near / seconds) * (place == Placed.Place.ROOT ? 1.0 / services() : 1);
        return 1 - Math.pow(1 - one, number);
    }

    private static double length(Window w) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int r = 0; r < w.requests(); r++) {
            first = Math.min(first, w.start(w.firstSpan(r)));
            last = Math.max(last, w.start(w.firstSpan(r)));
        }
        return Math.max(0, (double) last - first);
    }

    private int services() {
        Set<Integer> all = new HashSet<>();
        for (int s = 0; s < c.baseline().spans(); s++) {
            all.add(c.baseline().service(s));
        }
        return Math.max(1, all.size());
    }

    /** Versions that the baseline does not know, at their first span. */
    private List<Happening> versions() {
        Set<Long> known = new HashSet<>();
        Set<Integer> services = new HashSet<>();
        Window w = c.baseline();
        for (int s = 0; s < w.spans(); s++) {
            known.add((long) w.service(s) << 32 | w.version(s));
            services.add(w.service(s));
        }
        Map<Long, Long> first = new TreeMap<>();
        Window now = c.incident();
        for (int s = 0; s < now.spans(); s++) {
            long key = (long) now.service(s) << 32 | now.version(s);
            if (services.contains(now.service(s)) && !known.contains(key)) {
                first.merge(key, now.start(s), Math::min);
            }
        }
        List<Happening> found = new ArrayList<>();
        first.forEach((key, time) -> found.add(new Happening(
                Happening.Kind.DEPLOY,
                time,
                now.names().get((int) (key >> 32)),
                "",
                "first request in version " + now.names().get((int) (long) key))));
        return found;
    }

    /** Flags that are evaluated from the window's start on as they never were in the baseline. */
    private List<Happening> flags() {
        Map<String, Set<String>> before = c.baseline().flags();
        Map<String, Set<String>> now = new HashMap<>(c.incident().flags());
        List<Happening> found = new ArrayList<>();
        long start = Long.MAX_VALUE;
        for (int s = 0; s < c.incident().spans(); s++) {
            start = Math.min(start, c.incident().start(s));
        }
        for (Map.Entry<String, Set<String>> e : new TreeMap<>(now).entrySet()) {
            Set<String> known = before.getOrDefault(e.getKey(), e.getValue());
            if (e.getValue().stream().noneMatch(known::contains)) {
                String[] of = e.getKey().split("\0", -1);
                found.add(new Happening(
                        Happening.Kind.FLAG,
                        start,
                        of[0],
                        "",
                        "flag " + of[1] + " is " + String.join(", ", e.getValue()) + " and was "
                                + String.join(", ", known)));
            }
        }
        return found;
    }
}

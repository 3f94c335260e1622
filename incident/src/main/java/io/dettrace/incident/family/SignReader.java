package io.dettrace.incident.family;

import io.dettrace.incident.culprit.Callees;
import io.dettrace.incident.culprit.Comparison;
import io.dettrace.incident.culprit.Counting;
import io.dettrace.incident.culprit.Departure;
import io.dettrace.incident.culprit.Findings;
import io.dettrace.incident.window.Series;
import io.dettrace.incident.window.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.hipparchus.distribution.discrete.PoissonDistribution;

/** Reads the {@link Signs} of an incident off its windows. */
final class SignReader {
    /** Probability from which on down something is beyond chance. */
    private static final double RARE = 0.001;

    private static final double SLOW = 0.99;

    /** A share of requests that says nothing. */
    private static final double LITTLE = 0.01;

    /** What takes as many times as long as the slowest of a hundred hangs. */
    private static final double HANGS = 10;

    private final Comparison c;
    private final Findings findings;
    private final String root;
    private final RootSide before;
    private final RootSide now;
    /** By operation: limits of own time and of time ahead. */
    private final Map<Integer, double[]> limits = new HashMap<>();

    SignReader(Comparison c, Findings findings, String root) {
        this.c = c;
        this.findings = findings;
        this.root = root;
        int number = c.baseline().names().of(root);
        before = new RootSide(c.baseline(), c.before(), number, null);
        now = new RootSide(c.incident(), c.now(), number, before);
        Map<Integer, List<RootSide.Unit>> byOperation = new HashMap<>();
        before.at.forEach(u -> byOperation
                .computeIfAbsent(c.baseline().operation(u.span()), k -> new ArrayList<>())
                .add(u));
        byOperation.forEach((op, its) ->
                limits.put(op, new double[] {quantile(its, RootSide.Unit::own), quantile(its, RootSide.Unit::ahead)}));
    }

    private static double quantile(List<RootSide.Unit> units, ToDoubleFunction<RootSide.Unit> of) {
        double[] sorted = units.stream().mapToDouble(of).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(SLOW * sorted.length))];
    }

    private boolean isLate(RootSide.Unit u) {
        double[] limit = limits.get(now.window.operation(u.span()));
        return limit != null && (u.own() > limit[0] || u.ahead() > limit[1]);
    }

    private boolean hangs(RootSide.Unit u) {
        double[] limit = limits.get(now.window.operation(u.span()));
        return limit != null && u.own() > HANGS * limit[0];
    }

    private boolean departs(RootSide.Unit u) {
        return u.fails() || isLate(u);
    }

    private static <T> double share(List<T> all, Predicate<T> which) {
        return all.isEmpty() ? 0 : (double) all.stream().filter(which).count() / all.size();
    }

    private double more(Predicate<RootSide.Call> which) {
        return Math.max(0, share(now.to, which) - share(before.to, which));
    }

    Signs read() {
        Set<Integer> given = new HashSet<>();
        Set<Integer> nested = new HashSet<>();
        now.to.stream().filter(RootSide.Call::givenUp).forEach(k -> given.add(k.request()));
        now.to.stream().filter(RootSide.Call::nested).forEach(k -> nested.add(k.request()));
        Map<Integer, int[]> byInstance = count(now.window::instance);
        int worst = worst(byInstance);
        Map<Integer, int[]> byVersion = count(now.window::version);
        double fresh = newVersions(byVersion);
        int known = byVersion.values().stream().mapToInt(v -> v[0]).sum();
        int knownDeparting = byVersion.values().stream().mapToInt(v -> v[1]).sum();
        double all = share(now.at, this::departs);
        String[] resource = {""};
        double use = use(resource);
        List<RootSide.Call> tried = now.to.stream().filter(RootSide.Call::again).toList();
        double[] grown = growth();
        double failing = share(now.at, RootSide.Unit::fails) - share(before.at, RootSide.Unit::fails);
        double late = share(now.at, this::isLate) - (1 - SLOW);
        if (failing < LITTLE && late < LITTLE && more(RootSide.Call::unanswered) < LITTLE) {
            // It is not what it does itself: it is how it calls others.
            failing = share(now.at, RootSide.Unit::failsAtAll) - share(before.at, RootSide.Unit::failsAtAll);
            double[] all0 =
                    before.at.stream().mapToDouble(RootSide.Unit::all).sorted().toArray();
            double slow = all0.length == 0 ? 0 : all0[(int) (0.95 * (all0.length - 1))];
            late = share(now.at, u -> u.all() > slow) - 0.05;
        }
        return new Signs(
                Math.max(0, failing),
                more(RootSide.Call::unanswered),
                Math.max(0, late),
                more(RootSide.Call::again),
                more(RootSide.Call::givenUp),
                given.isEmpty() ? 0 : (double) nested.size() / given.size(),
                worst < 0 ? "" : c.incident().names().get(worst),
                worst < 0 ? 0 : concentration(byInstance, worst),
                Math.max(returned(), worst < 0 ? 0 : restarts()),
                gone(),
                clean(),
                fresh,
                fresh == 0 ? 0 : known == 0 ? 1 : apart(all, fresh, (double) knownDeparting / known),
                grown[0],
                use,
                resource[0],
                queue(),
                tried.size() < 5 ? 0 : share(tried, RootSide.Call::againFails),
                share(now.at, this::hangs));
    }

    /** Share of what departs in the new that does not in the known: of {@code fresh} of all the rest. */
    private static double apart(double all, double fresh, double known) {
        double itself = (all - known * (1 - fresh)) / fresh;
        return itself <= 0 ? 0 : Math.max(0, 1 - known / itself);
    }

    /** Requests and those that depart, by what a span is of. */
    private Map<Integer, int[]> count(java.util.function.IntUnaryOperator of) {
        Map<Integer, int[]> counts = new TreeMap<>();
        for (RootSide.Unit u : now.at) {
            int[] its = counts.computeIfAbsent(of.applyAsInt(u.span()), k -> new int[2]);
            its[0]++;
            its[1] += departs(u) ? 1 : 0;
        }
        return counts;
    }

    private static int worst(Map<Integer, int[]> counts) {
        int worst = -1;
        double most = RARE;
        for (Map.Entry<Integer, int[]> e : counts.entrySet()) {
            int[] rest = rest(counts, e.getKey());
            if (rest[0] > 0 && e.getValue()[1] > 0) {
                double p = Counting.more(rest[1], rest[0], e.getValue()[1], e.getValue()[0]);
                if (p < most) {
                    most = p;
                    worst = e.getKey();
                }
            }
        }
        return worst;
    }

    private static int[] rest(Map<Integer, int[]> counts, int but) {
        int[] sum = new int[2];
        counts.forEach((k, v) -> {
            if (k != but) {
                sum[0] += v[0];
                sum[1] += v[1];
            }
        });
        return sum;
    }

    private static double concentration(Map<Integer, int[]> counts, int worst) {
        int[] its = counts.get(worst);
        int[] rest = rest(counts, worst);
        double usual = 1 - SLOW;
        double here = (double) its[1] / its[0] - usual;
        double there = Math.max(0, (double) rest[1] / rest[0] - usual);
        return here <= 0 ? 0 : Math.max(0, 1 - there / here);
    }

    /** Share of the requests in versions that the baseline does not know; those are taken out of the counts. */
    private double newVersions(Map<Integer, int[]> byVersion) {
        Set<Integer> known = new HashSet<>();
        before.at.forEach(u -> known.add(before.window.version(u.span())));
        int all = byVersion.values().stream().mapToInt(v -> v[0]).sum();
        byVersion.keySet().retainAll(known);
        int old = byVersion.values().stream().mapToInt(v -> v[0]).sum();
        return all == 0 ? 0 : 1 - (double) old / all;
    }

    private Map<Integer, List<RootSide.Unit>> instances(RootSide side) {
        Map<Integer, List<RootSide.Unit>> all = new TreeMap<>();
        side.at.stream()
                .sorted(java.util.Comparator.comparingLong(RootSide.Unit::start))
                .forEach(u -> all.computeIfAbsent(side.window.instance(u.span()), k -> new ArrayList<>())
                        .add(u));
        return all;
    }

    /**
     * Silences of instances from which they came back departing; 0 if chance makes as many (Poisson, one in a hundred).
     */
    private int returned() {
        long[] starts = now.at.stream().mapToLong(RootSide.Unit::start).sorted().toArray();
        int found = 0;
        for (List<RootSide.Unit> its : instances(now).values()) {
            long from = now.first;
            double of = (double) its.size() / now.at.size();
            int back = 0;
            for (int i = 0; i < its.size(); i++) {
                int others = within(starts, from, its.get(i).start());
                if (of < 1 && Math.log1p(-of) * others < Math.log(RARE)) {
                    List<RootSide.Unit> next = its.subList(i, Math.min(its.size(), i + 5));
                    back += share(next, this::departs) > 0.5 ? 1 : 0;
                }
                from = its.get(i).start();
            }
            double chance = its.size() * RARE;
            double fewer = back == 0 ? 0 : new PoissonDistribution(chance).cumulativeProbability(back - 1);
            found = Math.max(found, 1 - fewer < 0.01 ? back : 0);
        }
        return found;
    }

    /** By how much counters of restarts of the root grew (semantic conventions: {@code k8s.container.restart.count}). */
    private int restarts() {
        int number = c.incident().names().of(root);
        double most = 0;
        for (Series s : c.incident().series()) {
            if (s.service() == number && s.metric().contains("restart") && s.values().length > 0) {
                most = Math.max(most, s.values()[s.values().length - 1] - s.values()[0]);
            }
        }
        return (int) most;
    }

    private static int within(long[] sorted, long from, long to) {
        int a = Arrays.binarySearch(sorted, from);
        int b = Arrays.binarySearch(sorted, to);
        return Math.max(0, (b < 0 ? -b - 1 : b) - (a < 0 ? -a - 1 : a + 1));
    }

    /** Share of the baseline's requests at instances that are silent at the end of the incident's window. */
    private double gone() {
        Map<Integer, List<RootSide.Unit>> then = instances(before);
        Map<Integer, List<RootSide.Unit>> these = instances(now);
        long[] starts = now.at.stream().mapToLong(RootSide.Unit::start).sorted().toArray();
        double gone = 0;
        for (Map.Entry<Integer, List<RootSide.Unit>> e : then.entrySet()) {
            double of = (double) e.getValue().size() / before.at.size();
            List<RootSide.Unit> its = these.getOrDefault(e.getKey(), List.of());
            long last = its.isEmpty() ? now.first - 1 : its.get(its.size() - 1).start();
            int others = within(starts, last, now.last + 1);
            gone += of < 1 && Math.log1p(-of) * others < Math.log(RARE) ? of : 0;
        }
        return gone;
    }

    /** In the second half of the window: share of the calls by instances that have no failure while others have many. */
    private double clean() {
        long half = (now.first + now.last) / 2;
        Map<Integer, int[]> callers = new TreeMap<>();
        int all = 0;
        int failed = 0;
        for (RootSide.Call k : now.to) {
            if (now.window.start(k.span()) > half) {
                int[] its = callers.computeIfAbsent(now.window.instance(k.span()), x -> new int[2]);
                its[0]++;
                its[1] += k.unanswered() ? 1 : 0;
                all++;
                failed += k.unanswered() ? 1 : 0;
            }
        }
        double clean = 0;
        for (int[] its : callers.values()) {
            double usual = (double) (failed - its[1]) / Math.max(1, all - its[0]);
            double p = Math.exp(Math.log1p(-Math.min(0.999, usual)) * its[0]);
            clean += its[1] <= 0.02 * its[0] && p < 0.05 ? its[0] : 0;
        }
        return failed == 0 ? 0 : clean / all;
    }

    /** Most growth of an entry point that leads to the root. */
    private double[] growth() {
        Map<Long, double[]> rates = new TreeMap<>();
        Callees callees = c.callees();
        for (int side = 0; side < 2; side++) {
            Window w = side == 0 ? c.baseline() : c.incident();
            RootSide of = side == 0 ? before : now;
            double seconds = Math.max(1e-3, (of.last - of.first) / 1e9);
            for (int r = 0; r < w.requests(); r++) {
                int s = w.firstSpan(r);
                String entry = w.names().get(w.service(s));
                if (entry.equals(root) || callees.below(entry).contains(root)) {
                    rates.computeIfAbsent((long) w.service(s) << 32 | w.operation(s), k -> new double[4])[side] +=
                            1 / seconds;
                    rates.get((long) w.service(s) << 32 | w.operation(s))[2 + side]++;
                }
            }
        }
        double most = 1;
        for (double[] r : rates.values()) {
            boolean enough = r[2] + r[3] > 50;
            most = enough && r[0] > 0 ? Math.max(most, r[1] / r[0]) : most;
        }
        return new double[] {most};
    }

    /** Highest use of a resource that departs, or of a pool of connections. */
    private double use(String[] name) {
        double most = 0;
        for (Departure d : findings.departures()) {
            if (d.kind() == Departure.Kind.RESOURCE && d.service().equals(root) && d.change() > most) {
                most = d.change();
                name[0] = d.subject();
            }
        }
        int number = c.incident().names().of(root);
        Map<String, Double> old = pools(c.baseline(), number);
        for (Map.Entry<String, Double> e : pools(c.incident(), number).entrySet()) {
            if (e.getValue() > most && e.getValue() > 2 * old.getOrDefault(e.getKey(), 0.0)) {
                most = e.getValue();
                name[0] = e.getKey();
            }
        }
        return Math.min(1, most);
    }

    /** Mean use of what has a series of its use and one of its limit, over the second half of the window. */
    private static Map<String, Double> pools(Window w, int service) {
        Map<String, double[]> sums = new TreeMap<>();
        for (Series s : w.series()) {
            if (s.service() == service) {
                String metric = s.metric();
                boolean used = metric.contains(".usage");
                if (used || metric.contains(".max") || metric.contains(".limit")) {
                    String key =
                            metric.replace(".usage", "").replace(".max", "").replace(".limit", "");
                    double[] values = s.values();
                    double mean = Arrays.stream(values, values.length / 2, values.length)
                            .average()
                            .orElse(0);
                    sums.computeIfAbsent(key, k -> new double[2])[used ? 0 : 1] += mean;
                }
            }
        }
        Map<String, Double> use = new TreeMap<>();
        sums.forEach((key, of) -> {
            if (of[1] > 0) {
                use.put(key, of[0] / of[1]);
            }
        });
        return use;
    }

    /** Share of the requests that waited which began when another of their instance ended. */
    private double queue() {
        Map<Integer, List<Long>> ends = new HashMap<>();
        now.at.forEach(u -> ends.computeIfAbsent(now.window.instance(u.span()), k -> new ArrayList<>())
                .add(u.end()));
        Map<Integer, long[]> sorted = new HashMap<>();
        ends.forEach((k, v) ->
                sorted.put(k, v.stream().mapToLong(Long::longValue).sorted().toArray()));
        int waited = 0;
        int taken = 0;
        for (RootSide.Unit u : now.at) {
            double[] limit = limits.get(now.window.operation(u.span()));
            if (limit != null && u.ahead() > limit[1]) {
                long[] its = sorted.get(now.window.instance(u.span()));
                int at = Arrays.binarySearch(its, u.start() + 1);
                at = at < 0 ? -at - 1 : at;
                waited++;
                taken += at > 0 && u.start() - its[at - 1] < 200_000 ? 1 : 0;
            }
        }
        return waited < 10 ? 0 : (double) taken / waited * Math.min(1, 10.0 * waited / now.at.size());
    }
}

package io.dettrace.incident.culprit;

import io.dettrace.incident.window.Names;
import io.dettrace.incident.window.Series;
import io.dettrace.incident.window.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hipparchus.distribution.continuous.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Resources that are used more: series whose values are a share of a capacity (a name that says utilization, usage rate or percent).
 * A value departs if it is above what the baseline's values let expect of one more: prediction by Student's t with median and median
 * absolute deviation in place of mean and deviation, which outliers do not move (Huber 1981, 5.1). What it is worth is the added
 * share of the capacity.
 */
final class ResourceFinder {
    private static final int FEWEST = 5;

    /** Makes the median absolute deviation of normal values their deviation. */
    private static final double NORMAL_MAD = 1.4826;

    /** Shares of a capacity that differ by less are equal. */
    private static final double RESOLUTION = 1e-4;

    /** A share of a capacity above this is none: some counters go a little above one. */
    private static final double MOST = 1.5;

    private final Set<String> percent = new HashSet<>();
    private final Names names;
    final List<Double> tests = new ArrayList<>();

    ResourceFinder(Names names) {
        this.names = names;
    }

    List<Departure> find(Window baseline, Window incident) {
        percent(baseline);
        percent(incident);
        Map<String, Series> before = new HashMap<>();
        baseline.series().forEach(s -> before.put(key(s), s));
        List<Departure> found = new ArrayList<>();
        for (Series s : incident.series()) {
            Series b = before.get(key(s));
            if (b != null && b.values().length >= FEWEST && isShare(s)) {
                @Nullable Departure d = departure(b, s);
                if (d != null) {
                    found.add(d);
                }
            }
        }
        return shared(found);
    }

    /** What several services report alike is the resource of all of them, and a departure of each in part. */
    private static List<Departure> shared(List<Departure> found) {
        Map<String, Long> alike = found.stream()
                .collect(Collectors.groupingBy(
                        d -> d.subject() + " " + d.change() + " " + d.relevance(), Collectors.counting()));
        return found.stream()
                .map(d -> d.low(1.0 / alike.get(d.subject() + " " + d.change() + " " + d.relevance())))
                .toList();
    }

    /** Notes metrics in percent: by unit, by name, or because a share is above one. */
    private void percent(Window w) {
        for (Series s : w.series()) {
            boolean told = s.unit().equals("%")
                    || s.metric().contains("%")
                    || s.metric().contains("percent");
            if (told || Arrays.stream(s.values()).anyMatch(v -> v > MOST)) {
                percent.add(s.metric());
            }
        }
    }

    private static String key(Series s) {
        return s.service() + "\0" + s.metric();
    }

    /** True if the series is a share of a capacity. */
    static boolean isShare(Series s) {
        String name = s.metric().toLowerCase(Locale.ROOT);
        return name.contains("utiliz")
                || name.contains("usagerate")
                || name.contains("usage_rate")
                || name.contains("percent");
    }

    private @Nullable Departure departure(Series baseline, Series incident) {
        double[] before = baseline.values().clone();
        Arrays.sort(before);
        int n = before.length;
        double now = incident.mean();
        double full = percent.contains(incident.metric()) ? 100 : 1;
        double median = median(before);
        double[] away =
                Arrays.stream(before).map(v -> Math.abs(v - median)).sorted().toArray();
        double scale = Math.max(NORMAL_MAD * median(away), RESOLUTION * full) * Math.sqrt(1 + 1.0 / n);
        double p = 1 - new TDistribution(n - 1).cumulativeProbability((now - median) / scale);
        int above = 0;
        for (double v : before) {
            above += v >= now ? 1 : 0;
        }
        if (above > 0) {
            p = Math.max(p, (1.0 + above) / (n + 1));
        }
        tests.add(p);
        double added = Math.min(1, (now - median) / full);
        if (added <= 0) {
            return null;
        }
        return new Departure(
                Departure.Kind.RESOURCE,
                names.get(incident.service()),
                incident.metric(),
                "",
                "",
                "",
                "",
                n,
                above,
                incident.values().length,
                incident.values().length,
                now / full,
                added,
                1,
                p,
                0,
                0,
                null);
    }

    private static double median(double[] sorted) {
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}

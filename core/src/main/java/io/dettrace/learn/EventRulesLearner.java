package io.dettrace.learn;

import io.dettrace.normalize.NoiseRules;
import io.dettrace.profile.Profile;
import io.dettrace.profile.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Learns what passing runs show of whole events: which may be missing, which stretches are repeated, and which kinds come in
 * either order in a lane.
 *
 * <p>Two sequences are equal up to exchanges of independent neighbours if and only if their projections onto every pair of
 * dependent letters are equal (Cori and Perrin 1985); so two kinds are independent exactly where the runs' projections onto
 * them differ although each occurs equally often.
 */
final class EventRulesLearner {
    /** Kinds of one lane whose orders are looked at, pair by pair. */
    private static final int MAX_KINDS = 400;

    private final List<Map<String, List<String>>> runs;
    private final Set<String> lanes = new TreeSet<>();
    private final List<Profile.Entry> found = new ArrayList<>();

    /** Kinds that are optional, and stretches that are repeated. */
    private final Set<String> optional = new TreeSet<>();

    private final List<List<String>> repeated = new ArrayList<>();

    /** What the rules so far leave of each run and lane. */
    private final Map<Map<String, List<String>>, Map<String, List<String>>> known = new IdentityHashMap<>();

    private EventRulesLearner(List<Map<String, List<String>>> runs) {
        this.runs = runs;
        runs.forEach(r -> lanes.addAll(r.keySet()));
    }

    /**
     * The rules about events.
     *
     * @param runs kinds by lane for each run
     * @param fixed rules that hold whatever the runs show
     */
    static List<Profile.Entry> learn(List<Map<String, List<String>>> runs, List<Rule> fixed) {
        EventRulesLearner learner = new EventRulesLearner(runs);
        for (Rule rule : fixed) {
            if (rule instanceof Rule.Optional o) {
                learner.optional.add(o.kind());
            } else if (rule instanceof Rule.Repeats r) {
                learner.repeated.add(r.kinds());
            }
        }
        learner.counts();
        learner.orders();
        return learner.found;
    }

    // ---- how often -------------------------------------------------------------------------------------------------

    private void counts() {
        int byHand = repeated.size();
        Set<String> varying = varying();
        for (int length = 1; length <= NoiseRules.MAX_BODY && !varying.isEmpty(); length++) {
            for (List<String> body : bodies(length, varying)) {
                if (body.stream().anyMatch(varying::contains) && settles(body)) {
                    repeated.add(body);
                    known.clear();
                    varying = varying();
                }
            }
        }
        optional.addAll(varying);
        known.clear();
        for (List<String> body : repeated.subList(byHand, repeated.size())) {
            Range seen = timesInARow(body);
            Range times = seen.wider(1);
            found.add(new Profile.Entry(
                    new Rule.Repeats(body, times.low, times.high),
                    seen.low + " to " + seen.high + " times in a row in " + runs.size() + " runs"));
        }
        for (String kind : varying) {
            Range seen = perRun(kind);
            Range times = seen.wider(0);
            found.add(new Profile.Entry(
                    new Rule.Optional(kind, times.low, times.high),
                    seen.low + " to " + seen.high + " times in each of " + runs.size() + " runs"));
        }
    }

    /** How often something happens, at least and at most. */
    private record Range(long low, long high) {
        Range and(long n) {
            return new Range(Math.min(low, n), Math.max(high, n));
        }

        /** Wider by half of itself on both sides, and by one at least. */
        Range wider(long least) {
            long margin = Math.max(1, (high - low + 1) / 2);
            return new Range(Math.max(least, low - margin), high + margin);
        }
    }

    /** Kinds that a lane holds more often in one run than in another. */
    private Set<String> varying() {
        Set<String> varying = new TreeSet<>();
        for (String lane : lanes) {
            Map<String, Long> first = count(kept(runs.get(0), lane));
            for (Map<String, List<String>> run : runs) {
                Map<String, Long> other = count(kept(run, lane));
                first.forEach((k, n) -> addIf(!n.equals(other.get(k)), varying, k));
                other.keySet().forEach(k -> addIf(!first.containsKey(k), varying, k));
            }
        }
        return varying;
    }

    private static void addIf(boolean holds, Set<String> to, String kind) {
        if (holds) {
            to.add(kind);
        }
    }

    private static Map<String, Long> count(List<String> kinds) {
        Map<String, Long> count = new HashMap<>();
        kinds.forEach(k -> count.merge(k, 1L, Long::sum));
        return count;
    }

    /** The lane's kinds as the rules so far leave them. */
    private List<String> kept(Map<String, List<String>> run, String lane) {
        return known.computeIfAbsent(run, r -> new HashMap<>()).computeIfAbsent(lane, l -> kept(run, lane, null));
    }

    /** The same with a stretch as often as it comes. */
    private List<String> kept(Map<String, List<String>> run, String lane, List<String> whole) {
        List<String> kinds = run.getOrDefault(lane, List.of());
        if (!optional.isEmpty()) {
            kinds = kinds.stream().filter(k -> !optional.contains(k)).toList();
        }
        for (List<String> body : repeated) {
            kinds = body.equals(whole) ? kinds : fold(kinds, body);
        }
        return kinds;
    }

    /** Takes out what repeats a stretch that came directly before. */
    private static List<String> fold(List<String> kinds, List<String> body) {
        List<String> kept = new ArrayList<>();
        int n = body.size();
        int i = 0;
        while (i < kinds.size()) {
            boolean again = i + n <= kinds.size()
                    && kept.size() >= n
                    && kinds.get(i).equals(body.get(0))
                    && kinds.subList(i, i + n).equals(body)
                    && kept.subList(kept.size() - n, kept.size()).equals(body);
            if (again) {
                i += n;
            } else {
                kept.add(kinds.get(i++));
            }
        }
        return kept;
    }

    /** Stretches of the given length that are repeated somewhere and hold a kind that varies, the most frequent first. */
    private List<List<String>> bodies(int length, Set<String> varying) {
        Map<List<String>, Integer> seen = new LinkedHashMap<>();
        for (Map<String, List<String>> run : runs) {
            for (String lane : lanes) {
                List<String> kinds = kept(run, lane);
                for (int i = 0; i + 2 * length <= kinds.size(); i++) {
                    List<String> body = kinds.subList(i, i + length);
                    boolean may = kinds.get(i).equals(kinds.get(i + length));
                    if (may
                            && body.equals(kinds.subList(i + length, i + 2 * length))
                            && body.stream().anyMatch(varying::contains)) {
                        seen.merge(List.copyOf(body), 1, Integer::sum);
                    }
                }
            }
        }
        return seen.entrySet().stream()
                .sorted(Map.Entry.<List<String>, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(e -> e.getKey().toString()))
                .map(Map.Entry::getKey)
                .limit(32)
                .toList();
    }

    /** True if every kind of the stretch occurs equally often in all runs once its repetitions are folded. */
    private boolean settles(List<String> body) {
        for (String lane : lanes) {
            Map<String, Long> first = null;
            for (Map<String, List<String>> run : runs) {
                List<String> kinds = fold(kept(run, lane), body);
                Map<String, Long> count = new HashMap<>();
                for (String kind : Set.copyOf(body)) {
                    count.put(kind, (long) Collections.frequency(kinds, kind));
                }
                if (first != null && !first.equals(count)) {
                    return false;
                }
                first = count;
            }
        }
        return true;
    }

    /** How often the stretch comes in a row, wherever it comes. */
    private Range timesInARow(List<String> body) {
        Range range = new Range(Long.MAX_VALUE, 0);
        int n = body.size();
        for (Map<String, List<String>> run : runs) {
            for (String lane : lanes) {
                List<String> kinds = kept(run, lane, body);
                int i = 0;
                while (i + n <= kinds.size()) {
                    int times = 0;
                    while (i + n <= kinds.size() && kinds.subList(i, i + n).equals(body)) {
                        times++;
                        i += n;
                    }
                    range = times > 0 ? range.and(times) : range;
                    i += times > 0 ? 0 : 1;
                }
            }
        }
        return range;
    }

    private Range perRun(String kind) {
        Range range = new Range(Long.MAX_VALUE, 0);
        for (Map<String, List<String>> run : runs) {
            range = range.and(run.values().stream()
                    .mapToLong(kinds -> Collections.frequency(kinds, kind))
                    .sum());
        }
        return range;
    }

    // ---- in which order --------------------------------------------------------------------------------------------

    private void orders() {
        Map<String, Set<String>> done = new HashMap<>();
        for (String lane : lanes) {
            List<List<String>> sequences = runs.stream().map(r -> kept(r, lane)).toList();
            if (sequences.stream().distinct().count() > 1) {
                independentIn(lane, sequences, done);
            }
        }
    }

    private void independentIn(String lane, List<List<String>> sequences, Map<String, Set<String>> done) {
        List<String> kinds = sequences.stream()
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .limit(MAX_KINDS)
                .toList();
        Map<String, Integer> number = new HashMap<>();
        kinds.forEach(k -> number.put(k, number.size()));
        long[][] first = orders(sequences.get(0), number);
        for (List<String> other : sequences) {
            long[][] order = orders(other, number);
            for (int i = 0; i < kinds.size(); i++) {
                for (int j = 0; j < i; j++) {
                    String a = kinds.get(j);
                    String b = kinds.get(i);
                    if (order[i][j] != first[i][j]
                            && done.computeIfAbsent(a, k -> new HashSet<>()).add(b)) {
                        found.add(new Profile.Entry(new Rule.Independent(a, b), both(lane, sequences, a, b)));
                    }
                }
            }
        }
    }

    /** For each pair of kinds a digest of the sequence's projection onto them, below the diagonal. */
    private static long[][] orders(List<String> sequence, Map<String, Integer> number) {
        int n = number.size();
        long[][] digest = new long[n][n];
        for (String kind : sequence) {
            Integer k = number.get(kind);
            for (int other = 0; k != null && other < n; other++) {
                if (other < k) {
                    digest[k][other] = digest[k][other] * 0x9E3779B97F4A7C15L + 1;
                } else if (other > k) {
                    digest[other][k] = digest[other][k] * 0x9E3779B97F4A7C15L + 2;
                }
            }
        }
        return digest;
    }

    private static String both(String lane, List<List<String>> sequences, String a, String b) {
        long aFirst = sequences.stream()
                .filter(s -> s.indexOf(a) >= 0 && s.indexOf(a) < s.indexOf(b))
                .count();
        return "the first of " + a + " came before that of " + b + " in " + aFirst + " of " + sequences.size()
                + " runs, lane " + lane;
    }
}

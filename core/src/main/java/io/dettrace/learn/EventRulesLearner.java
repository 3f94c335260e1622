package io.dettrace.learn;

import io.dettrace.normalize.NoiseRules;
import io.dettrace.profile.Profile;
import io.dettrace.profile.Rule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
        Set<String> varying = varying();
        for (int length = 1; length <= NoiseRules.MAX_BODY && !varying.isEmpty(); length++) {
            for (List<String> body : bodies(length, varying)) {
                if (body.stream().anyMatch(varying::contains) && settles(body)) {
                    repeated.add(body);
                    found.add(new Profile.Entry(new Rule.Repeats(body), timesInARow(body)));
                    varying = varying();
                }
            }
        }
        for (String kind : varying) {
            long[] range = range(kind);
            optional.add(kind);
            found.add(new Profile.Entry(
                    new Rule.Optional(kind, range[0], range[1]),
                    range[0] + " to " + range[1] + " times in " + runs.size() + " runs"));
        }
    }

    /** Kinds that a lane holds more often in one run than in another. */
    private Set<String> varying() {
        Set<String> varying = new TreeSet<>();
        for (String lane : lanes) {
            List<Map<String, Long>> counts =
                    runs.stream().map(r -> count(kept(r, lane))).toList();
            for (Map<String, Long> count : counts) {
                for (Map<String, Long> other : List.of(counts.get(0))) {
                    count.forEach((k, n) -> addIf(!n.equals(other.get(k)), varying, k));
                    other.forEach((k, n) -> addIf(!n.equals(count.get(k)), varying, k));
                }
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
        return kinds.stream().collect(Collectors.groupingBy(k -> k, TreeMap::new, Collectors.counting()));
    }

    /** The lane's kinds as the rules so far leave them. */
    private List<String> kept(Map<String, List<String>> run, String lane) {
        List<String> kinds = run.getOrDefault(lane, List.of());
        if (!optional.isEmpty()) {
            kinds = kinds.stream().filter(k -> !optional.contains(k)).toList();
        }
        for (List<String> body : repeated) {
            kinds = fold(kinds, body);
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
                    if (body.equals(kinds.subList(i + length, i + 2 * length))
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
                Map<String, Long> count = count(fold(kept(run, lane), body));
                count.keySet().retainAll(body);
                if (first != null && !first.equals(count)) {
                    return false;
                }
                first = count;
            }
        }
        return true;
    }

    private String timesInARow(List<String> body) {
        long least = Long.MAX_VALUE;
        long most = 0;
        for (Map<String, List<String>> run : runs) {
            for (List<String> kinds : run.values()) {
                for (int i = 0; i + body.size() <= kinds.size(); i++) {
                    int times = 0;
                    while (i + (times + 1) * body.size() <= kinds.size()
                            && kinds.subList(i + times * body.size(), i + (times + 1) * body.size())
                                    .equals(body)) {
                        times++;
                    }
                    if (times > 0) {
                        least = Math.min(least, times);
                        most = Math.max(most, times);
                        i += times * body.size() - 1;
                    }
                }
            }
        }
        return least + " to " + most + " times in a row in " + runs.size() + " runs";
    }

    private long[] range(String kind) {
        long[] range = {Long.MAX_VALUE, 0};
        for (Map<String, List<String>> run : runs) {
            long n = run.values().stream()
                    .mapToLong(kinds -> Collections.frequency(kinds, kind))
                    .sum();
            range[0] = Math.min(range[0], n);
            range[1] = Math.max(range[1], n);
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

package io.dettrace.oracle.mine;

import io.dettrace.oracle.mine.Mined.Candidate;
import io.dettrace.oracle.rules.EventPattern;
import io.dettrace.oracle.rules.Observation;
import io.dettrace.oracle.rules.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How long it takes until what always follows has followed, run by run, and deadlines made of that. A deadline is no finding:
 * how late is too late is not seen in passing runs. Not thread-safe.
 */
final class Delays {
    /** Deadlines that are looked at. */
    static final int MAX_RULES = 1_000;

    /** By how much a deadline is longer than the longest delay that was seen, before it is rounded up. */
    static final int MARGIN = 2;

    private static final long UNKNOWN = -1;

    private final List<Rule.Follows> rules;
    private final List<long[]> longest = new ArrayList<>();
    private final List<long[]> answered = new ArrayList<>();

    /** @param mined the rules, of which those are taken that say what always follows */
    Delays(List<Candidate> mined) {
        Set<Rule.Follows> all = new LinkedHashSet<>();
        for (Candidate c : mined) {
            if (c.rule() instanceof Rule.Follows f) {
                all.add(f);
            } else if (c.rule() instanceof Rule.Machine m && !m.finals().isEmpty()) {
                m.moves().stream()
                        .limit(m.moves().size() - 1L) // the last one begins a new round, which need not come
                        .map(move -> new Rule.Follows(
                                EventPattern.of(move.from()), EventPattern.of(move.to()), m.scope(), Rule.NO_LIMIT))
                        .forEach(all::add);
            }
        }
        rules = all.stream().limit(MAX_RULES).toList();
    }

    /** A run whose delays are measured. */
    final class Pass {
        private final long[] longestNow = new long[rules.size()];
        private final long[] answeredNow = new long[rules.size()];
        private final Map<String, List<Integer>> asking = new HashMap<>();
        private final Map<String, List<Integer>> answering = new HashMap<>();

        /** By rule and key, when the first event came that waits. */
        private final List<Map<String, Long>> open = new ArrayList<>();

        Pass() {
            for (int i = 0; i < rules.size(); i++) {
                open.add(new HashMap<>());
                asking.computeIfAbsent(kind(rules.get(i).first()), k -> new ArrayList<>())
                        .add(i);
                answering
                        .computeIfAbsent(kind(rules.get(i).then()), k -> new ArrayList<>())
                        .add(i);
            }
        }

        private static String kind(EventPattern pattern) {
            return pattern.alternatives().get(0).kind();
        }

        void take(Observation event) {
            for (int rule : answering.getOrDefault(event.kind(), List.of())) {
                String key = rules.get(rule).scope().keyOf(event);
                Long since = key == null ? null : open.get(rule).remove(key);
                if (since != null) {
                    answer(rule, since, event.time());
                }
            }
            for (int rule : asking.getOrDefault(event.kind(), List.of())) {
                String key = rules.get(rule).scope().keyOf(event);
                if (key != null) {
                    open.get(rule).putIfAbsent(key, event.time());
                    longestNow[rule] = open.get(rule).size() > Traces.MAX_KEYS ? UNKNOWN : longestNow[rule];
                }
            }
        }

        private void answer(int rule, long since, long now) {
            answeredNow[rule]++;
            boolean measured = since != Observation.NO_TIME && now != Observation.NO_TIME && now >= since;
            if (!measured || longestNow[rule] == UNKNOWN) {
                longestNow[rule] = UNKNOWN;
            } else {
                longestNow[rule] = Math.max(longestNow[rule], now - since);
            }
        }

        void end() {
            longest.add(longestNow);
            answered.add(answeredNow);
        }
    }

    /**
     * Deadlines, each of which holds in every run with what the other runs alone would give; none from a single run.
     *
     * @param without rules that did not hold
     */
    List<Candidate> deadlines(Collection<Rule> without) {
        List<Candidate> deadlines = new ArrayList<>();
        for (int i = 0; i < rules.size() && longest.size() > 1; i++) {
            int rule = i;
            long[] byRun = longest.stream().mapToLong(run -> run[rule]).toArray();
            long[] times = answered.stream().mapToLong(run -> run[rule]).toArray();
            long most = LongStream.of(byRun).max().orElse(0);
            if (most > 0 && holdsWithoutAny(byRun) && !without.contains(rules.get(i))) {
                Rule.Follows f = rules.get(i);
                deadlines.add(new Candidate(
                        new Rule.Follows(f.first(), f.then(), f.scope(), OptionalLong.of(limit(most))),
                        String.format(
                                Locale.ROOT,
                                "choice: the longest of %,d delays took %s; by run %s to %s",
                                LongStream.of(times).sum(),
                                Rule.duration(shown(most)),
                                Rule.duration(shown(LongStream.of(byRun).min().orElse(0))),
                                Rule.duration(shown(most))),
                        LongStream.of(times).min().orElse(0)));
            }
        }
        return deadlines;
    }

    private static boolean holdsWithoutAny(long[] byRun) {
        return IntStream.range(0, byRun.length).allMatch(run -> {
            long others = IntStream.range(0, byRun.length)
                    .filter(o -> o != run)
                    .mapToLong(o -> byRun[o])
                    .max()
                    .orElse(0);
            return byRun[run] != UNKNOWN && byRun[run] <= limit(others);
        });
    }

    /** The delay with its margin, rounded up to 1, 2 or 5 times a power of ten nanoseconds. */
    static long limit(long delay) {
        long least = delay > Long.MAX_VALUE / 100 ? Long.MAX_VALUE / 100 : delay * MARGIN;
        for (long power = 1; ; power *= 10) {
            for (long digit : new long[] {1, 2, 5}) {
                if (digit * power >= least) {
                    return digit * power;
                }
            }
        }
    }

    /** A delay rounded up to three digits, for people. */
    private static long shown(long delay) {
        long unit = 1;
        while (delay / unit >= 1_000) {
            unit *= 10;
        }
        return (delay + unit - 1) / unit * unit;
    }
}

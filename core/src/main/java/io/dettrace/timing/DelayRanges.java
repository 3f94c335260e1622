package io.dettrace.timing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The own delays that passing runs showed, by kind and role of the lane. Lanes whose names differ in their numbers only
 * play the same role, so that a pool's workers are learnt together.
 *
 * <p>How far it can be trusted, without any assumption about how delays are distributed: a new passing delay falls outside
 * the range of n exchangeable ones with probability at most 2/(n + 1). A run that has m events of the kind, where n were
 * seen, is thus expected to have at most 2m/(n + 1) of them outside though nothing is wrong.
 */
public final class DelayRanges {
    private static final Pattern NUMBERS = Pattern.compile("[0-9]+");

    private final Map<Key, DelayRange> ranges = new HashMap<>();
    private int runs;

    /** What a range is about. */
    record Key(String role, int kind) {}

    /** The role of a lane: its name with {@code #} for each number. */
    public static String role(String lane) {
        return NUMBERS.matcher(lane).replaceAll("#");
    }

    /** How many runs were learnt from. */
    public int runs() {
        return runs;
    }

    /** How many ranges there are. */
    public int size() {
        return ranges.size();
    }

    /** How many delays were seen. */
    public long events() {
        return ranges.values().stream().mapToLong(DelayRange::events).sum();
    }

    /** Adds what a run showed. */
    void add(Batch run) {
        runs++;
        run.seen.forEach((key, range) -> ranges.merge(key, range, DelayRange::with));
    }

    /** The delays of one run. */
    static final class Batch {
        private final Map<Key, DelayRange> seen = new HashMap<>();

        void add(String role, int kind, long delay) {
            seen.merge(new Key(role, kind), new DelayRange(delay, delay, 1, 1), DelayRange::withinRun);
        }
    }

    Optional<DelayRange> find(String role, int kind) {
        return Optional.ofNullable(ranges.get(new Key(role, kind)));
    }
}

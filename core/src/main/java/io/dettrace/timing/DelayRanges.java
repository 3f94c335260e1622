package io.dettrace.timing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The own delays that passing runs showed, by kind, role of the lane, and kind of what enabled the event. Lanes whose names
 * differ in their numbers only play the same role, so that a pool's workers are learnt together. Where not every run shows
 * what enabled the event, the delays behind any event of its kind count.
 *
 * <p>How far it can be trusted, without any assumption about how delays are distributed: a new passing delay falls outside
 * the range of n exchangeable ones with probability at most 2/(n + 1). A run that has m events of the kind, where n were
 * seen, is thus expected to have at most 2m/(n + 1) of them outside though nothing is wrong.
 */
public final class DelayRanges implements DelayLimits {
    private static final Pattern NUMBERS = Pattern.compile("[0-9]+");

    private final Map<Key, DelayRange> ranges = new HashMap<>();
    private int runs;

    /**
     * What a range is about.
     *
     * @param role role of the lane
     * @param kind digest of the kind
     * @param after digest of the kind of what enabled the events, or {@link #ANY}
     */
    public record Key(String role, int kind, long after) {
        /** Any event may have enabled it. */
        public static final long ANY = Long.MIN_VALUE;

        /** The same, whatever enabled the events. */
        public Key general() {
            return new Key(role, kind, ANY);
        }
    }

    /** The role of a lane: its name with {@code #} for each number. */
    public static String role(String lane) {
        return NUMBERS.matcher(lane).replaceAll("#");
    }

    @Override
    public int runs() {
        return runs;
    }

    @Override
    public int size() {
        return (int) ranges.keySet().stream().filter(this::isUsed).count();
    }

    /** True unless delays are judged by the general range instead, or there is nothing else in that. */
    private boolean isUsed(Key key) {
        DelayRange range = ranges.get(key);
        return key.after() == Key.ANY
                || range.runs() == runs
                        && range.events() < ranges.get(key.general()).events();
    }

    @Override
    public long events() {
        return ranges.entrySet().stream()
                .filter(e -> e.getKey().after() == Key.ANY)
                .mapToLong(e -> e.getValue().events())
                .sum();
    }

    /** Adds what a run showed. */
    void add(Map<Key, DelayRange> run) {
        runs++;
        run.forEach((key, range) -> ranges.merge(key, range, DelayRange::with));
    }

    @Override
    public Optional<DelayRange> find(String lane, int kind, int after) {
        Key key = new Key(role(lane), kind, after);
        DelayRange own = ranges.get(key);
        return Optional.ofNullable(own != null && own.runs() == runs ? own : ranges.get(key.general()));
    }

    @Override
    public DelayRange withRoom(DelayRange found) {
        return found.widened();
    }

    @Override
    public double chance(DelayRange found) {
        return 2.0 / (found.events() + 1);
    }
}

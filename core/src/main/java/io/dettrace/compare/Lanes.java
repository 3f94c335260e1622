package io.dettrace.compare;

import io.dettrace.event.LaneTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lanes of a comparison: those of both runs, joined by name. */
final class Lanes {
    private final CompareOptions options;
    private final LaneTable[] tables = {new LaneTable(), new LaneTable()};
    private final int[][] unified = {new int[16], new int[16]};
    private final int[] unifiedSize = new int[2];
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<LaneState> all = new ArrayList<>();

    private final PairTeller teller;
    private int ofTheRuns;

    Lanes(CompareOptions options, PairTeller teller) {
        this.teller = teller;
        this.options = options;
    }

    /** The lanes of one run; names and numbers as that run's reader gives them. */
    LaneTable table(Side side) {
        return tables[side.ordinal()];
    }

    /** All lanes by number; grows while reading. */
    List<LaneState> all() {
        return all;
    }

    /** How many lanes the runs themselves have, without those that only keep apart what may come in any order. */
    int ofTheRuns() {
        return ofTheRuns;
    }

    /** Number in this comparison of a lane that {@code side} numbers {@code number}. */
    int unify(Side side, int number) {
        int s = side.ordinal();
        while (number >= unifiedSize[s]) {
            if (unifiedSize[s] == unified[s].length) {
                unified[s] = Arrays.copyOf(unified[s], unifiedSize[s] * 2);
            }
            unified[s][unifiedSize[s]] = join(side, unifiedSize[s]);
            unifiedSize[s]++;
        }
        return unified[s][number];
    }

    private int join(Side side, int of) {
        LaneTable table = tables[side.ordinal()];
        String name = table.name(of);
        Integer known = numbers.get(name);
        if (known != null) {
            return known;
        }
        int number = all.size();
        numbers.put(name, number);
        ofTheRuns += table.isMade(of) ? 0 : 1;
        // A lane is numbered after the one that it is beside.
        int home = table.home(of) == of ? number : unified[side.ordinal()][table.home(of)];
        all.add(new LaneState(number, home, name, options.context(), options.window(), teller));
        return number;
    }
}

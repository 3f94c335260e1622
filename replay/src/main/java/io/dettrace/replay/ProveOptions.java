package io.dettrace.replay;

/**
 * How to prove.
 *
 * @param budget most runs for the search
 * @param repeats how often the failing and the passing schedule are each run anew at the end
 * @param neighbours random schedules that are tried around the window at the end
 * @param passingRuns most seeded runs to find a passing schedule where the base policy fails
 */
public record ProveOptions(int budget, int repeats, int neighbours, int passingRuns) {
    /** Most runs of each kind. */
    public static final int MAX = 1_000_000;

    /** 2,000 runs to search, 5 repeats, 20 neighbours, 1,000 runs to find a passing schedule. */
    public static final ProveOptions DEFAULT = new ProveOptions(2_000, 5, 20, 1_000);

    /** Checks the ranges. */
    public ProveOptions {
        check("budget", budget, 1);
        check("repeats", repeats, 1);
        check("neighbours", neighbours, 0);
        check("passing runs", passingRuns, 0);
    }

    private static void check(String what, int value, int least) {
        if (value < least || value > MAX) {
            throw new IllegalArgumentException(what + " must be " + least + " to " + MAX + ", not " + value);
        }
    }

    /** The same with another number of repeats. */
    public ProveOptions withRepeats(int times) {
        return new ProveOptions(budget, times, neighbours, passingRuns);
    }

    /** The same with another number of neighbours. */
    public ProveOptions withNeighbours(int runs) {
        return new ProveOptions(budget, repeats, runs, passingRuns);
    }

    /** The same with another budget. */
    public ProveOptions withBudget(int runs) {
        return new ProveOptions(runs, repeats, neighbours, passingRuns);
    }
}

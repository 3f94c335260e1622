package io.dettrace.oracle.history;

import java.util.ArrayList;
import java.util.List;

/** A set of configurations of which none dominates another, in the order in which they were added. */
final class Configurations {
    private final long[] endless;
    private final List<Configuration> all = new ArrayList<>();
    private Configuration[] table = new Configuration[16];
    private int groups;

    Configurations(long[] endless) {
        this.endless = endless;
    }

    /** Adds a configuration unless one that is here dominates it; lets go those that it dominates. */
    boolean add(Configuration c) {
        int at = find(c);
        Configuration previous = null;
        for (Configuration other = table[at]; other != null; other = other.sibling) {
            if (other.dominates(c)) {
                return false;
            }
            if (c.dominates(other)) {
                other.dominated = true;
                if (previous == null) {
                    table[at] = other.sibling;
                } else {
                    previous.sibling = other.sibling;
                }
            } else {
                previous = other;
            }
        }
        if (table[at] == null && previous == null) {
            groups++;
        }
        c.sibling = table[at];
        table[at] = c;
        all.add(c);
        if (groups * 2 > table.length) {
            grow();
        }
        return true;
    }

    private int find(Configuration c) {
        int mask = table.length - 1;
        int at = c.groupHash(endless) & mask;
        while (table[at] != null && !table[at].isInGroupOf(c, endless)) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        Configuration[] before = table;
        table = new Configuration[before.length * 2];
        for (Configuration group : before) {
            if (group != null) {
                table[find(group)] = group;
            }
        }
    }

    /** Number of configurations, with those that were dominated since. */
    int size() {
        return all.size();
    }

    /** The {@code i}th that was added, which may have been dominated since. */
    Configuration get(int i) {
        return all.get(i);
    }

    /** Those that nothing dominates. */
    List<Configuration> live() {
        return all.stream().filter(c -> !c.dominated).toList();
    }
}

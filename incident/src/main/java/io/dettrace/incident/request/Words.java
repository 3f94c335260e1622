package io.dettrace.incident.request;

import java.util.Collection;

/** Words of reports. */
final class Words {
    private Words() {}

    private static final int SHOWN = 3;

    /** The first few, and how many more there are. */
    static String some(Collection<String> all) {
        String first = String.join(", ", all.stream().limit(SHOWN).toList());
        return all.size() > SHOWN ? first + " and " + (all.size() - SHOWN) + " more" : first;
    }

    /** A count with its noun. */
    static String count(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}

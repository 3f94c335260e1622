package io.dettrace.report;

import java.util.Locale;

/** A number of things in words. */
final class Count {
    private Count() {}

    /** The number in groups of three digits and the thing, which takes an s unless there is one of it: 1,234 events. */
    static String of(long n, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", n, what, n == 1 ? "" : "s");
    }

    /** The same with a plural of its own. */
    static String of(long n, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", n, n == 1 ? one : many);
    }
}

package io.dettrace.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Delta debugging: makes a set of changes minimal that shows an effect. The algorithm ddmin of Zeller and Hildebrandt,
 * "Simplifying and Isolating Failure-Inducing Input" (IEEE TSE 28(2), 2002, figure 5), then a pass over single elements and
 * one over pairs: where effects are not monotone, a set can be 1-minimal and still hold a pair that is not needed.
 */
final class DeltaDebugging {
    private DeltaDebugging() {}

    /** Whether a set of changes shows the effect. Answers must not depend on earlier questions. */
    interface Test<T> {
        boolean shows(List<T> changes) throws IOException, InterruptedException;
    }

    /**
     * A subset, in the order given, that shows the effect, while it with any one or two elements less does not. The whole
     * must show it and the empty set must not.
     */
    static <T> List<T> minimal(List<T> all, Test<T> test) throws IOException, InterruptedException {
        List<T> now = ddmin(all, test);
        while (true) {
            List<T> smaller = withoutSingles(now, test);
            List<T> without = withoutOnePair(smaller, test);
            if (without.size() == smaller.size()) {
                return smaller;
            }
            now = without;
        }
    }

    private static <T> List<T> ddmin(List<T> all, Test<T> test) throws IOException, InterruptedException {
        List<T> now = all;
        int parts = 2;
        while (now.size() >= 2) {
            List<List<T>> chunks = chunks(now, parts);
            List<T> shown = null;
            int next = parts;
            for (List<T> chunk : chunks) {
                if (test.shows(chunk)) {
                    shown = chunk;
                    next = 2;
                    break;
                }
            }
            // With two parts each complement is the other part, which was tested.
            for (int i = 0; shown == null && chunks.size() > 2 && i < chunks.size(); i++) {
                List<T> complement = without(chunks, i);
                if (test.shows(complement)) {
                    shown = complement;
                    next = Math.max(parts - 1, 2);
                }
            }
            if (shown != null) {
                now = shown;
                parts = Math.min(next, Math.max(2, now.size()));
            } else if (parts < now.size()) {
                parts = Math.min(2 * parts, now.size());
            } else {
                return now;
            }
        }
        return now;
    }

    private static <T> List<T> withoutSingles(List<T> all, Test<T> test) throws IOException, InterruptedException {
        List<T> now = all;
        // From the end: what comes late in a run is least likely to be needed.
        for (int i = now.size() - 1; i >= 0 && now.size() > 1; i--) {
            List<T> less = new ArrayList<>(now);
            less.remove(i);
            if (test.shows(less)) {
                now = less;
                i = now.size();
            }
        }
        return now;
    }

    private static <T> List<T> withoutOnePair(List<T> all, Test<T> test) throws IOException, InterruptedException {
        for (int i = 0; all.size() > 2 && i < all.size(); i++) {
            for (int j = i + 1; j < all.size(); j++) {
                List<T> less = new ArrayList<>(all);
                less.remove(j);
                less.remove(i);
                if (test.shows(less)) {
                    return less;
                }
            }
        }
        return all;
    }

    private static <T> List<List<T>> chunks(List<T> all, int parts) {
        List<List<T>> chunks = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            chunks.add(all.subList(i * all.size() / parts, (i + 1) * all.size() / parts));
        }
        return chunks;
    }

    private static <T> List<T> without(List<List<T>> chunks, int left) {
        List<T> rest = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            if (i != left) {
                rest.addAll(chunks.get(i));
            }
        }
        return rest;
    }
}

package io.dettrace.oracle.mine;

import io.dettrace.oracle.rules.Observation;
import io.dettrace.oracle.rules.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How kinds of events follow each other in one run, for events that are taken together by a scope. Of each key first and last
 * place and count of each kind are kept; that is enough for all rules of two kinds but alternation, which is watched as events
 * go by.
 */
final class Traces {
    /** Kinds that are related to each other; further ones are left out. */
    static final int MAX_KINDS = 128;

    /** Keys of a scope; with more the scope is left out. */
    static final int MAX_KEYS = 200_000;

    private final Scope scope;
    private final Map<String, Integer> kinds = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, Trace> traces = new HashMap<>();
    private final boolean[][] notAlternating = new boolean[MAX_KINDS][MAX_KINDS];
    private final boolean[] repeated = new boolean[MAX_KINDS];
    private boolean full;
    private boolean manyKinds;

    private static final class Trace {
        private int events;
        private int[] first = {};
        private int[] last = {};
        private int[] count = {};

        void grow(int kinds) {
            first = Arrays.copyOf(first, kinds);
            last = Arrays.copyOf(last, kinds);
            count = Arrays.copyOf(count, kinds);
        }

        int count(int kind) {
            return kind < count.length ? count[kind] : 0;
        }
    }

    Traces(Scope scope) {
        this.scope = scope;
    }

    void take(Observation event, String key) {
        Integer kind = kinds.get(event.kind());
        if (kind == null) {
            if (kinds.size() == MAX_KINDS) {
                manyKinds = true;
                return;
            }
            kind = kinds.size();
            kinds.put(event.kind(), kind);
            names.add(event.kind());
            // What came before was not watched against it: none of it had this kind before or between.
            for (int other = 0; other < kind; other++) {
                notAlternating[kind][other] = true;
                notAlternating[other][kind] = repeated[other];
            }
        }
        Trace trace = traces.get(key);
        if (trace == null) {
            if (traces.size() == MAX_KEYS) {
                full = true;
                return;
            }
            trace = new Trace();
            traces.put(key, trace);
        }
        if (kind >= trace.count.length) {
            trace.grow(kind + 1);
        }
        int place = ++trace.events;
        if (trace.count[kind] == 0) {
            trace.first[kind] = place;
        }
        // Between two of this kind there must be one of the other, and the other must not have come before the first.
        for (int other = 0; other < names.size(); other++) {
            int last = trace.count(other) == 0 ? 0 : trace.last[other];
            boolean again = trace.count[kind] > 0 && last < trace.last[kind];
            notAlternating[kind][other] |= again || trace.count[kind] == 0 && last > 0;
            notAlternating[other][kind] |= again || trace.count[kind] == 0 && last == 0;
        }
        repeated[kind] |= trace.count[kind] > 0;
        trace.last[kind] = place;
        trace.count[kind]++;
    }

    /** What the run says of its kinds. */
    Relations relations() {
        int n = names.size();
        Relations r = new Relations(scope, List.copyOf(names), full, manyKinds);
        for (Trace t : traces.values()) {
            for (int a = 0; a < n; a++) {
                int of = t.count(a);
                if (of == 0) {
                    continue;
                }
                r.events[a] += of;
                r.keys[a]++;
                r.repeated[a] |= of > 1;
                for (int b = 0; b < n; b++) {
                    boolean there = t.count(b) > 0;
                    r.notFollowed[a][b] |= !there || t.last[b] < t.last[a];
                    r.notPreceded[a][b] |= !there || t.first[b] > t.first[a];
                    r.together[a][b] += there ? 1 : 0;
                    r.follows[a][b] |= there && t.last[b] > t.first[a];
                }
            }
        }
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                r.notAlternating[a][b] = notAlternating[a][b] || a == b;
            }
        }
        return r;
    }
}

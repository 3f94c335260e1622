package io.dettrace.learn;

import io.dettrace.event.Field;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the corresponding events of two runs show of their fields. */
final class PairFacts {
    /** Corresponding events whose values are equal, whose values differ, and of which one lacks the field. */
    static final class Counts {
        long equal;
        long differing;
        long oneSided;
    }

    /** The values of a path in the one run and what stands in their place in the other. */
    static final class Renaming {
        final Map<String, String> there = new HashMap<>();
        private final Map<String, String> back = new HashMap<>();
        boolean oneToOne = true;
        long uses;

        private void add(String a, String b) {
            uses++;
            String known = there.putIfAbsent(a, b);
            String knownBack = back.putIfAbsent(b, a);
            oneToOne &= (known == null || known.equals(b)) && (knownBack == null || knownBack.equals(a));
            oneToOne &= elements(a) == elements(b);
        }

        /** Number of elements of an array of identifiers, 1 for one identifier: more links are no renaming. */
        private static int elements(String value) {
            if (!value.startsWith("[")) {
                return 1;
            }
            boolean quoted = false;
            int separators = 0;
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                quoted ^= c == '"' && value.charAt(i - 1) != '\\';
                separators += !quoted && c == ',' ? 1 : 0;
            }
            return value.equals("[]") ? 0 : separators + 1;
        }
    }

    /** By {@link FieldFacts#key}. */
    final Map<String, Counts> fields = new HashMap<>();

    /** By path. */
    final Map<String, Renaming> renamings = new HashMap<>();

    private final Map<String, Map<String, Counts>> byKind = new HashMap<>();
    private final ComparedFields compared;

    PairFacts(ComparedFields compared) {
        this.compared = compared;
    }

    /** Takes two events that correspond. */
    void add(String kind, List<Field> reference, List<Field> event) {
        Map<String, Field> there = new LinkedHashMap<>();
        for (Field f : reference) {
            if (compared.isCompared(f.path())) {
                there.put(f.path(), f);
            }
        }
        Map<String, Counts> counts = byKind.computeIfAbsent(kind, k -> new HashMap<>());
        for (Field f : event) {
            if (compared.isCompared(f.path())) {
                pair(of(counts, kind, f.path()), there.remove(f.path()), f);
            }
        }
        there.keySet().forEach(path -> of(counts, kind, path).oneSided++);
    }

    private Counts of(Map<String, Counts> counts, String kind, String path) {
        return counts.computeIfAbsent(path, p -> {
            Counts fresh = new Counts();
            fields.put(FieldFacts.key(kind, p), fresh);
            return fresh;
        });
    }

    private void pair(Counts counts, Field a, Field b) {
        if (a == null) {
            counts.oneSided++;
            return;
        }
        boolean same = a.type() == b.type() && a.text().equals(b.text());
        counts.equal += same ? 1 : 0;
        counts.differing += same ? 0 : 1;
        renamings.computeIfAbsent(b.path(), p -> new Renaming()).add(b.text(), a.text());
    }
}

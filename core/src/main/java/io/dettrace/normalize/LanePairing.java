package io.dettrace.normalize;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells which lanes are the same although the runs call them by other names. */
final class LanePairing {
    private static final double PERMUTED_GAIN = 0.4;
    private static final Pattern GENERATED =
            Pattern.compile("(?i)[0-9]{4,}|(?=[0-9a-f]*[0-9])[0-9a-f]{5,}|(thread|worker|pool|exec|task)[-_ #]?[0-9]+");

    private LanePairing() {}

    /**
     * Pairs lane names that differ between the runs, by content and then by order of appearance: names that only a generator
     * gives ({@code Thread-17}, {@code pod-7d9f8}), and other names of one shape if all of that shape are renamed. Gives the
     * baseline's name for a name of the candidate.
     *
     * @param a the labels of each lane of the baseline
     * @param b the labels of each lane of the candidate
     */
    static Map<String, String> aliases(Map<String, List<String>> a, Map<String, List<String>> b) {
        List<String> left = new ArrayList<>(a.keySet());
        List<String> right = new ArrayList<>(b.keySet());
        left.removeAll(b.keySet());
        right.removeAll(a.keySet());
        boolean allRenamed = left.size() == a.size() && right.size() == b.size();
        Set<String> keptShapes = a.keySet().stream()
                .filter(b::containsKey)
                .map(LanePairing::shape)
                .collect(Collectors.toSet());
        Map<String, String> aliases = permuted(a, b);
        for (boolean byContent : new boolean[] {true, false}) {
            for (String name : List.copyOf(right)) {
                String best = null;
                int bestPrefix = byContent ? 0 : -1;
                for (String other : left) {
                    boolean sameShape =
                            shape(name).equals(shape(other)) && !shape(name).equals(name);
                    boolean renamed = sameShape && (isGenerated(name) || !keptShapes.contains(shape(name)));
                    if (renamed || allRenamed && byContent) {
                        int prefix = byContent ? commonPrefix(a.get(other), b.get(name)) : 0;
                        if (prefix > bestPrefix) {
                            best = other;
                            bestPrefix = prefix;
                        }
                    }
                }
                if (best != null) {
                    aliases.put(name, best);
                    left.remove(best);
                    right.remove(name);
                }
            }
        }
        return aliases;
    }

    /**
     * Names that both runs gave out, but to other lanes: a pairing of such generated names by content, if far more events
     * agree under it than under the names themselves.
     */
    private static Map<String, String> permuted(Map<String, List<String>> a, Map<String, List<String>> b) {
        List<String> names = a.keySet().stream()
                .filter(n -> b.containsKey(n) && isGenerated(n))
                .toList();
        List<String> free = new ArrayList<>(names);
        Map<String, String> pairing = new LinkedHashMap<>();
        int asNamed = 0;
        int byContent = 0;
        int events = 0;
        for (String name : names) {
            asNamed += commonPrefix(a.get(name), b.get(name));
            events += b.get(name).size();
            String best = name;
            int bestPrefix = free.contains(name) ? commonPrefix(a.get(name), b.get(name)) : -1;
            for (String other : free) {
                int prefix = commonPrefix(a.get(other), b.get(name));
                if (prefix > bestPrefix) {
                    best = other;
                    bestPrefix = prefix;
                }
            }
            free.remove(best);
            byContent += bestPrefix;
            pairing.put(name, best);
        }
        pairing.entrySet().removeIf(e -> e.getKey().equals(e.getValue()));
        return byContent >= asNamed + PERMUTED_GAIN * events ? pairing : new LinkedHashMap<>();
    }

    /** True for names with a number that a program counts up while it runs, or a random part. */
    private static boolean isGenerated(String name) {
        return GENERATED.matcher(name).find();
    }

    private static String shape(String name) {
        return name.replaceAll("(?i)(?=[0-9a-f]*[0-9])[0-9a-f]{4,}|[0-9]+", "#");
    }

    private static int commonPrefix(List<String> a, List<String> b) {
        int n = Math.min(a.size(), b.size());
        int i = 0;
        while (i < n && a.get(i).equals(b.get(i))) {
            i++;
        }
        return i;
    }
}

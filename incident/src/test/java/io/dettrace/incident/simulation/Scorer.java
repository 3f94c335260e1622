package io.dettrace.incident.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How good a ranker's answers are: where the right service is in the list, and which of the services that it says are hit
 * are, among those that have spans of their own.
 */
public final class Scorer {
    private final String name;
    private final Map<FaultKind, Sums> kinds = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Map<String, Integer>> families = new EnumMap<>(FaultKind.class);
    private final Sums all = new Sums();

    private static final class Sums {
        private int number;
        private int first;
        private int third;
        private double reciprocal;
        private int right;
        private int said;
        private int hit;
        private int clearRight;
        private int clearSaid;
        private int clearHit;
        private double precision;
        private int precisions;
        private double recall;
        private int recalls;
        private int family;

        private void add(Truth truth, Answer answer, Set<String> own) {
            number++;
            int rank = rank(truth, answer);
            first += rank == 1 ? 1 : 0;
            third += rank >= 1 && rank <= 3 ? 1 : 0;
            reciprocal += rank == 0 ? 0 : 1.0 / rank;
            family += truth.families().contains(answer.family()) ? 1 : 0;
            Set<String> claimed = new TreeSet<>(answer.blast());
            claimed.retainAll(own);
            int both = common(claimed, truth.hit());
            right += both;
            said += claimed.size();
            hit += truth.hit().size();
            if (!claimed.isEmpty()) {
                precision += (double) both / claimed.size();
                precisions++;
            }
            if (!truth.hit().isEmpty()) {
                recall += (double) both / truth.hit().size();
                recalls++;
            }
            Set<String> clear = new TreeSet<>(truth.hit());
            clear.removeAll(truth.unclear());
            claimed.removeAll(truth.unclear());
            clearRight += common(claimed, clear);
            clearSaid += claimed.size();
            clearHit += clear.size();
        }

        private static int common(Set<String> a, Set<String> b) {
            return (int) a.stream().filter(b::contains).count();
        }

        private static int rank(Truth truth, Answer answer) {
            for (int i = 0; i < answer.services().size(); i++) {
                if (truth.accepted().contains(answer.services().get(i))) {
                    return i + 1;
                }
            }
            return 0;
        }

        private String line(String name) {
            return String.format(
                    Locale.ROOT,
                    "%-20s %5d %6.1f %6.1f %6.3f %7.3f %7.3f %7.3f %7.3f %7.3f %7.3f %7.1f%n",
                    name,
                    number,
                    100.0 * first / number,
                    100.0 * third / number,
                    reciprocal / number,
                    ratio(right, said),
                    ratio(right, hit),
                    ratio(precision, precisions),
                    ratio(recall, recalls),
                    ratio(clearRight, clearSaid),
                    ratio(clearRight, clearHit),
                    100.0 * family / number);
        }

        private static double ratio(double part, double whole) {
            return whole == 0 ? 0 : part / whole;
        }
    }

    /** A scorer of the ranker of this name. */
    public Scorer(String name) {
        this.name = name;
    }

    /** Counts an answer; {@code own} are the services that have spans of their own. */
    void add(Truth truth, Answer answer, Set<String> own) {
        all.add(truth, answer, own);
        kinds.computeIfAbsent(truth.kind(), k -> new Sums()).add(truth, answer, own);
        families.computeIfAbsent(truth.kind(), k -> new TreeMap<>()).merge(answer.family(), 1, Integer::sum);
    }

    /** The table, a line for each kind of fault and one for all. */
    String table() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-20s %5s %6s %6s %6s %7s %7s %7s %7s %7s %7s %7s%n",
                name,
                "n",
                "A@1",
                "A@3",
                "MRR",
                "prec",
                "recall",
                "prec/i",
                "rec/i",
                "prec-m",
                "rec-m",
                "family"));
        kinds.forEach((kind, sums) -> text.append(sums.line(kind.text())));
        return text.append(all.line("all")).toString();
    }

    /** What family each kind of fault was said to be; empty if the ranker says none. */
    String confusion() {
        Set<String> columns = new TreeSet<>();
        families.values().forEach(f -> columns.addAll(f.keySet()));
        if (columns.equals(Set.of("unknown"))) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        families.forEach((kind, counts) -> {
            List<String> cells = new ArrayList<>();
            counts.forEach((family, count) -> cells.add(family + " " + count));
            text.append(String.format(Locale.ROOT, "%-20s %s%n", kind.text(), String.join(", ", cells)));
        });
        return text.toString();
    }
}

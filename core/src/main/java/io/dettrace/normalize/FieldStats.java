package io.dettrace.normalize;

import io.dettrace.event.Field;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the samples of both runs say about one field. */
final class FieldStats {
    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern HEX = Pattern.compile("(?i)(0x)?(?=[0-9a-f]*[0-9])[0-9a-f]{12,}");
    private static final Pattern WRITTEN_TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d.*"
            + "|\\d{1,2}:\\d\\d:\\d\\d([.,]\\d+)?"
            + "|[A-Z][a-z]{2} [ \\d]?\\d \\d\\d:\\d\\d:\\d\\d.*"
            + "|\\d{1,2}/([A-Z][a-z]{2}|\\d{1,2})/\\d{4}[: ]\\d{1,2}:\\d\\d.*");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,19}(\\.\\d{1,18})?");

    final String path;
    final int[] present = new int[2];
    final int[] nulls = new int[2];
    int numbers;
    private int decimals;
    int strings;
    int composites;
    final List<Set<String>> values = List.of(new HashSet<>(), new HashSet<>());
    private int steps;
    private int descents;
    private int unitSteps;
    private boolean startsAtZeroOrOne = true;
    private double last = Double.NaN;
    private int lastRun = -1;

    private FieldStats(String path) {
        this.path = path;
    }

    /** Statistics of every field of the samples, in order of first appearance. */
    static Map<String, FieldStats> of(List<List<Field>> baseline, List<List<Field>> candidate) {
        Map<String, FieldStats> stats = new LinkedHashMap<>();
        for (int run = 0; run < 2; run++) {
            for (List<Field> record : run == 0 ? baseline : candidate) {
                for (Field f : record) {
                    stats.computeIfAbsent(f.path(), FieldStats::new).add(run, f);
                }
            }
        }
        return stats;
    }

    private void add(int run, Field f) {
        present[run]++;
        switch (f.type()) {
            case NULL -> nulls[run]++;
            case NUMBER -> numbers++;
            case STRING -> strings++;
            case COMPOSITE -> composites++;
            case BOOLEAN -> {}
        }
        if (f.type() == Field.Type.NULL) {
            return;
        }
        values.get(run).add(f.text());
        boolean countable = f.type() == Field.Type.NUMBER || f.type() == Field.Type.STRING;
        if (countable && DECIMAL.matcher(f.text()).matches()) {
            decimals++;
            double now = Double.parseDouble(f.text());
            if (lastRun == run && !Double.isNaN(last)) {
                steps++;
                descents += now < last ? 1 : 0;
                unitSteps += now == last + 1 ? 1 : 0;
            } else {
                startsAtZeroOrOne &= now == 0 || now == 1;
            }
            last = now;
        } else {
            last = Double.NaN;
        }
        lastRun = run;
    }

    /** Share of records with a value that is not null, the lesser of both runs, given the sample sizes. */
    double coverage(int[] records) {
        double least = 1;
        for (int run = 0; run < 2; run++) {
            if (records[run] > 0) {
                least = Math.min(least, (present[run] - nulls[run]) / (double) records[run]);
            }
        }
        return least;
    }

    private int valued() {
        return present[0] + present[1] - nulls[0] - nulls[1];
    }

    boolean isNumeric() {
        return numbers > 0 && numbers == valued();
    }

    /** Numbers, or texts that are numbers all the same. */
    boolean isNumberLike() {
        return isNumeric() || decimals > 0 && decimals == valued();
    }

    /** One value on all events of each run. */
    boolean isConstant() {
        return values.get(0).size() <= 1 && values.get(1).size() <= 1;
    }

    boolean isText() {
        return strings > 0 && strings == valued();
    }

    boolean isScalar() {
        return composites == 0;
    }

    /** Integers that all but never fall. */
    boolean isNonDecreasing() {
        return isNumberLike() && steps > 0 && descents <= steps / 10;
    }

    /** Integers that count the records one by one. */
    boolean countsRecords() {
        return isNumeric() && steps >= 2 && unitSteps == steps && startsAtZeroOrOne;
    }

    /** Integers that rise with every record. */
    boolean risesStrictly() {
        return isNumeric() && steps > 0 && descents == 0 && distinct() >= steps;
    }

    /** Numbers that differ and lie between 2001 and 2099 in seconds, milliseconds, microseconds or nanoseconds. */
    boolean isSinceEpoch() {
        return isNumberLike()
                && distinct() > 1
                && all(v -> {
                    double seconds = Double.parseDouble(v);
                    while (seconds >= 1e12 / 2) {
                        seconds /= 1_000;
                    }
                    return seconds >= 1e9 && seconds < 4.1e9;
                });
    }

    boolean isWrittenTime() {
        return isText() && all(v -> WRITTEN_TIME.matcher(v).matches());
    }

    /** Texts that only a generator of identifiers writes: UUIDs and long hexadecimal numbers. */
    boolean looksGenerated() {
        return isText()
                && all(v -> v.isEmpty()
                        || UUID.matcher(v).matches()
                        || HEX.matcher(v).matches())
                && distinct() > 0;
    }

    private boolean all(Predicate<String> test) {
        return values.get(0).stream().allMatch(test) && values.get(1).stream().allMatch(test);
    }

    int distinct() {
        return Math.max(values.get(0).size(), values.get(1).size());
    }

    /** Share of the smaller run's values that the other run has too; 1 where a run has none. */
    double overlap() {
        Set<String> few = values.get(0).size() <= values.get(1).size() ? values.get(0) : values.get(1);
        Set<String> many = few == values.get(0) ? values.get(1) : values.get(0);
        long real = few.stream().filter(v -> !v.isEmpty()).count();
        if (real == 0) {
            return 1;
        }
        return few.stream().filter(v -> !v.isEmpty() && many.contains(v)).count() / (double) real;
    }
}

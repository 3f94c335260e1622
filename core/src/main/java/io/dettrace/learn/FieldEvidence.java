package io.dettrace.learn;

import io.dettrace.event.Field;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What passing runs show of one field of one kind of event. */
final class FieldEvidence {
    /** Different values that are remembered. */
    static final int MAX_VALUES = 64;

    final String kind;
    final String path;
    private final double[] low;
    private final double[] high;

    /** Events of the kind with the field and without it. */
    long present;

    long absent;

    /** Corresponding events whose values are equal, whose values differ, and of which one lacks the field. */
    long equal;

    long differing;
    long oneSided;

    /** Values with the runs that have them, up to {@link #MAX_VALUES}. */
    final Map<String, BitSet> values = new TreeMap<>();

    boolean manyValues;
    boolean numeric = true;
    boolean whole = true;
    boolean scalar = true;
    private final Map<String, Double> last = new HashMap<>();
    long steps;
    long rises;
    boolean sameStep = true;
    double step = Double.NaN;
    String example = "";

    FieldEvidence(String kind, String path, int runs) {
        this.kind = kind;
        this.path = path;
        low = new double[runs];
        high = new double[runs];
        java.util.Arrays.fill(low, Double.NaN);
        java.util.Arrays.fill(high, Double.NaN);
    }

    static String key(String kind, String path) {
        return kind + "\n" + path;
    }

    /** Tells fields of kinds apart, and puts them in order. */
    String key() {
        return key(kind, path);
    }

    /** Takes a value. */
    void add(int run, String lane, Field f) {
        present++;
        example = example.isEmpty() ? f.text() : example;
        scalar &= f.type() != Field.Type.COMPOSITE;
        if (!manyValues || values.containsKey(f.text())) {
            values.computeIfAbsent(f.text(), v -> new BitSet()).set(run);
            if (values.size() > MAX_VALUES) {
                manyValues = true;
                values.clear();
            }
        }
        double number = number(f);
        numeric &= !Double.isNaN(number);
        whole &= number == Math.rint(number);
        if (numeric) {
            low[run] = Double.isNaN(low[run]) ? number : Math.min(low[run], number);
            high[run] = Double.isNaN(high[run]) ? number : Math.max(high[run], number);
            Double before = last.put(run + " " + lane, number);
            if (before != null) {
                double delta = number - before;
                steps++;
                rises += delta > 0 ? 1 : 0;
                step = Double.isNaN(step) ? delta : step;
                sameStep &= delta == step;
            }
        }
    }

    private static double number(Field f) {
        String text = f.text();
        boolean number = f.type() == Field.Type.NUMBER
                || f.type() == Field.Type.STRING
                        && !text.isEmpty()
                        && text.length() <= 24
                        && (Character.isDigit(text.charAt(0)) || text.charAt(0) == '-');
        if (!number) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }

    /** Least number of all runs but one; -1 leaves none out. */
    double low(int without) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < low.length; i++) {
            least = i == without || Double.isNaN(low[i]) ? least : Math.min(least, low[i]);
        }
        return least;
    }

    /** Greatest number of all runs but one; -1 leaves none out. */
    double high(int without) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < high.length; i++) {
            most = i == without || Double.isNaN(high[i]) ? most : Math.max(most, high[i]);
        }
        return most;
    }

    /** Runs that have the field as a number. */
    int runs() {
        int n = 0;
        for (double l : low) {
            n += Double.isNaN(l) ? 0 : 1;
        }
        return n;
    }

    /** True if corresponding events always agree, and all or none have the field. */
    boolean agrees() {
        return differing == 0 && oneSided == 0;
    }

    /** True if every value occurs in two runs or more. */
    boolean everyValueRecurs() {
        return !manyValues && values.values().stream().allMatch(runs -> runs.cardinality() > 1);
    }
}

package io.dettrace.learn;

import io.dettrace.event.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What one run shows of one field of one kind of event. */
final class FieldFacts {
    /** Different values that are remembered. */
    static final int MAX_VALUES = 64;

    final String kind;
    final String path;

    /** Events with the field. */
    long present;

    /** Values, up to {@link #MAX_VALUES}; none if there are more. */
    final Set<String> values = new TreeSet<>();

    boolean manyValues;
    boolean numeric = true;
    boolean whole = true;
    boolean scalar = true;
    double low = Double.NaN;
    double high = Double.NaN;

    /** Numbers that follow one of the same lane, and how many of them are greater than that. */
    long steps;

    long rises;
    boolean sameStep = true;
    double step = Double.NaN;
    String example = "";
    private final Map<String, Double> last = new HashMap<>();

    FieldFacts(String kind, String path) {
        this.kind = kind;
        this.path = path;
    }

    /** Tells fields of kinds apart, and puts them in order. */
    String key() {
        return key(kind, path);
    }

    static String key(String kind, String path) {
        return kind + "\n" + path;
    }

    /** Takes a value. */
    void add(String lane, Field f) {
        present++;
        example = example.isEmpty() ? f.text() : example;
        scalar &= f.type() != Field.Type.COMPOSITE;
        if (!manyValues && values.add(f.text()) && values.size() > MAX_VALUES) {
            manyValues = true;
            values.clear();
        }
        if (!numeric) {
            return;
        }
        double number = number(f);
        numeric = !Double.isNaN(number);
        if (numeric) {
            whole &= number == Math.rint(number);
            low = Double.isNaN(low) ? number : Math.min(low, number);
            high = Double.isNaN(high) ? number : Math.max(high, number);
            Double before = last.put(lane, number);
            if (before != null) {
                step(number - before);
            }
        }
    }

    private void step(double delta) {
        steps++;
        rises += delta > 0 ? 1 : 0;
        step = Double.isNaN(step) ? delta : step;
        sameStep &= delta == step;
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
}

package io.dettrace.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What passing runs together show of one field of one kind of event. */
final class FieldEvidence {
    final String kind;
    final String path;

    /** What each run that has the field shows. */
    private final List<FieldFacts> runs = new ArrayList<>();

    /** Events of the kind with the field and without it. */
    long present;

    long absent;

    /** Corresponding events whose values are equal, whose values differ, and of which one lacks the field. */
    long equal;

    long differing;
    long oneSided;

    /** Values with the number of runs that have them, up to {@link FieldFacts#MAX_VALUES}. */
    final Map<String, Integer> values = new TreeMap<>();

    boolean manyValues;
    boolean numeric = true;
    boolean whole = true;
    boolean scalar = true;
    long steps;
    long rises;
    boolean sameStep = true;
    double step = Double.NaN;
    String example = "";

    FieldEvidence(String kind, String path) {
        this.kind = kind;
        this.path = path;
    }

    /** Tells fields of kinds apart, and puts them in order. */
    String key() {
        return FieldFacts.key(kind, path);
    }

    /** Takes what one run shows. */
    void add(FieldFacts run) {
        runs.add(run);
        present += run.present;
        manyValues |= run.manyValues;
        if (!manyValues) {
            run.values.forEach(v -> values.merge(v, 1, Integer::sum));
            manyValues = values.size() > FieldFacts.MAX_VALUES;
        }
        if (manyValues) {
            values.clear();
        }
        numeric &= run.numeric;
        whole &= run.whole;
        scalar &= run.scalar;
        steps += run.steps;
        rises += run.rises;
        step = Double.isNaN(step) ? run.step : step;
        sameStep &= run.sameStep && (Double.isNaN(run.step) || run.step == step);
        example = example.isEmpty() ? run.example : example;
    }

    /** Runs that have the field. */
    int runs() {
        return runs.size();
    }

    /** Least number of all runs but one, by its place among those that have the field; -1 leaves none out. */
    double low(int without) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < runs.size(); i++) {
            least = i == without ? least : Math.min(least, runs.get(i).low);
        }
        return least;
    }

    /** Greatest number of all runs but one; -1 leaves none out. */
    double high(int without) {
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < runs.size(); i++) {
            most = i == without ? most : Math.max(most, runs.get(i).high);
        }
        return most;
    }

    /** True if corresponding events always agree, and all or none have the field. */
    boolean agrees() {
        return differing == 0 && oneSided == 0;
    }

    /** True if every value occurs in two runs or more. */
    boolean everyValueRecurs() {
        return !manyValues && values.values().stream().allMatch(n -> n > 1);
    }
}

package io.dettrace.profile;

import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.NoiseRules;
import io.dettrace.normalize.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is noise in the runs of one program: what their fields mean, and rules for what may differ between passing runs. What
 * no rule mentions is compared strictly. Immutable.
 *
 * @param evidence what the profile rests on, by name, in the order of the file
 * @param mapping what the fields mean
 * @param learnt rules that were learnt
 * @param byHand rules that a person wrote; they win over learnt ones
 */
public record Profile(Map<String, String> evidence, Mapping mapping, List<Entry> learnt, List<Entry> byHand) {
    /** Name of the evidence that says how many runs were learnt from. */
    public static final String RUNS = "runs";

    /** Copies the collections. */
    public Profile {
        evidence = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
        learnt = List.copyOf(learnt);
        byHand = List.copyOf(byHand);
    }

    /**
     * A rule and why it is there.
     *
     * @param why evidence or reason in one line, may be empty
     */
    public record Entry(Rule rule, String why) {}

    /** The rules that hold: of several about the same thing one, a person's before a learnt one. */
    public List<Entry> rules() {
        Map<String, Entry> all = new LinkedHashMap<>();
        learnt.forEach(e -> all.put(e.rule().about(), e));
        byHand.forEach(e -> all.put(e.rule().about(), e));
        return List.copyOf(all.values());
    }

    /** The mapping with the rules, as readers apply them. */
    public Mapping ruled() {
        return ruled("profile", Optional.empty());
    }

    /**
     * The same.
     *
     * @param name what people call the profile
     * @param note more that a reader of a report should know
     */
    public Mapping ruled(String name, Optional<String> note) {
        NoiseRules.Builder noise = new NoiseRules.Builder(mapping.fields(Role.KIND));
        Set<Entry> written = new HashSet<>(byHand);
        List<Entry> all = rules();
        for (Entry e : all) {
            String reason = e.why().isEmpty() ? "" : ": " + e.why();
            e.rule()
                    .addTo(
                            noise,
                            written.contains(e)
                                    ? "by hand" + reason
                                    : runs() > 0 ? "learnt from " + runs() + " runs" : "");
            if (written.contains(e)) {
                e.rule().kinds().forEach(noise::expect);
            }
        }
        int own = (int) all.stream().filter(written::contains).count();
        noise.origin(new NoiseRules.Origin(name, runs(), all.size(), own, note));
        return mapping.toBuilder().noise(noise.build()).build();
    }

    /** Passing runs that the learnt rules come from, as far as the evidence says; else 0. */
    public int runs() {
        try {
            return Integer.parseInt(evidence.getOrDefault(RUNS, "0"));
        } catch (NumberFormatException changedByHand) {
            return 0;
        }
    }

    /** The same with other learnt rules. */
    public Profile withLearnt(List<Entry> rules) {
        return new Profile(evidence, mapping, rules, byHand);
    }

    /** The same with one more rule by hand, which stands in place of one that is about the same. */
    public Profile withRule(Entry rule) {
        List<Entry> rules = new ArrayList<>(byHand);
        rules.removeIf(e -> e.rule().about().equals(rule.rule().about()));
        rules.add(rule);
        return new Profile(evidence, mapping, learnt, rules);
    }

    /** The same with other evidence. */
    public Profile withEvidence(Map<String, String> other) {
        return new Profile(other, mapping, learnt, byHand);
    }
}

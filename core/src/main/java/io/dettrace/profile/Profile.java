package io.dettrace.profile;

import io.dettrace.event.InputException;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.NoiseRules;
import io.dettrace.normalize.Role;
import io.dettrace.timing.DelayRule;
import io.dettrace.timing.DelayRules;
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
 * @param delays rules for how long events may take, which have a say in timing only
 */
public record Profile(
        Map<String, String> evidence, Mapping mapping, List<Entry> learnt, List<Entry> byHand, List<DelayRule> delays) {
    /** Name of the evidence that says how many runs were learnt from. */
    public static final String RUNS = "runs";

    /** Copies the collections. */
    public Profile {
        evidence = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
        learnt = List.copyOf(learnt);
        byHand = List.copyOf(byHand);
        delays = List.copyOf(delays);
    }

    /** A profile that says nothing of delays. */
    public Profile(Map<String, String> evidence, Mapping mapping, List<Entry> learnt, List<Entry> byHand) {
        this(evidence, mapping, learnt, byHand, List.of());
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

    /** The rules for delays that hold: of several about the same one, a person's before a learnt one. */
    public List<DelayRule> delayRules() {
        return delays.stream()
                .filter(d -> d.byHand() || delays.stream().noneMatch(o -> o.byHand() && o.isAboutSameAs(d)))
                .toList();
    }

    /**
     * The same for runs; empty if there are none.
     *
     * @param name what people call the profile
     * @param read how the runs are read
     * @throws InputException if rules name kinds and the runs have none
     */
    public Optional<DelayRules> delayRules(String name, Mapping read) throws InputException {
        List<DelayRule> rules = delayRules();
        return rules.isEmpty()
                ? Optional.empty()
                : Optional.of(new DelayRules(name, runs(), rules, read.fields(Role.KIND)));
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
        return new Profile(evidence, mapping, rules, byHand, delays);
    }

    /** The same with one more rule by hand, which stands in place of one that is about the same. */
    public Profile withRule(Entry rule) {
        List<Entry> rules = new ArrayList<>(byHand);
        rules.removeIf(e -> e.rule().about().equals(rule.rule().about()));
        rules.add(rule);
        return new Profile(evidence, mapping, learnt, rules, delays);
    }

    /** The same with other evidence. */
    public Profile withEvidence(Map<String, String> other) {
        return new Profile(other, mapping, learnt, byHand, delays);
    }

    /** The same with other rules for delays. */
    public Profile withDelays(List<DelayRule> rules) {
        return new Profile(evidence, mapping, learnt, byHand, rules);
    }
}

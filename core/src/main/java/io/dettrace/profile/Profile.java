package io.dettrace.profile;

import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.NoiseRules;
import io.dettrace.normalize.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        NoiseRules.Builder noise = new NoiseRules.Builder(mapping.fields(Role.KIND));
        rules().forEach(e -> e.rule().addTo(noise));
        return mapping.toBuilder().noise(noise.build()).build();
    }

    /** The same with other learnt rules. */
    public Profile withLearnt(List<Entry> rules) {
        return new Profile(evidence, mapping, rules, byHand);
    }

    /** The same with other evidence. */
    public Profile withEvidence(Map<String, String> other) {
        return new Profile(other, mapping, learnt, byHand);
    }
}

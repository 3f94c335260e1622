package io.dettrace.compare;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The outcome of comparing two runs.
 *
 * @param roots the divergences that no other explains, the first divergence first
 * @param effects divergences downstream of roots, in causal order, at most {@link CompareOptions#maxEffects()}
 * @param effectCount all effects, stored or not
 * @param effectsByLane number of effects for each lane that has any, by lane name
 * @param matched pairs of events that correspond; substituted pairs are not among them
 * @param baselineEvents events read of the baseline
 * @param candidateEvents events read of the candidate
 * @param lanes number of lanes of the runs, each counted once though rules of a profile may part it
 * @param complete false if reading stopped because every lane had diverged for good long before
 * @param linked whether any event named a predecessor in another lane
 * @param danglingLinks links whose target is not in the run
 * @param cyclicLinks links left out because they close a cycle
 * @param maxQueued largest number of events held unmatched at a time
 */
public record Comparison(
        List<Divergence> roots,
        List<Divergence> effects,
        long effectCount,
        Map<String, Long> effectsByLane,
        long matched,
        long baselineEvents,
        long candidateEvents,
        int lanes,
        boolean complete,
        boolean linked,
        long danglingLinks,
        long cyclicLinks,
        long maxQueued) {

    /** Of runs whose files are the same bytes: equivalent, with nothing read as events. */
    public static Comparison ofIdenticalBytes() {
        return new Comparison(List.of(), List.of(), 0, Map.of(), 0, 0, 0, 0, false, false, 0, 0, 0);
    }

    /** True if the runs are equivalent. */
    public boolean isEqual() {
        return roots.isEmpty();
    }

    /** The root that is least, or empty if the runs are equivalent. */
    public Optional<Divergence> first() {
        return roots.stream().findFirst();
    }
}

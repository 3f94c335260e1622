package io.dettrace.compare;

import java.util.List;
import java.util.Optional;

/**
 * One place where the runs differ: a root, or an effect of roots.
 *
 * @param id number of the divergence: roots count from 0 in their final order, effects follow
 * @param type its class
 * @param lane lane of the expected or actual event
 * @param expected the baseline's event that was due, empty if its lane had ended
 * @param actual what the candidate did instead, empty if its lane had ended
 * @param expectedCount baseline events that the difference covers, 0 or more
 * @param actualCount candidate events that the difference covers, 0 or more
 * @param aligned whether the lane could be re-synchronised behind the difference
 * @param endedSide the run that stopped, for {@link DivergenceClass#ENDED_EARLY}
 * @param depth causal depth: events on the longest causal chain up to this one
 * @param members for an order inversion or a root shared by lanes: the pairs of heads of all lanes involved
 * @param before the last agreeing pairs of the lane, oldest first
 * @param expectedNext the baseline's events that follow in the lane; none for a link or an order inversion
 * @param actualNext the candidate's events that follow in the lane; none for a link or an order inversion
 * @param roots for an effect: ids of the roots that it follows from, ascending; for a root empty
 * @param path for an effect: the causal path from its nearest root, without the effect itself
 */
public record Divergence(
        int id,
        DivergenceClass type,
        String lane,
        Optional<EventPoint> expected,
        Optional<EventPoint> actual,
        long expectedCount,
        long actualCount,
        boolean aligned,
        Optional<Side> endedSide,
        long depth,
        List<Member> members,
        List<MatchedPair> before,
        List<EventPoint> expectedNext,
        List<EventPoint> actualNext,
        List<Integer> roots,
        List<PathStep> path) {

    /** The heads of one lane that takes part in a shared root. */
    public record Member(String lane, Optional<EventPoint> expected, Optional<EventPoint> actual) {}

    /**
     * A step of a causal path.
     *
     * @param side the run whose link was followed
     * @param event the event that received the influence
     * @param fromLane the lane it came from
     */
    public record PathStep(Side side, EventPoint event, String fromLane) {}

    /** Position in the recorded order: the expected event's, or the actual one's where nothing was expected. */
    public long index() {
        return expected.or(() -> actual).map(EventPoint::index).orElse(-1L);
    }

    /** True if no other divergence explains this one. */
    public boolean isRoot() {
        return roots.isEmpty();
    }
}

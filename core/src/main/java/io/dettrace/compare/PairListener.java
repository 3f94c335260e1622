package io.dettrace.compare;

/** Is told of every pair of events that correspond: each lane's pairs in their order, and after their predecessors. */
public interface PairListener {
    /**
     * Takes a pair whose labels are equal.
     *
     * @param lane number of the lane in this comparison, from 0
     * @param baselineLine line, or number, of the baseline's event in its file
     * @param candidateLine the same of the candidate's event
     * @param baselineTime time of the baseline's event, {@link io.dettrace.event.EventBlock#NO_TIME} if it has none
     * @param candidateTime the same of the candidate's event
     */
    void paired(int lane, long baselineLine, long candidateLine, long baselineTime, long candidateTime);
}

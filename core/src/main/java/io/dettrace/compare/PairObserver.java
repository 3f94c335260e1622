package io.dettrace.compare;

/**
 * Is shown every pair of events that correspond, with what enabled them: each lane's pairs in their order, and a pair after
 * the pairs that its links name. Substituted events are not shown.
 */
public interface PairObserver {
    /**
     * Looks at a pair whose labels are equal.
     *
     * @param pair valid during this call only
     */
    void paired(ObservedPair pair);
}

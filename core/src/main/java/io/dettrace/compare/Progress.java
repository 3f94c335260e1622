package io.dettrace.compare;

/** Told how far a comparison has come, about every {@value io.dettrace.event.EventBlock#CAPACITY} events. */
@FunctionalInterface
public interface Progress {
    /** Says nothing. */
    Progress NONE = (baselineBytes, candidateBytes, events) -> {};

    /**
     * @param baselineBytes bytes of the baseline read so far
     * @param candidateBytes bytes of the candidate read so far
     * @param events events of both runs read so far
     */
    void update(long baselineBytes, long candidateBytes, long events);
}

package io.dettrace.timing;

/** How many pairs the timing verdict rests on, and why others were left out. */
final class TimingCounts {
    long judged;
    long roots;
    long early;
    long inherited;
    long caughtUp;
    long repeated;
    long untimed;
    long disturbed;
    long forgotten;
    long backwards;
    long starts;
    long unlearnt;
    long anotherClock;

    /** Delays that would be out of bounds but for the errors of clocks. */
    long withinClocks;

    /** The greatest of those errors, in nanoseconds. */
    long clockError;

    /** How many delays are expected outside the learnt ranges, at most, though nothing is wrong. */
    double chance;
}

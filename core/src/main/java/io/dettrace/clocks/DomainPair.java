package io.dettrace.clocks;

/** What the messages between two clock domains say, in bounded memory. Points are (time by first, time by second). */
final class DomainPair {
    final String first;
    final String second;

    /** Messages from first to second: the second clock's line passes under them. */
    final MessageHull forward = MessageHull.lower();

    /** Messages from second to first: the line passes over them. */
    final MessageHull backward = MessageHull.upper();

    long forwardCount;
    long backwardCount;
    long earliestFirst = Long.MAX_VALUE;
    long latestFirst = Long.MIN_VALUE;
    long earliestSecond = Long.MAX_VALUE;
    long latestSecond = Long.MIN_VALUE;

    DomainPair(String first, String second) {
        this.first = first;
        this.second = second;
    }

    void add(boolean isForward, long atFirst, long atSecond) {
        earliestFirst = Math.min(earliestFirst, atFirst);
        latestFirst = Math.max(latestFirst, atFirst);
        earliestSecond = Math.min(earliestSecond, atSecond);
        latestSecond = Math.max(latestSecond, atSecond);
        if (isForward) {
            forwardCount++;
            forward.add(atFirst, atSecond);
        } else {
            backwardCount++;
            backward.add(atFirst, atSecond);
        }
    }
}

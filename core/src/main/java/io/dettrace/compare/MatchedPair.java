package io.dettrace.compare;

/** Two events that correspond: the same event, seen in both runs. */
public record MatchedPair(EventPoint baseline, EventPoint candidate) {}

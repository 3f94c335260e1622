package io.dettrace.server.live;

import io.dettrace.telemetry.TelemetryMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The requests of one window, sampled by entry point, and its metrics. */
final class WindowSample {
    /** Entry points told apart; further ones count as one. */
    static final int MAX_ENTRIES = 1000;

    /** Points of metrics kept. */
    static final int MAX_METRICS = 20_000;

    final long start;
    final Map<Integer, EntrySample> entries = new TreeMap<>();
    final List<TelemetryMetric> metrics = new ArrayList<>();

    /**
     * @param start milliseconds since the epoch
     */
    WindowSample(long start) {
        this.start = start;
    }

    void add(StoredRequest request, int limit) {
        int entry = entries.containsKey(request.entry()) || entries.size() < MAX_ENTRIES ? request.entry() : 0;
        entries.computeIfAbsent(entry, e -> new EntrySample()).add(request, limit);
    }

    boolean add(TelemetryMetric point) {
        return metrics.size() < MAX_METRICS && metrics.add(point);
    }

    void trim(int limit) {
        entries.values().forEach(e -> e.trim(limit));
    }

    /** Keeps every n-th point of metrics, so that {@code limit} are left at most. */
    void trimMetrics(int limit) {
        int every = Math.max(1, (metrics.size() + limit - 1) / Math.max(1, limit));
        if (every > 1) {
            List<TelemetryMetric> few = new ArrayList<>();
            for (int i = 0; i < metrics.size(); i += every) {
                few.add(metrics.get(i));
            }
            metrics.clear();
            metrics.addAll(few);
        }
    }

    long items() {
        return entries.values().stream().mapToLong(EntrySample::items).sum();
    }

    /** Requests that there were, sampled or not. */
    long seen() {
        return entries.values().stream().mapToLong(EntrySample::seen).sum();
    }

    /**
     * Sampled requests of an entry point.
     *
     * @param requests in their order
     * @param weight how many requests each stands for
     */
    record Part(List<StoredRequest> requests, double weight) {}

    /** The sampled requests by entry point; {@code times} as many as there were here are to be stood for. */
    List<Part> parts(double times) {
        List<Part> parts = new ArrayList<>();
        for (EntrySample e : entries.values()) {
            List<StoredRequest> sorted = e.sorted();
            parts.add(new Part(sorted, times * e.seen() / Math.max(1, sorted.size())));
        }
        return parts;
    }

    /** The sampled requests, by entry point and then in their order. */
    List<StoredRequest> requests() {
        List<StoredRequest> all = new ArrayList<>();
        entries.values().forEach(e -> all.addAll(e.sorted()));
        return all;
    }
}

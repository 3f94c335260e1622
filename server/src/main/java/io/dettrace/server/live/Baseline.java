package io.dettrace.server.live;

import io.dettrace.telemetry.TelemetryMetric;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last quiet windows. Those that it holds share the places of each entry point equally. */
final class Baseline {
    private final int maxWindows;
    private final Deque<WindowSample> windows = new ArrayDeque<>();

    Baseline(int maxWindows) {
        this.maxWindows = maxWindows;
    }

    /** Takes a quiet window in, the oldest out if there are too many, and leaves {@code sample} requests an entry point. */
    void add(WindowSample window, int sample) {
        windows.addLast(window);
        if (windows.size() > maxWindows) {
            windows.removeFirst();
        }
        trim(sample);
    }

    void trim(int sample) {
        if (windows.isEmpty()) {
            return;
        }
        int each = Math.max(1, (sample + windows.size() - 1) / windows.size());
        windows.forEach(w -> w.trim(each));
        windows.forEach(w -> w.trimMetrics(Math.max(1, WindowSample.MAX_METRICS / windows.size())));
    }

    void clear() {
        windows.clear();
    }

    int size() {
        return windows.size();
    }

    Iterable<WindowSample> windows() {
        return windows;
    }

    long items() {
        return windows.stream().mapToLong(WindowSample::items).sum();
    }

    /**
     * The sampled requests; each stands for more if windows in between are not in the baseline, so that rates come out right.
     *
     * @param length of a window, in milliseconds
     */
    List<WindowSample.Part> parts(long length) {
        List<WindowSample.Part> all = new ArrayList<>();
        if (windows.isEmpty()) {
            return all;
        }
        double whole = windows.getLast().start + length - windows.getFirst().start;
        double gaps = whole / (windows.size() * length);
        windows.forEach(w -> all.addAll(w.parts(gaps)));
        return all;
    }

    List<TelemetryMetric> metrics() {
        List<TelemetryMetric> all = new ArrayList<>();
        windows.forEach(w -> all.addAll(w.metrics));
        return all;
    }
}

package io.dettrace.replay;

import io.dettrace.replay.Proof.Held;
import io.dettrace.replay.Proof.Step;
import io.dettrace.replay.programs.FaultMarkers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds the window that a proof names against the markers in a program's source. An event lies at every line of the program
 * by which it was come to, so a marked call holds what the callee does.
 */
final class WindowJudge {
    private static final Pattern LINE = Pattern.compile("\\(([^():]+):(\\d+)\\)");

    /** A region that is longer names nothing. */
    private static final int MOST_LINES = 10;

    /** How far the named window is the marked one. */
    enum Verdict {
        /** Both ends lie in one marked window, and the conflicting access of the intruder is marked. */
        YES(true),
        /** The same two stretches are named, but the marked one is the intruder's. */
        MIRRORED(true),
        /** Of a deadlock: what a thread holds and where it waits lie in one marked window. */
        LOCKS(true),
        /** Of a deadlock: where a thread waits to be notified lies in a marked window, and the last notification is marked. */
        SIGNAL(true),
        /** The named lines of a method contain a marked window, and the conflicting access of the intruder is marked. */
        AROUND(true),
        /** Only one end lies in a marked window; the other is outside. */
        ONE_END(false),
        /** Nothing of it. */
        NO(false);

        final boolean holds;

        Verdict(boolean holds) {
            this.holds = holds;
        }
    }

    private final String file;
    private final FaultMarkers markers;
    private final Proof proof;

    private WindowJudge(String file, FaultMarkers markers, Proof proof) {
        this.file = file;
        this.markers = markers;
        this.proof = proof;
    }

    /** Judges a proof of the program in a source file. */
    static Verdict judge(String file, FaultMarkers markers, Proof proof) {
        return new WindowJudge(file, markers, proof).judge();
    }

    private Verdict judge() {
        for (Held h : proof.deadlock()) {
            if (locks(h)) {
                return Verdict.LOCKS;
            }
        }
        Verdict window = window();
        return !window.holds && proof.deadlock().stream().anyMatch(this::signal) ? Verdict.SIGNAL : window;
    }

    private Verdict window() {
        Optional<Window> named = proof.telling().flatMap(Step::window);
        if (named.isEmpty() || named.get().between().isEmpty()) {
            return Verdict.NO;
        }
        Window w = named.get();
        List<LogEvent> ends = new ArrayList<>();
        w.before().ifPresent(ends::add);
        w.after().ifPresent(ends::add);
        List<LogEvent> intruder = new ArrayList<>();
        w.between().ifPresent(intruder::add);
        w.second().ifPresent(intruder::add);
        long inside = within(ends);
        if (inside == ends.size() && intruder.stream().anyMatch(this::marked)) {
            return Verdict.YES;
        }
        if (intruder.size() == 2 && within(intruder) == 2 && ends.stream().allMatch(this::marked)) {
            return Verdict.MIRRORED;
        }
        if (intruder.stream().anyMatch(this::marked)
                && w.region(proof.paths()).filter(this::contains).isPresent()) {
            return Verdict.AROUND;
        }
        return inside > 0 && intruder.stream().anyMatch(this::marked) ? Verdict.ONE_END : Verdict.NO;
    }

    /** The most of the events that one marked window holds. */
    private long within(List<LogEvent> events) {
        return markers.windows().stream()
                .mapToLong(marked -> events.stream()
                        .filter(e -> in(marked, proof.paths().of(e)))
                        .count())
                .max()
                .orElse(0);
    }

    private boolean locks(Held thread) {
        return markers.windows().stream()
                .filter(marked -> in(marked, proof.paths().waiting(thread)))
                .anyMatch(marked -> thread.holds().stream()
                        .anyMatch(e -> in(marked, proof.paths().of(e))));
    }

    private boolean signal(Held thread) {
        return thread.lastSignal().filter(this::marked).isPresent()
                && markers.windows().stream()
                        .anyMatch(marked -> in(marked, proof.paths().waiting(thread)));
    }

    private boolean contains(Region named) {
        return named.file().equals(file)
                && named.to() - named.from() <= MOST_LINES
                && markers.windows().stream()
                        .anyMatch(marked -> named.from() <= marked.begin() && marked.end() <= named.to());
    }

    private boolean in(FaultMarkers.Window marked, List<String> path) {
        return lines(path).stream().anyMatch(marked::contains);
    }

    /**
     * Whether an access is marked as an intruder's. A window that holds such a mark is run by several threads, which intrude
     * on each other: there each of its lines counts.
     */
    private boolean marked(LogEvent e) {
        List<Integer> lines = lines(proof.paths().of(e));
        return lines.stream().anyMatch(markers.intruders()::contains)
                || markers.windows().stream()
                        .filter(w -> markers.intruders().stream().anyMatch(w::contains))
                        .anyMatch(w -> lines.stream().anyMatch(w::contains));
    }

    private List<Integer> lines(List<String> path) {
        List<Integer> lines = new ArrayList<>();
        for (String frame : path) {
            Matcher place = LINE.matcher(frame);
            if (place.find() && place.group(1).equals(file)) {
                lines.add(Integer.parseInt(place.group(2)));
            }
        }
        return lines;
    }

    /** The named lines in short: ends, intruder and locks, for the table. */
    static String brief(Proof proof) {
        StringBuilder text = new StringBuilder();
        proof.telling().flatMap(Step::window).ifPresent(w -> {
            text.append(w.kind().word()).append(' ').append(lines(proof, w.before()));
            text.append(" [").append(lines(proof, w.between()));
            w.second().ifPresent(e -> text.append(", ").append(lines(proof, Optional.of(e))));
            text.append("] ").append(lines(proof, w.after()));
            w.region(proof.paths())
                    .ifPresent(r -> text.append(" in ").append(r.place().replaceAll(".*\\.(?=[^.]+\\()", "")));
        });
        for (Held h : proof.deadlock()) {
            text.append("; ").append(h.thread()).append(" holds ");
            h.holds().forEach(e -> text.append(lines(proof, Optional.of(e))).append(' '));
            text.append("waits ").append(numbers(proof.paths().waiting(h)));
            h.lastSignal().ifPresent(e -> text.append(" signal ").append(lines(proof, Optional.of(e))));
        }
        return text.toString();
    }

    private static String lines(Proof proof, Optional<LogEvent> event) {
        return event.map(e -> numbers(proof.paths().of(e))).orElse("-");
    }

    private static String numbers(List<String> path) {
        List<String> lines = new ArrayList<>();
        for (String frame : path.subList(0, Math.min(4, path.size()))) {
            Matcher place = LINE.matcher(frame);
            lines.add(place.find() ? place.group(2) : "?");
        }
        return String.join("<", lines);
    }
}

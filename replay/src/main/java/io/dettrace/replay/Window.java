package io.dettrace.replay;

import io.dettrace.replay.schedule.Decision;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The stretch of a thread's events into which another thread came.
 *
 * @param decision the decision that let it in
 * @param kind what was broken
 * @param interrupted path of the thread that had to wait
 * @param intruder path of the thread that came in between
 * @param before the interrupted thread's access that opens the window; absent where only the order matters
 * @param between the intruder's access that conflicts; absent where none is known
 * @param second another access of the intruder's, where {@code between} conflicts with one end only and this with the other
 * @param after the interrupted thread's access that closes the window; absent if it never came to it
 * @param last the interrupted thread's last event before the switch
 * @param next the interrupted thread's first event after the switch, or what it would have done
 * @param ran number of events of others between these two
 * @param intrusion the first of these events, at most {@link #SHOWN}
 * @param passesLater true if it was tried that the run passes when the switch comes just after the window's close
 * @param passesEarlier true if it was tried that the run passes when the switch comes just before the window's opening
 * @param exact true if {@code after} itself, not an event before it, is the one after which the switch does no harm
 */
record Window(
        Decision decision,
        Kind kind,
        String interrupted,
        String intruder,
        Optional<LogEvent> before,
        Optional<LogEvent> between,
        Optional<LogEvent> second,
        Optional<LogEvent> after,
        Optional<LogEvent> last,
        Optional<LogEvent> next,
        int ran,
        List<LogEvent> intrusion,
        boolean passesLater,
        boolean passesEarlier,
        boolean exact) {
    /** Most events of the intruder that are shown. */
    static final int SHOWN = 12;

    /** What the intruder broke. */
    enum Kind {
        /** Two accesses of one thing that belong together had another between them. */
        ATOMICITY,
        /** Accesses of two things that belong together had others between them. */
        ATOMICITY_OF_SEVERAL,
        /** Two accesses came in the wrong order. */
        ORDER,
        /** No conflicting access is in the log. */
        UNKNOWN;

        /** The kind in the report. */
        String word() {
            return switch (this) {
                case ATOMICITY -> "atomicity";
                case ATOMICITY_OF_SEVERAL -> "atomicity_of_several";
                case ORDER -> "order";
                case UNKNOWN -> "unknown";
            };
        }
    }

    /** The same with what was tried of its ends. */
    Window tried(boolean later, boolean earlier, boolean closesExactly) {
        return new Window(
                decision,
                kind,
                interrupted,
                intruder,
                before,
                between,
                second,
                after,
                last,
                next,
                ran,
                intrusion,
                later,
                earlier,
                closesExactly);
    }

    /** The events that the window names. */
    List<LogEvent> named() {
        return Stream.of(before, between, second, after, last, next)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The lines of the interrupted thread between which the intruder came, if both ends are known. */
    Optional<Region> region(CallPaths paths) {
        Optional<LogEvent> from = before.or(this::last);
        Optional<LogEvent> to = after.or(this::next);
        return kind == Kind.UNKNOWN || kind == Kind.ORDER || from.isEmpty() || to.isEmpty()
                ? Optional.empty()
                : Region.around(paths.of(from.get()), paths.of(to.get()));
    }

    /** The intruder's lines that came in between, if it is two accesses that matter. */
    Optional<Region> intrudingRegion(CallPaths paths) {
        return second.isEmpty() || between.isEmpty()
                ? Optional.empty()
                : Region.around(paths.of(between.get()), paths.of(second.get()));
    }

    /**
     * How telling the window is, less for more: a close that was tried before one that follows from it, conflicts of memory
     * before those of calls and locks, both ends before one.
     */
    int rank() {
        int ends = switch (kind) {
            case ATOMICITY -> 0;
            case ATOMICITY_OF_SEVERAL -> 1;
            case ORDER -> 2;
            case UNKNOWN -> 3;
        };
        int sort = between.map(e -> e.sort().ordinal()).orElse(LogEvent.Sort.OTHER.ordinal());
        return 10 * sort + ends - (passesLater ? 20 : 0) - (exact ? 5 : 0);
    }
}

package io.dettrace.report;

import io.dettrace.clocks.ClockCollector;
import io.dettrace.clocks.ClockTable;
import io.dettrace.event.InputNote;
import java.util.List;

/**
 * The clocks of a run, to be shown.
 *
 * @param name the run's name
 * @param files its files as the user wrote them
 * @param maxSkewPpm how much the rates of two clocks were allowed to differ, in parts per million
 * @param counts what was read
 * @param table the clocks
 * @param notes what was tolerated
 */
public record ClockReport(
        String name,
        List<String> files,
        double maxSkewPpm,
        ClockCollector.Counts counts,
        ClockTable table,
        List<InputNote> notes) {
    /** Lists that cannot be changed are kept. */
    public ClockReport {
        files = List.copyOf(files);
        notes = List.copyOf(notes);
    }
}

package io.dettrace.report;

import io.dettrace.event.InputNote;
import io.dettrace.oracle.history.Limits;
import io.dettrace.oracle.history.Linearizability;
import java.util.List;

/**
 * What there is to say of a history that was checked.
 *
 * @param name the run
 * @param files its files
 * @param hasLines true if places are lines, false if they are the events' numbers
 * @param why why this model was taken
 * @param fields the fields that made the run a history, as {@code name=path}
 * @param sorted true if events were put into the order of their times
 * @param limits what the search was allowed to do
 * @param found the answer
 * @param notes what was tolerated
 */
public record HistoryReport(
        String name,
        List<String> files,
        boolean hasLines,
        String why,
        List<String> fields,
        boolean sorted,
        Limits limits,
        Linearizability found,
        List<InputNote> notes) {}

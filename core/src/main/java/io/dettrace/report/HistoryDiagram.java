package io.dettrace.report;

import io.dettrace.oracle.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Operations as a picture: a row for each process, time to the right. Two operations overlap in the picture if and only if they
 * overlapped in time; lengths mean nothing.
 */
final class HistoryDiagram {
    private static final int WIDEST = 160;

    private record End(int event, Operation operation, boolean returns) {}

    private final Map<Operation, Integer> begins = new LinkedHashMap<>();
    private final Map<Operation, Integer> ends = new LinkedHashMap<>();

    private HistoryDiagram(List<Operation> operations) {
        List<End> events = new ArrayList<>();
        for (Operation o : operations) {
            events.add(new End(o.invoked(), o, false));
            events.add(new End(o.returned(), o, true));
        }
        events.sort(Comparator.comparingInt(End::event));
        int column = 0;
        for (End e : events) {
            if (e.returns) {
                int shortest = begins.get(e.operation)
                        + HistoryWords.operation(e.operation).length()
                        + 5;
                column = Math.max(column, shortest);
                ends.put(e.operation, column);
                column++;
            } else {
                begins.put(e.operation, column);
                column += 2;
            }
        }
    }

    /** The rows; none if they would be too wide. */
    static List<String> of(List<Operation> operations) {
        return new HistoryDiagram(operations).rows();
    }

    private List<String> rows() {
        Map<String, StringBuilder> rows = new LinkedHashMap<>();
        int names = begins.keySet().stream()
                .mapToInt(o -> o.process().length())
                .max()
                .orElse(0);
        begins.forEach((o, from) -> {
            StringBuilder row = rows.computeIfAbsent(
                    o.process(), p -> new StringBuilder(p).append(" ".repeat(names - p.length() + 2)));
            int to = ends.get(o);
            String label = HistoryWords.operation(o);
            int line = to - from - 3 - label.length();
            row.append(" ".repeat(Math.max(0, names + 2 + from - row.length())))
                    .append("├─ ".substring(0, 2))
                    .append(' ')
                    .append(label)
                    .append(' ')
                    .append("─".repeat(Math.max(0, line - 1)))
                    .append('┤');
        });
        boolean tooWide = rows.values().stream().anyMatch(r -> r.length() > WIDEST);
        return tooWide
                ? List.of()
                : rows.values().stream().map(StringBuilder::toString).toList();
    }
}

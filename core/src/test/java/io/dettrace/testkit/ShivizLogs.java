package io.dettrace.testkit;

import io.dettrace.testkit.TestTrace.Event;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The vector-clock logs under {@code shiviz/} as traces; a parser for tests only, one regular expression a layout. */
public final class ShivizLogs {
    private static final Pattern CLOCK_FIRST = Pattern.compile("^(\\S+) (\\{.*\\})\\n(.*)$", Pattern.MULTILINE);
    private static final Pattern TEXT_FIRST =
            Pattern.compile("^(?:\\d{16,} )?(.*)\\n(\\S+) (\\{.*\\})$", Pattern.MULTILINE);
    private static final Pattern ONE_LINE = Pattern.compile("^.*/user/(\\w+)\\] (\\{.*?\\}) (.*)$", Pattern.MULTILINE);
    private static final Pattern ENTRY = Pattern.compile("\"([^\"]+)\"\\s*:\\s*(\\d+)");

    private ShivizLogs() {}

    /** Five logs of different systems, by name. */
    public static Map<String, TestTrace> five() {
        Map<String, TestTrace> logs = new LinkedHashMap<>();
        logs.put("chord", parse(read("chord.log"), CLOCK_FIRST, 1, 2, 3));
        logs.put("facebook", parse(read("facebook.log"), TEXT_FIRST, 2, 3, 1));
        logs.put("reliable-broadcast", parse(read("reliable-broadcast.log"), ONE_LINE, 1, 2, 3));
        logs.put("simple-reliable-broadcast", parse(read("simple-reliable-broadcast.log"), ONE_LINE, 1, 2, 3));
        logs.put("spin-locks", parse(read("tsviz_fslock_24t_4sp.log"), TEXT_FIRST, 2, 3, 1));
        return logs;
    }

    /** The two executions of {@code facebook-multiple.log}. */
    public static List<TestTrace> facebookPair() {
        List<TestTrace> runs = new ArrayList<>();
        for (String part : read("facebook-multiple.log").split("(?m)^=== .* ===\\n")) {
            if (!part.isBlank()) {
                runs.add(parse(part, TEXT_FIRST, 2, 3, 1));
            }
        }
        return runs;
    }

    /** The five and the second execution of {@code facebook-multiple.log}. */
    public static Map<String, TestTrace> six() {
        Map<String, TestTrace> logs = new LinkedHashMap<>(five());
        logs.put("facebook-multiple-2", facebookPair().get(1));
        return logs;
    }

    private static String read(String name) {
        try (InputStream in = ShivizLogs.class.getResourceAsStream("/shiviz/" + name)) {
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            StringBuilder text = new StringBuilder();
            reader.lines().forEach(l -> text.append(l).append('\n'));
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Row(String host, Map<String, Long> clock, String text) {}

    private static TestTrace parse(String log, Pattern event, int host, int clock, int text) {
        List<Row> rows = new ArrayList<>();
        Map<String, TreeMap<Long, Integer>> byClock = new HashMap<>();
        Matcher m = event.matcher(log);
        while (m.find()) {
            Map<String, Long> counts = new TreeMap<>();
            Matcher entry = ENTRY.matcher(m.group(clock));
            while (entry.find()) {
                counts.put(entry.group(1), Long.parseLong(entry.group(2)));
            }
            String lane = m.group(host);
            byClock.computeIfAbsent(lane, l -> new TreeMap<>()).put(counts.get(lane), rows.size());
            rows.add(new Row(lane, counts, m.group(text)));
        }
        return trace(rows, byClock);
    }

    private static TestTrace trace(List<Row> rows, Map<String, TreeMap<Long, Integer>> byClock) {
        TestTrace trace = new TestTrace();
        Map<Integer, Event> events = new HashMap<>();
        List<Integer> order = new ArrayList<>();
        byClock.values().forEach(lane -> order.addAll(lane.values()));
        order.sort(Comparator.comparingLong((Integer i) -> rows.get(i).clock.values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .thenComparingInt(i -> i));
        for (int i : order) {
            Row row = rows.get(i);
            events.put(i, trace.add(row.host, row.text));
        }
        byClock.forEach((host, lane) -> {
            Map<String, Long> known = new HashMap<>();
            for (int i : lane.values()) {
                rows.get(i).clock.forEach((of, count) -> {
                    if (!of.equals(host) && count > known.getOrDefault(of, 0L)) {
                        known.put(of, count);
                        Map.Entry<Long, Integer> pred =
                                byClock.getOrDefault(of, new TreeMap<>()).floorEntry(count);
                        if (pred != null) {
                            events.get(i).preds.add(events.get(pred.getValue()));
                        }
                    }
                });
            }
        });
        return trace;
    }
}

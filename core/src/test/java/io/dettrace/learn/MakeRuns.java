package io.dettrace.learn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes passing runs of one of the {@link Systems} as JSON lines, and beside them a faulty one, {@code bad.jsonl}. Arguments:
 * system, folder, number of runs, how often each run is repeated (default 1), seed (default 0).
 */
final class MakeRuns {
    private MakeRuns() {}

    public static void main(String[] args) throws IOException {
        Systems system = Systems.valueOf(args[0].toUpperCase(Locale.ROOT));
        Path folder = Files.createDirectories(Path.of(args[1]));
        int runs = Integer.parseInt(args[2]);
        int times = args.length > 3 ? Integer.parseInt(args[3]) : 1;
        long seed = args.length > 4 ? Long.parseLong(args[4]) : 0;
        for (int i = 0; i < runs; i++) {
            write(folder.resolve("good" + (i + 1) + ".jsonl"), system, seed + i, times, false);
        }
        write(folder.resolve("bad.jsonl"), system, seed + runs, times, true);
    }

    private static void write(Path file, Systems system, long seed, int times, boolean faulty) throws IOException {
        try (JsonGenerator json =
                new JsonFactory().setRootValueSeparator("\n").createGenerator(Files.newBufferedWriter(file))) {
            for (int t = 0; t < times; t++) {
                List<Map<String, Object>> records = system.records(seed * times + t);
                int at = 0;
                for (Map<String, Object> record : records) {
                    boolean fault = faulty && t == times - 1 && at++ == records.size() * 2 / 3;
                    write(json, record, fault);
                }
            }
            json.writeRaw('\n');
        }
    }

    /** Writes a record; a faulty one with its last field changed. */
    private static void write(JsonGenerator json, Map<String, Object> record, boolean faulty) throws IOException {
        json.writeStartObject();
        int left = record.size();
        for (Map.Entry<String, Object> e : record.entrySet()) {
            boolean wrong = faulty && --left == 0;
            if (e.getValue() instanceof Number n) {
                json.writeNumberField(e.getKey(), n.longValue() + (wrong ? 1_000 : 0));
            } else {
                json.writeStringField(e.getKey(), e.getValue() + (wrong ? "!" : ""));
            }
        }
        json.writeEndObject();
    }
}

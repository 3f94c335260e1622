package io.dettrace.population;

import io.dettrace.event.Field;
import io.dettrace.learn.RunTable;
import io.dettrace.normalize.Mapping;
import io.dettrace.normalize.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Three workers that each add to a balance, reading and writing it without a lock; a run fails if a write was lost. */
final class Bank {
    static final Mapping MAPPING = Mapping.builder()
            .field(Role.LANE, "thread")
            .field(Role.KIND, "event")
            .field(Role.IGNORE, "note")
            .build();

    private Bank() {}

    /** Passing or failing runs, of the seeds from {@code seed} on. */
    static List<RunTable> runs(boolean passing, int number, long seed) {
        List<RunTable> runs = new ArrayList<>();
        for (long s = seed; runs.size() < number; s++) {
            RunTable table = new RunTable((passing ? "good" : "bad") + s);
            if (run(table, new Random(s * 7_919)) == passing) {
                runs.add(table);
            }
        }
        return runs;
    }

    private static boolean run(RunTable table, Random random) {
        List<Deque<String>> workers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            workers.add(new ArrayDeque<>(List.of("start", "read", "compute", "write", "done")));
        }
        int[] read = new int[3];
        int balance = 0;
        int worker = 0;
        while (workers.stream().anyMatch(w -> !w.isEmpty())) {
            if (workers.get(worker).isEmpty() || random.nextInt(4) == 0) {
                worker = random.nextInt(3);
                continue;
            }
            String event = workers.get(worker).poll();
            read[worker] = event.equals("read") ? balance : read[worker];
            balance = event.equals("write") ? read[worker] + 10 : balance;
            add(table, "worker" + worker, event, random.nextInt(100));
        }
        boolean right = balance == 30;
        add(table, "main", "check", random.nextInt(100));
        add(table, "main", right ? "exit" : "assertion failed", random.nextInt(100));
        return right;
    }

    private static void add(RunTable table, String thread, String event, int note) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("thread", thread);
        fields.put("event", event);
        fields.put("note", Integer.toString(note));
        table.add(
                fields.entrySet().stream()
                        .map(e -> new Field(e.getKey(), Field.Type.STRING, e.getValue()))
                        .toList(),
                table.name(),
                table.size() + 1);
    }
}

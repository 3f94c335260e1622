package io.dettrace.learn;

import io.dettrace.event.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * Five made programs whose passing runs differ as real ones do: by interleaving, times, identifiers, retries, values of
 * sensors. Each run is made from a seed.
 */
enum Systems {
    /** Threads that serve requests: optional pauses, two steps in either order, costs. */
    THREADS(Systems::threads),
    /** Services that call each other: span identifiers, a retry now and then, sizes. */
    SERVICES(Systems::services),
    /** Firmware: timers that tick, a sensor with noise, a counter that starts anywhere, a command that comes some time. */
    FIRMWARE(Systems::firmware),
    /** Workflows: activities side by side, polls, identifiers, a server's version. */
    WORKFLOW(Systems::workflow),
    /** A pool whose workers take tasks as they come. */
    POOL(Systems::pool);

    private final BiConsumer<Random, Maker> program;

    Systems(BiConsumer<Random, Maker> program) {
        this.program = program;
    }

    /** A passing run. */
    RunTable run(long seed) {
        return table(seed, records(seed));
    }

    /** The events of a passing run. */
    List<Map<String, Object>> records(long seed) {
        Random random = new Random(seed * 7919 + ordinal());
        Maker maker = new Maker(random);
        program.accept(random, maker);
        return maker.interleaved();
    }

    /** A run of given events. */
    RunTable table(long seed, List<Map<String, Object>> records) {
        RunTable table = new RunTable(name().toLowerCase(java.util.Locale.ROOT) + seed);
        int line = 1;
        for (Map<String, Object> record : records) {
            List<Field> fields = new ArrayList<>();
            record.forEach((path, value) -> fields.add(new Field(
                    path, value instanceof Number ? Field.Type.NUMBER : Field.Type.STRING, value.toString())));
            table.add(fields, table.name(), line++);
        }
        return table;
    }

    /** Events by lane, which are then interleaved at random. */
    private static final class Maker {
        private final Random random;
        private final Map<String, List<Map<String, Object>>> lanes = new LinkedHashMap<>();

        Maker(Random random) {
            this.random = random;
        }

        void add(String lane, String event, Object... fields) {
            Map<String, Object> record = new LinkedHashMap<>();
            record.put("event", event);
            for (int i = 0; i < fields.length; i += 2) {
                record.put((String) fields[i], fields[i + 1]);
            }
            lanes.computeIfAbsent(lane, l -> new ArrayList<>()).add(record);
        }

        String id() {
            return String.format("%016x%016x", random.nextLong(), random.nextLong());
        }

        List<Map<String, Object>> interleaved() {
            List<Map<String, Object>> all = new ArrayList<>();
            Map<String, Integer> next = new LinkedHashMap<>();
            List<String> open = new ArrayList<>(lanes.keySet());
            long time = 1_700_000_000_000_000L + random.nextInt(1 << 30);
            while (!open.isEmpty()) {
                String lane = open.get(random.nextInt(open.size()));
                int at = next.merge(lane, 1, Integer::sum) - 1;
                Map<String, Object> record = new LinkedHashMap<>();
                record.put("ts_us", time += 20 + random.nextInt(2_000));
                record.put("thread", lane);
                record.putAll(lanes.get(lane).get(at));
                all.add(record);
                if (at + 1 == lanes.get(lane).size()) {
                    open.remove(lane);
                }
            }
            return all;
        }
    }

    private static void threads(Random r, Maker m) {
        for (int i = 0; i < 48; i++) {
            String lane = "worker-" + i % 4;
            String request = m.id();
            m.add(lane, "accept", "request", request, "path", "/item/" + i % 7, "bytes", 100 + i);
            m.add(lane, "parse", "request", request, "fields", 3 + i % 5);
            m.add(lane, "check", "request", request, "rule", "r" + i % 3, "result", "ok");
            if (i % 6 == 0 && r.nextInt(3) == 0) {
                m.add(lane, "gc", "pause_kind", "young");
            }
            List<Runnable> either = new ArrayList<>(List.of(
                    () -> m.add(lane, "cache_write", "request", request),
                    () -> m.add(lane, "audit", "request", request, "level", "info")));
            if (i % 8 == 0 && r.nextBoolean()) {
                Collections.reverse(either);
            }
            either.forEach(Runnable::run);
            m.add(lane, "reply", "request", request, "status", 200, "bytes", 40 + i * 3);
        }
    }

    private static void services(Random r, Maker m) {
        for (int i = 0; i < 30; i++) {
            String order = m.id();
            m.add("gateway", "request", "order_id", order, "route", "/buy/" + i % 4);
            m.add("stock", "reserve", "order_id", order, "item", "sku-" + i % 9, "count", 1 + i % 3);
            m.add("stock", "reserved", "order_id", order, "left", 500 - i);
            m.add("payment", "charge", "order_id", order, "cents", 100 * (1 + i % 9));
            if (i % 10 == 4 && r.nextInt(3) == 0) {
                m.add("payment", "retry", "order_id", order, "reason", "timeout");
            }
            m.add("payment", "charged", "order_id", order, "bank", "b" + i % 2);
            m.add("gateway", "response", "order_id", order, "status", "confirmed", "score", 300 + r.nextInt(90));
        }
    }

    private static void firmware(Random r, Maker m) {
        int counter = r.nextInt(10_000);
        for (int i = 0; i < 60; i++) {
            m.add("timer", "tick", "count", counter + i, "mode", i < 30 ? "warm" : "run");
            m.add("timer", "watchdog", "state", "fed");
            m.add("adc", "convert", "channel", i % 4, "raw", 2_000 + r.nextInt(60));
            m.add("adc", "store", "slot", i % 16, "flags", "0x" + Integer.toHexString(i % 5));
            m.add("uart", "tx", "byte", 32 + i % 64, "parity", i % 2);
        }
    }

    private static void workflow(Random r, Maker m) {
        for (int w = 0; w < 8; w++) {
            String lane = "workflow-" + w;
            String run = m.id();
            m.add(lane, "WorkflowStarted", "run", run, "type", "Order", "input", "order " + w);
            m.add(lane, "TaskScheduled", "queue", "main");
            m.add(lane, "TaskCompleted", "sdk", "1.2." + 0);
            List<String> activities = new ArrayList<>(List.of("ChargeCard", "ReserveStock"));
            if (r.nextBoolean()) {
                Collections.reverse(activities);
            }
            for (String a : activities) {
                m.add(lane, a + "Completed", "result", a + " done " + w);
            }
            m.add(lane, "TimerStarted", "seconds", 30);
            m.add(lane, "TimerFired", "timer", "t" + w);
            for (int i = 0; i < 6; i++) {
                m.add(lane, "Step" + i, "value", w * i, "unit", "pieces");
            }
            m.add(lane, "WorkflowCompleted", "run", run, "result", "shipped");
        }
    }

    private static void pool(Random r, Maker m) {
        for (int task = 0; task < 24; task++) {
            int worker = r.nextInt(4);
            for (String step : List.of("enqueued", "started", "loaded", "computed", "stored", "finished")) {
                m.add("task " + task, step, "task", task, "worker", "w" + worker, "amount", task * step.length());
            }
        }
    }
}

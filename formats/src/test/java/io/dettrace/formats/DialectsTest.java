package io.dettrace.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.compare.CompareOptions;
import io.dettrace.compare.Divergence;
import io.dettrace.report.Explanation;
import io.dettrace.report.TextReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What users log is as different as they are. One execution of a small message-passing program is written in many dialects
 * of JSON lines, interleaved anew for each run and with the run's own ids, times and numbers, and nothing is declared: the
 * mapping has to be inferred. Equivalent runs must be found equivalent, and a fault must be the first divergence.
 */
class DialectsTest {
    private static final int TRIALS = 12;

    @TempDir
    Path folder;

    /** An event of the program; {@code message} is the number of the message it sends or receives, or -1. */
    private record Step(int lane, String kind, int value, int message, int peer, boolean receives) {
        Step with(int other) {
            return new Step(lane, kind, other, message, peer, receives);
        }
    }

    /** What differs from run to run and must not matter. */
    private static final class Noise {
        final Random random;
        final Map<Integer, String> uuids = new HashMap<>();
        final int firstPid;
        final int firstMessage;
        long millis;
        int sequence;
        final int[] perLane = new int[16];
        final Map<Integer, Integer> sendOf = new HashMap<>();

        Noise(Random random) {
            this.random = random;
            firstPid = 1_000 + random.nextInt(20_000);
            firstMessage = random.nextInt(1_000_000);
            millis = 1_700_000_000_000L + random.nextInt(1_000_000_000);
        }

        String uuid(int of) {
            return uuids.computeIfAbsent(of, k -> new UUID(random.nextLong(), random.nextLong()).toString());
        }

        long tick() {
            millis += random.nextInt(20);
            return millis;
        }

        int sequence() {
            return sequence++;
        }
    }

    private enum Dialect {
        THREADS {
            @Override
            String line(Step s, Noise n) {
                return "{\"ts\":" + n.tick() + ",\"thread\":\"worker-" + s.lane + "\",\"event\":\"" + s.kind
                        + "\",\"value\":" + s.value + "}";
            }
        },
        VECTOR_CLOCKS {
            @Override
            String line(Step s, Noise n) {
                return "{\"node\":\"n" + s.lane + "\",\"vclock\":"
                        + CLOCKS.get().next(s, n) + ",\"what\":\"" + s.kind + " " + s.value + "\"}";
            }
        },
        COMPONENTS_WITH_SEQUENCE {
            @Override
            String line(Step s, Noise n) {
                return "{\"seq\":" + n.sequence() + ",\"component\":\"comp-" + s.lane + "\",\"action\":\"" + s.kind
                        + "\",\"detail\":\"v=" + s.value + "\",\"timestamp_ms\":" + n.tick() + "}";
            }
        },
        HOSTS_AND_PROCESSES {
            @Override
            String line(Step s, Noise n) {
                return "{\"time\":\"" + Instant.ofEpochMilli(n.tick()) + "\",\"host\":\"h" + s.lane % 2 + "\",\"pid\":"
                        + (n.firstPid + s.lane) + ",\"op\":\"" + s.kind + "\",\"arg\":" + s.value + ",\"latency_ms\":"
                        + n.random.nextInt(50) + "}";
            }
        },
        EVENT_IDS_WITH_CAUSES {
            @Override
            String line(Step s, Noise n) {
                int id = n.sequence();
                String cause = "";
                if (s.message >= 0 && !s.receives) {
                    n.sendOf.put(s.message, id);
                } else if (s.message >= 0 && n.sendOf.containsKey(s.message)) {
                    cause = "\"" + n.uuid(n.sendOf.get(s.message)) + "\"";
                }
                return "{\"id\":\"" + n.uuid(id) + "\",\"causes\":[" + cause + "],\"actor\":\"a" + s.lane
                        + "\",\"type\":\"" + s.kind + "\",\"payload\":{\"value\":" + s.value + "}}";
            }
        },
        MESSAGE_IDS {
            @Override
            String line(Step s, Noise n) {
                String message = s.message < 0
                        ? ""
                        : ",\"msg_id\":\"m-" + (n.firstMessage + s.message) + "\",\"peer\":\"n" + s.peer + "\"";
                return "{\"at\":" + n.tick() + ",\"node\":\"n" + s.lane + "\",\"op\":\"" + s.kind + "\"" + message
                        + ",\"value\":" + s.value + "}";
            }
        },
        TERSE {
            @Override
            String line(Step s, Noise n) {
                return "{\"p\":" + s.lane + ",\"e\":\"" + s.kind + "\",\"v\":" + s.value + ",\"t\":" + n.tick() + "}";
            }
        },
        NESTED {
            @Override
            String line(Step s, Noise n) {
                return "{\"meta\":{\"when\":\"" + Instant.ofEpochMilli(n.tick()) + "\",\"source\":{\"name\":\"part-"
                        + s.lane + "\",\"n\":" + n.perLane[s.lane]++ + "}},\"body\":{\"kind\":\"" + s.kind
                        + "\",\"data\":{\"value\":" + s.value + ",\"tags\":[\"a\",\"b\"]}}}";
            }
        },
        POOLED_WORKERS {
            @Override
            String line(Step s, Noise n) {
                return "{\"timestamp\":\"" + Instant.ofEpochMilli(n.tick()) + "\",\"worker\":" + n.random.nextInt(4)
                        + ",\"request\":\"req-" + s.lane + "\",\"step\":\"" + s.kind + "\",\"amount\":" + s.value + "}";
            }
        },
        FIRMWARE {
            @Override
            String line(Step s, Noise n) {
                return "{\"cycle\":" + n.tick() % 1_000_000_000 + ",\"core\":" + s.lane + ",\"event\":\"" + s.kind
                        + "\",\"reg\":\"R" + s.value % 7 + "\",\"val\":\"0x" + Integer.toHexString(s.value) + "\"}";
            }
        };

        static final ThreadLocal<Clocks> CLOCKS = new ThreadLocal<>();

        abstract String line(Step s, Noise n);
    }

    /** Vector clocks while a linearisation is written. */
    private static final class Clocks {
        final int[][] clock = new int[16][16];
        final Map<Integer, int[]> sent = new HashMap<>();

        String next(Step s, Noise n) {
            if (s.message >= 0 && s.receives && sent.containsKey(s.message)) {
                for (int i = 0; i < 16; i++) {
                    clock[s.lane][i] = Math.max(clock[s.lane][i], sent.get(s.message)[i]);
                }
            }
            clock[s.lane][s.lane]++;
            if (s.message >= 0 && !s.receives) {
                sent.put(s.message, clock[s.lane].clone());
            }
            StringBuilder out = new StringBuilder("{");
            for (int i = 0; i < 16; i++) {
                if (clock[s.lane][i] > 0) {
                    out.append(out.length() > 1 ? "," : "")
                            .append("\"n")
                            .append(i)
                            .append("\":")
                            .append(clock[s.lane][i]);
                }
            }
            return out.append("}").toString();
        }
    }

    private static List<List<Step>> program(Random random) {
        int lanes = 3 + random.nextInt(4);
        List<List<Step>> program = new ArrayList<>();
        for (int i = 0; i < lanes; i++) {
            program.add(new ArrayList<>());
        }
        String[] kinds = {"load", "store", "compute", "check", "flush"};
        int messages = 0;
        int events = lanes * (20 + random.nextInt(30));
        for (int i = 0; i < events; i++) {
            int lane = random.nextInt(lanes);
            if (random.nextInt(5) == 0) {
                int peer = (lane + 1 + random.nextInt(lanes - 1)) % lanes;
                int value = random.nextInt(1_000);
                program.get(lane).add(new Step(lane, "send", value, messages, peer, false));
                program.get(peer).add(new Step(peer, "recv", value, messages++, lane, true));
            } else {
                program.get(lane).add(new Step(lane, kinds[random.nextInt(5)], random.nextInt(1_000), -1, -1, false));
            }
        }
        return program;
    }

    /** Writes a random linear extension of the program. */
    private Path write(String name, Dialect dialect, List<List<Step>> program, Random random) throws IOException {
        Noise noise = new Noise(random);
        Dialect.CLOCKS.set(new Clocks());
        int[] next = new int[program.size()];
        List<Integer> sent = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        int left = program.stream().mapToInt(List::size).sum();
        while (left > 0) {
            int lane = random.nextInt(program.size());
            if (next[lane] == program.get(lane).size()) {
                continue;
            }
            Step s = program.get(lane).get(next[lane]);
            boolean lost = program.stream().flatMap(List::stream).noneMatch(o -> o.message == s.message && !o.receives);
            if (s.receives && !sent.contains(s.message) && !lost) {
                continue;
            }
            if (s.message >= 0 && !s.receives) {
                sent.add(s.message);
            }
            out.append(dialect.line(s, noise)).append('\n');
            next[lane]++;
            left--;
        }
        return Files.writeString(folder.resolve(name), out.toString());
    }

    private static Explanation compare(Path baseline, Path candidate) throws IOException {
        return DetTrace.compare(baseline, candidate, ReadOptions.DEFAULT, CompareOptions.DEFAULT);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void equivalentRunsAreEquivalentWithoutAnyDeclaration(Dialect dialect) throws IOException {
        for (int seed = 0; seed < TRIALS; seed++) {
            Random random = new Random(seed);
            List<List<Step>> program = program(random);
            Explanation found = compare(
                    write("good.jsonl", dialect, program, random), write("bad.jsonl", dialect, program, random));
            assertThat(found.comparison().isEqual())
                    .as("%s seed %s\n%s\n%s", dialect, seed, found.mapping(), TextReport.render(found, false))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aWrongValueIsTheFirstDivergence(Dialect dialect) throws IOException {
        for (int seed = 0; seed < TRIALS; seed++) {
            Random random = new Random(1_000 + seed);
            List<List<Step>> good = program(random);
            int lane = random.nextInt(good.size());
            int at = random.nextInt(good.get(lane).size());
            List<List<Step>> bad = new ArrayList<>();
            good.forEach(l -> bad.add(new ArrayList<>(l)));
            bad.get(lane).set(at, good.get(lane).get(at).with(5_000 + random.nextInt(1_000)));
            check(dialect, seed, good, bad, lane, at, random);
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aMissingEventIsTheFirstDivergence(Dialect dialect) throws IOException {
        for (int seed = 0; seed < TRIALS; seed++) {
            Random random = new Random(2_000 + seed);
            List<List<Step>> good = program(random);
            int lane = random.nextInt(good.size());
            int at = random.nextInt(good.get(lane).size() - 3);
            while (good.get(lane).get(at).message >= 0) {
                at = (at + 1) % (good.get(lane).size() - 1);
            }
            List<List<Step>> bad = new ArrayList<>();
            good.forEach(l -> bad.add(new ArrayList<>(l)));
            bad.get(lane).remove(at);
            check(dialect, seed, good, bad, lane, at, random);
        }
    }

    private void check(
            Dialect dialect, int seed, List<List<Step>> good, List<List<Step>> bad, int lane, int at, Random random)
            throws IOException {
        Explanation found =
                compare(write("good.jsonl", dialect, good, random), write("bad.jsonl", dialect, bad, random));
        String about = dialect + " seed " + seed + " lane " + lane + " at " + at + "\n" + found.mapping() + "\n"
                + TextReport.render(found, false);
        assertThat(found.comparison().roots()).as(about).isNotEmpty();
        Divergence first = found.comparison().roots().get(0);
        assertThat(first.expected()).as(about).isPresent();
        assertThat(first.expected().get().ordinal()).as(about).isEqualTo(at);
        if (dialect != Dialect.HOSTS_AND_PROCESSES) {
            assertThat(first.lane()).as(about).endsWith(String.valueOf(lane));
        }
    }
}

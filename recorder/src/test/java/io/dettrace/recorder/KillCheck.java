package io.dettrace.recorder;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Kills a recording process at a random point and checks what is left: no event lost whose call had returned, and none
 * there that was not recorded. Also a program of its own, for many points.
 */
public final class KillCheck {
    private static final int THREADS = 4;
    private static final int KILLED = 128 + 9;

    private KillCheck() {}

    /** What one kill left. */
    record Result(long events, long acknowledged, long cutBytes) {}

    /** Arguments: how many kills, and the first seed; prints what was found, and ends with 1 if anything was wrong. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int kills = Integer.parseInt(args[0]);
        long first = args.length > 1 ? Long.parseLong(args[1]) : 0;
        long events = 0;
        long acknowledged = 0;
        int torn = 0;
        int wrong = 0;
        for (long seed = first; seed < first + kills; seed++) {
            Path folder = Files.createTempDirectory("kill");
            try {
                Result result = once(folder, seed);
                events += result.events;
                acknowledged += result.acknowledged;
                torn += result.cutBytes > 0 ? 1 : 0;
            } catch (IOException | AssertionError e) {
                wrong++;
                System.out.println("seed " + seed + ": " + e);
            }
            delete(folder);
            if ((seed - first) % 100 == 99) {
                System.out.println((seed - first + 1) + " kills, " + wrong + " wrong");
            }
        }
        System.out.printf(
                "%d kills: %d wrong; %d events read, %d acknowledged before the kill, %d torn tails cut%n",
                kills, wrong, events, acknowledged, torn);
        System.exit(wrong == 0 ? 0 : 1);
    }

    static Result once(Path folder, long seed) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        int every = random.nextBoolean() ? 1 : 64;
        int killAfter = random.nextInt(4) == 0 ? random.nextInt(10) : random.nextInt(50_000 / every);
        long micros = random.nextInt(3000);
        Process child = start(folder, seed, every);
        int[] acknowledged = new int[THREADS];
        Arrays.fill(acknowledged, -1);
        try (DataInputStream acks = new DataInputStream(new BufferedInputStream(child.getInputStream()))) {
            for (int read = 0; ; read++) {
                int lane = acks.readInt();
                acknowledged[lane] = acks.readInt();
                if (read == killAfter) {
                    // In another thread, so that the child goes on at full speed up to the kill.
                    new Thread(() -> kill(child, micros)).start();
                }
            }
        } catch (EOFException killed) {
            // All acknowledgements that were sent have been read.
        }
        if (!child.waitFor(30, TimeUnit.SECONDS) || child.exitValue() != KILLED) {
            throw new AssertionError("the child ended by itself");
        }
        return verify(Recording.open(folder), acknowledged, every);
    }

    private static Process start(Path folder, long seed, int every) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KillChild.class.getName(),
                        folder.toString(),
                        Long.toString(seed),
                        Integer.toString(THREADS),
                        Integer.toString(every))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void kill(Process child, long micros) {
        long until = System.nanoTime() + micros * 1000;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        // Not of the process: that would also close the stream that is still being read.
        child.toHandle().destroyForcibly();
    }

    private static Result verify(Recording recording, int[] acknowledged, int every) {
        int[] next = new int[THREADS];
        Arrays.fill(next, -1);
        boolean oldestDropped = count(recording, "dropped_oldest") > 0;
        long[] lastNumber = {-1};
        recording.forEach(event -> {
            check(event.number() > lastNumber[0], "event number " + event.number() + " twice or out of order");
            lastNumber[0] = event.number();
            int lane = Integer.parseInt(event.lane().substring("lane-".length()));
            int n = ((Long) event.fields().get("n")).intValue();
            int due = next[lane] >= 0 ? next[lane] : oldestDropped ? n : 0;
            check(n == due, "lane " + lane + ": expected event " + due + ", found " + n);
            check(
                    event.kind().equals("STEP_" + n % 5)
                            && event.fields()
                                    .equals(Map.of(
                                            "n", (long) n,
                                            "hash", KillChild.hash(lane, n),
                                            "text", KillChild.text(lane, n))),
                    "invented event " + event);
            next[lane] = n + 1;
        });
        long sum = 0;
        for (int lane = 0; lane < THREADS; lane++) {
            int events = Math.max(next[lane], 0);
            // Where the oldest were dropped, a lane that was not scheduled lately may have nothing left.
            check(
                    events > acknowledged[lane] || oldestDropped && next[lane] < 0,
                    "lane " + lane + ": " + (acknowledged[lane] + 1) + " events acknowledged, " + events + " found");
            check(
                    events <= Math.max(acknowledged[lane], 0) + every + 1,
                    "lane " + lane + ": " + events + " events found, acknowledged were " + (acknowledged[lane] + 1));
            sum += acknowledged[lane] + 1;
        }
        check(count(recording, "damaged") == 0 && count(recording, "missing_segments") == 0, "" + recording.notes());
        return new Result(recording.size(), sum, count(recording, "cut_tail"));
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static long count(Recording recording, String note) {
        return recording.notes().stream()
                .filter(found -> found.name().equals(note))
                .mapToLong(RecordingNote::count)
                .sum();
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Writes two runs of a dispatcher and 15 workers as JSON lines, {@code good.jsonl} and {@code bad.jsonl}, which differ in times
 * alone: one piece of work of worker 7 takes 5 ms longer. Arguments: events of a run, folder. Same arguments, same bytes.
 */
public final class GenerateTimedRuns {
    private static final int WORKERS = 15;
    private static final long LATE = 5_000_000;

    private GenerateTimedRuns() {}

    public static void main(String[] args) throws IOException {
        long events = Long.parseLong(args[0]);
        Path folder = Files.createDirectories(Path.of(args[1]));
        write(folder.resolve("good.jsonl"), events, 0);
        write(folder.resolve("bad.jsonl"), events, LATE);
    }

    /** Rounds in which the dispatcher gives each worker a message, which the worker takes and works on. */
    private static void write(Path file, long events, long late) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        long rounds = Math.max(1, events / (3 * WORKERS));
        long clock = 0;
        long[] free = new long[WORKERS];
        long message = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (long round = 0; round < rounds; round++) {
                long[] given = new long[WORKERS];
                for (int w = 0; w < WORKERS; w++) {
                    clock += 1_000 + random.nextInt(9_000);
                    given[w] = clock;
                    line(out, clock, "dispatcher", "give", w, message + w);
                }
                for (int w = 0; w < WORKERS; w++) {
                    long taken = Math.max(free[w], given[w]) + 2_000 + random.nextInt(3_000);
                    line(out, taken, "worker-" + w, "take", w, message + w);
                    boolean isLate = w == 7 && round == rounds / 2;
                    free[w] = taken + 20_000 + random.nextInt(30_000) + (isLate ? late : 0);
                    line(out, free[w], "worker-" + w, "done", w, -1);
                }
                message += WORKERS;
            }
        }
    }

    private static void line(BufferedWriter out, long time, String lane, String event, int value, long message)
            throws IOException {
        out.write("{\"time_ns\":" + time + ",\"lane\":\"" + lane + "\",\"event\":\"" + event + "\",\"value\":" + value
                + (message < 0 ? "" : ",\"msg\":" + message) + "}\n");
    }
}

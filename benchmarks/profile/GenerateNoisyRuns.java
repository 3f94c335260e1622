import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Writes runs of a server of 16 threads as JSON lines. Arguments: events of a run, folder. In the folder: {@code good.jsonl};
 * {@code same.jsonl}, which differs by interleaving and times alone; {@code noisy.jsonl}, which differs by all that passing
 * runs differ by (identifiers, latencies, a garbage collection now and then, polls, two steps in either order);
 * {@code bad.jsonl}, the noisy one with one wrong status at 90 %; and {@code learn/}, 20 further passing runs of 4,000 events.
 */
public final class GenerateNoisyRuns {
    private static final int LANES = 16;

    private final SplittableRandom noise;
    private final SplittableRandom order;
    private final String[][] pending = new String[LANES][12];
    private final int[] size = new int[LANES];
    private final int[] at = new int[LANES];
    private final long[] transaction = new long[LANES];
    private long time;

    private GenerateNoisyRuns(long noiseSeed, long orderSeed) {
        noise = new SplittableRandom(noiseSeed);
        order = new SplittableRandom(orderSeed);
        time = 1_700_000_000_000_000L + order.nextInt(1 << 30);
    }

    public static void main(String[] args) throws IOException {
        long events = Long.parseLong(args[0]);
        Path folder = Files.createDirectories(Path.of(args[1]));
        new GenerateNoisyRuns(1, 1).write(folder.resolve("good.jsonl"), events, -1);
        new GenerateNoisyRuns(1, 2).write(folder.resolve("same.jsonl"), events, -1);
        new GenerateNoisyRuns(3, 3).write(folder.resolve("noisy.jsonl"), events, -1);
        new GenerateNoisyRuns(3, 3).write(folder.resolve("bad.jsonl"), events, events * 9 / 10);
        Path learn = Files.createDirectories(folder.resolve("learn"));
        for (int i = 1; i <= 20; i++) {
            new GenerateNoisyRuns(100 + i, 100 + i).write(learn.resolve("run" + i + ".jsonl"), 4_000, -1);
        }
    }

    /** As many transactions as make about so many events; every lane has the same number of them. */
    private void write(Path file, long events, long faultAt) throws IOException {
        long transactions = Math.max(1, events / (7 * LANES));
        boolean faulty = faultAt >= 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            int[] open = new int[LANES];
            for (int i = 0; i < LANES; i++) {
                open[i] = i;
            }
            int left = LANES;
            for (long n = 0; left > 0; n++) {
                int pick = order.nextInt(left);
                int lane = open[pick];
                if (at[lane] == size[lane]) {
                    if (transaction[lane] == transactions) {
                        open[pick] = open[--left];
                        continue;
                    }
                    next(lane, transaction[lane]++);
                }
                String event = pending[lane][at[lane]++];
                if (faulty && n >= faultAt && event.contains("\"status\":200")) {
                    event = event.replace("\"status\":200", "\"status\":503");
                    faulty = false;
                }
                time += 1 + order.nextInt(50);
                out.write("{\"ts_us\":" + time + ",\"thread\":\"worker-" + lane + "\"," + event + "}\n");
            }
        }
    }

    private void next(int lane, long t) {
        // The noise of a transaction depends on its place alone, so that the interleaving has no say in it.
        SplittableRandom r = new SplittableRandom(seed(lane, t));
        String id = "\"request\":\"" + Long.toHexString(r.nextLong()) + "\"";
        size[lane] = 0;
        at[lane] = 0;
        add(lane, "\"event\":\"accept\"," + id + ",\"path\":\"/item/" + t % 97 + "\",\"bytes\":" + (100 + t % 50));
        for (int polls = t % 8 == 0 ? 1 + r.nextInt(3) : 1; polls > 0; polls--) {
            add(lane, "\"event\":\"poll\",\"queue\":\"main\"");
        }
        if (t % 64 == 5 && r.nextInt(4) == 0) {
            add(lane, "\"event\":\"gc\",\"pause_us\":" + (500 + r.nextInt(1_000)));
        }
        add(lane, "\"event\":\"read\"," + id + ",\"rows\":" + t % 31 + ",\"cost\":" + (1_000 + r.nextInt(800)));
        String audit = "\"event\":\"audit\"," + id + ",\"level\":\"info\"";
        String store = "\"event\":\"store\"," + id + ",\"slot\":" + t % 16;
        boolean swapped = r.nextInt(4) == 0;
        add(lane, swapped ? store : audit);
        add(lane, swapped ? audit : store);
        add(lane, "\"event\":\"check\"," + id + ",\"rule\":\"r" + t % 5 + "\",\"result\":\"ok\"");
        add(lane, "\"event\":\"reply\"," + id + ",\"status\":200,\"score\":" + (300 + r.nextInt(200)));
    }

    private long run;

    private long seed(int lane, long t) {
        if (run == 0) {
            run = noise.nextLong() | 1;
        }
        return run * 31 + t * LANES + lane;
    }

    private void add(int lane, String event) {
        pending[lane][size[lane]++] = event;
    }
}

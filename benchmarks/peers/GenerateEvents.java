import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.ArrayList;
import java.util.SplittableRandom;

/**
 * Writes a pair of JSON-lines runs: 16 lanes, the candidate interleaved anew within a distance of 64 events, one wrong value
 * at 98 % of its events. Same arguments, same bytes.
 *
 * <p>Usage: {@code java GenerateEvents.java EVENTS FOLDER}; writes {@code baseline.jsonl}, {@code candidate.jsonl} and
 * {@code truth.txt} (lane and position in the lane of the wrong event).
 */
public final class GenerateEvents {
    private static final int LANES = 16;
    private static final int DISTANCE = 64;

    private GenerateEvents() {}

    /** Writes the pair. */
    public static void main(String[] args) throws IOException {
        long events = Long.parseLong(args[0]);
        Path folder = Files.createDirectories(Path.of(args[1]));
        long wrong = events * 98 / 100;
        long[] truth = new long[2];
        write(folder.resolve("baseline.jsonl"), events, -1, new SplittableRandom(1), truth);
        write(folder.resolve("candidate.jsonl"), events, wrong, new SplittableRandom(2), truth);
        Files.writeString(folder.resolve("truth.txt"), "lane-" + truth[0] + " " + truth[1] + "\n");
    }

    /** An event of the one underlying execution: number {@code i} belongs to lane and content by a hash of {@code i}. */
    private static void write(Path file, long events, long wrong, SplittableRandom order, long[] truth)
            throws IOException {
        long[] perLane = new long[LANES];
        List<ArrayDeque<Long>> waiting = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            waiting.add(new ArrayDeque<>());
        }
        int held = 0;
        long next = 0;
        StringBuilder line = new StringBuilder();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (long written = 0; written < events; written++) {
                while (held < DISTANCE && next < events) {
                    waiting.get((int) Long.remainderUnsigned(mix(next), LANES)).add(next++);
                    held++;
                }
                int lane = order.nextInt(LANES);
                while (waiting.get(lane).isEmpty()) {
                    lane = (lane + 1) % LANES;
                }
                long i = waiting.get(lane).remove();
                held--;
                if (i == wrong) {
                    truth[0] = lane;
                    truth[1] = perLane[lane];
                }
                perLane[lane]++;
                line.setLength(0);
                event(line, i, lane, written, i == wrong);
                out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private static void event(StringBuilder line, long i, int lane, long at, boolean wrong) {
        long content = mix(i ^ 0x5DEECE66DL);
        line.append("{\"ts\":")
                .append(1_700_000_000_000L + at)
                .append(",\"lane\":\"lane-")
                .append(lane)
                .append("\",\"event\":\"op")
                .append(Long.remainderUnsigned(content, 12))
                .append("\",\"key\":")
                .append(Long.remainderUnsigned(content >>> 8, 1000))
                .append(",\"value\":")
                .append(wrong ? -1 : Long.remainderUnsigned(content >>> 20, 100_000))
                .append("}\n");
    }

    private static long mix(long v) {
        long z = v * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

package io.dettrace.recorder;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Writes events until it is killed, and acknowledges them on standard output: after the call for event n of lane l has
 * returned, the 8 bytes (l, n). What an event holds is a function of lane and number, so that an invented one is noticed.
 */
public final class KillChild {
    private KillChild() {}

    /** Arguments: folder, seed, threads, events to an acknowledgement. */
    public static void main(String[] args) {
        long seed = Long.parseLong(args[1]);
        int threads = Integer.parseInt(args[2]);
        SplittableRandom random = new SplittableRandom(seed);
        WhenFull policy = random.nextInt(4) == 0 ? WhenFull.DROP_OLDEST : WhenFull.DROP_NEWEST;
        Recorder recorder = Recorder.into(Path.of(args[0]))
                .segmentBytes(random.nextBoolean() ? 16 * 1024 : 1 << 20)
                .maxBytes(policy == WhenFull.DROP_OLDEST ? 1 << 20 : 64 << 20)
                .whenFull(policy)
                .keepFree(0)
                .throwing()
                .open();
        int every = Integer.parseInt(args[3]);
        for (int lane = 0; lane < threads; lane++) {
            int number = lane;
            new Thread(() -> run(recorder, number, every)).start();
        }
    }

    private static void run(Recorder recorder, int number, int every) {
        Lane lane = recorder.lane("lane-" + number);
        ByteBuffer ack = ByteBuffer.allocate(8);
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            for (int n = 0; ; n++) {
                lane.event("STEP_" + n % 5)
                        .with("n", n)
                        .with("hash", hash(number, n))
                        .with("text", text(number, n))
                        .record();
                if (n % every == 0) {
                    ack.putInt(0, number).putInt(4, n);
                    out.write(ack.array());
                }
            }
        } catch (IOException e) {
            // The parent is gone.
            Runtime.getRuntime().halt(1);
        }
    }

    static long hash(int lane, int n) {
        return (lane * 31L + n) * 0x9E3779B97F4A7C15L;
    }

    static String text(int lane, int n) {
        return "\u00e9\u4e2d".substring(n % 2) + "x".repeat(n % 23) + lane;
    }
}

import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;

/** Writes a Flight Recorder recording with a given number of events of a program, by four threads that share a lock. */
public class MakeRecording {
    @Name("bench.Step")
    static class Step extends Event {
        int number;
        String item;
    }

    private static final Object LOCK = new Object();
    private static int shared;

    public static void main(String[] args) throws Exception {
        int each = Integer.parseInt(args[1]) / 4;
        try (Recording recording = new Recording()) {
            recording.setToDisk(true);
            recording.enable(Step.class).withoutStackTrace();
            recording.enable("jdk.JavaMonitorEnter").withThreshold(Duration.ZERO);
            recording.enable("jdk.ThreadStart");
            recording.enable("jdk.ThreadEnd");
            recording.enable("jdk.CPULoad").withPeriod(Duration.ofMillis(100));
            recording.start();
            Thread[] threads = new Thread[4];
            for (int t = 0; t < threads.length; t++) {
                threads[t] = new Thread(() -> steps(each), "worker-" + t);
                threads[t].start();
            }
            for (Thread t : threads) {
                t.join();
            }
            recording.stop();
            recording.dump(Path.of(args[0]));
        }
    }

    private static void steps(int count) {
        for (int i = 0; i < count; i++) {
            Step step = new Step();
            step.number = i;
            step.item = "item-" + i % 1000;
            step.commit();
            if (i % 1000 == 0) {
                synchronized (LOCK) {
                    shared++;
                }
            }
        }
    }
}

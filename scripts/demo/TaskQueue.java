import io.dettrace.recorder.Event;
import io.dettrace.recorder.JsonForm;
import io.dettrace.recorder.Recorder;
import java.nio.file.Path;

/**
 * Two workers take five tasks from one queue, and the queue has a race: the first task is taken without the lock, by
 * counting up {@code head} and then reading {@code head} again. A worker that is interrupted in between takes the other's
 * task, and its own is lost.
 *
 * <p>If the environment variable TASK_EVENTS names a file, the program says there what it does, through the recorder.
 */
public final class TaskQueue {
    private static final int TASKS = 5;
    private static final int WORKERS = 2;

    private final int[] tasks = new int[TASKS + 2 * WORKERS];
    private final int[] done = new int[TASKS + 1];
    private final Recorder recorder;
    private int head;

    private TaskQueue(Recorder recorder) {
        this.recorder = recorder;
    }

    public static void main(String[] args) throws InterruptedException {
        // The same steps with a file and without, so that a schedule found without one holds with one.
        Path file = Path.of(System.getenv().getOrDefault("TASK_EVENTS", ""));
        try (Recorder recorder = file.toString().isEmpty() ? Recorder.withoutFiles().open() : recorder(file)) {
            TaskQueue queue = new TaskQueue(recorder);
            queue.fill();
            queue.work();
            queue.check();
        }
    }

    private static Recorder recorder(Path file) {
        JsonForm form = JsonForm.PLAIN.withNumber("seq").withLane(null).withKind("type");
        return Recorder.intoJsonLines(file, form).overwrite().throwing().open();
    }

    private void fill() {
        for (int task = 1; task <= TASKS; task++) {
            tasks[task - 1] = task;
            event("TASK_ENQUEUED").with("task", task).with("worker", (String) null).with("queue", 0).record();
        }
    }

    private void work() throws InterruptedException {
        Thread[] workers = new Thread[WORKERS];
        for (int i = 0; i < WORKERS; i++) {
            int worker = i;
            workers[i] = new Thread(() -> takeAll(worker), "worker-" + i);
            workers[i].start();
        }
        for (Thread worker : workers) {
            worker.join();
        }
    }

    private void takeAll(int worker) {
        for (int task = take(); task != 0; task = take()) {
            event("TASK_DEQUEUED").with("task", task).with("worker", worker).with("queue", 0).record();
            event("TASK_STARTED").with("task", task).with("worker", worker).with("queue", (String) null).record();
            synchronized (done) {
                done[task]++;
            }
            event("TASK_FINISHED").with("task", task).with("worker", worker).with("queue", (String) null).record();
        }
    }

    /** The first task is taken without the lock, as nobody can be there yet: that is the mistake. */
    private int take() {
        if (head == 0) {
            head++;
            return tasks[head - 1];
        }
        synchronized (this) {
            head++;
            return tasks[head - 1];
        }
    }

    private void check() {
        for (int task = 1; task <= TASKS; task++) {
            if (done[task] != 1) {
                throw new IllegalStateException("task " + task + " was done " + done[task] + " times");
            }
        }
    }

    private Event event(String type) {
        return recorder.event(type);
    }
}

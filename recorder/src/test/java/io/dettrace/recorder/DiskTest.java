package io.dettrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dettrace.testkit.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recorder does when the disk does not do what it should. */
class DiskTest {
    @TempDir
    Path folder;

    /** A disk that has room for so many bytes. */
    private static final class SmallDisk implements SegmentFiles {
        private final Map<Path, Integer> sizes = new HashMap<>();
        private long room;
        private int attempts;

        SmallDisk(long room) {
            this.room = room;
        }

        @Override
        public synchronized ByteBuffer create(Path file, int size) throws IOException {
            attempts++;
            if (size > room) {
                throw new IOException("No space left on device");
            }
            room -= size;
            sizes.put(file, size);
            return SegmentFiles.super.create(file, size);
        }

        @Override
        public synchronized void delete(Path file) throws IOException {
            SegmentFiles.super.delete(file);
            room += sizes.remove(file);
        }
    }

    @Test
    void newestAreDroppedAndCountedAtTheCap() throws IOException {
        try (Recorder recorder = recorder().maxBytes(64 * 1024).open()) {
            write(recorder, 10_000);
            assertThat(recorder.problem().orElseThrow()).contains("cap of 65536 bytes");
        }
        Recording recording = Recording.open(folder);
        long kept = recording.size();
        assertThat(kept).isBetween(1L, 9_999L);
        assertThat(recording.notes())
                .containsExactly(new RecordingNote(
                        "dropped_newest", 10_000 - kept, 10_000 - kept + " events dropped, as there was no room"));
        assertThat(numbers(recording)).startsWith(0L).endsWith(kept - 1).hasSize((int) kept);
        assertThat(bytesOnDisk()).isLessThanOrEqualTo(64 * 1024 + ControlFile.SIZE);
    }

    @Test
    void oldestAreDroppedAndCountedAtTheCap() throws IOException {
        try (Recorder recorder = recorder()
                .maxBytes(64 * 1024)
                .segmentBytes(16 * 1024)
                .whenFull(WhenFull.DROP_OLDEST)
                .open()) {
            write(recorder, 10_000);
        }
        Recording recording = Recording.open(folder);
        long kept = recording.size();
        assertThat(kept).isBetween(100L, 9_999L);
        assertThat(recording.notes()).extracting(RecordingNote::name).containsExactly("dropped_oldest");
        assertThat(recording.notes().get(0).count()).isEqualTo(10_000 - kept);
        assertThat(numbers(recording))
                .startsWith(10_000 - kept)
                .endsWith(9_999L)
                .hasSize((int) kept);
        assertThat(bytesOnDisk()).isLessThanOrEqualTo(64 * 1024 + ControlFile.SIZE);
    }

    @Test
    void oldestThatCannotBeDeletedCostsTwoSegmentsAndNotAll() throws IOException {
        SegmentFiles stubborn = new SegmentFiles() {
            @Override
            public void delete(Path file) throws IOException {
                throw new IOException("in use");
            }

            @Override
            public ByteBuffer recycle(Path from, Path to, ByteBuffer mapped) throws IOException {
                throw new IOException("in use");
            }
        };
        try (Recorder recorder = recorder()
                .files(stubborn)
                .maxBytes(64 * 1024)
                .segmentBytes(16 * 1024)
                .whenFull(WhenFull.DROP_OLDEST)
                .open()) {
            write(recorder, 10_000);
        }
        Recording recording = Recording.open(folder);
        assertThat(recording.notes())
                .extracting(RecordingNote::name)
                .containsExactly("dropped_newest", "dropped_oldest");
        assertThat(recording.size()
                        + recording.notes().get(0).count()
                        + recording.notes().get(1).count())
                .isEqualTo(10_000);
        assertThat(segments()).hasSize(4);
    }

    @Test
    void keptAndDroppedEventsAddUpWhenManyThreadsDropTheOldest() throws Exception {
        Path[] folders = new Path[5];
        for (int run = 0; run < folders.length; run++) {
            folders[run] = folder.resolve("run" + run);
            int threads = 6;
            int each = 20_000;
            try (Recorder recorder = Recorder.into(folders[run])
                    .keepFree(0)
                    .maxBytes(64 * 1024)
                    .segmentBytes(16 * 1024)
                    .whenFull(WhenFull.DROP_OLDEST)
                    .open()) {
                inThreads(threads, lane -> write(recorder, each));
            }
            Recording recording = Recording.open(folders[run]);
            long dropped =
                    recording.notes().stream().mapToLong(RecordingNote::count).sum();
            assertThat(recording.notes()).extracting(RecordingNote::name).containsExactly("dropped_oldest");
            assertThat(recording.size() + dropped).isEqualTo((long) threads * each);
        }
    }

    @Test
    void writerThatWaitsGoesOnWhenFilesAreTakenAway() throws Exception {
        Path taken = Files.createDirectories(folder.resolve("taken"));
        Recorder recorder = recorder()
                .maxBytes(64 * 1024)
                .segmentBytes(16 * 1024)
                .whenFull(WhenFull.BLOCK)
                .open();
        Thread writer = new Thread(() -> write(recorder, 5_000));
        writer.start();
        while (writer.isAlive()) {
            List<Path> segments = segments();
            // All but the newest two, as a collector would.
            for (Path segment : segments.subList(0, Math.max(0, segments.size() - 2))) {
                Files.move(segment, taken.resolve(segment.getFileName()));
            }
            writer.join(1);
        }
        recorder.close();
        assertThat(recorder.droppedEvents()).isZero();
        for (Path segment : segments()) {
            Files.move(segment, taken.resolve(segment.getFileName()));
        }
        Files.move(folder.resolve(SegmentFormat.CONTROL_FILE), taken.resolve(SegmentFormat.CONTROL_FILE));
        assertThat(numbers(Recording.open(taken))).hasSize(5_000).startsWith(0L).endsWith(4_999L);
    }

    @Test
    void interruptEndsTheWaitingAndStays() throws Exception {
        Recorder recorder =
                recorder().maxBytes(64 * 1024).whenFull(WhenFull.BLOCK).open();
        boolean[] interrupted = new boolean[1];
        Thread writer = new Thread(() -> {
            while (recorder.lane("a").event("K").with("n", 1).record() >= 0) {
                // Until the cap is reached and the interrupt comes.
            }
            interrupted[0] = Thread.currentThread().isInterrupted();
        });
        writer.start();
        while (writer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        writer.interrupt();
        writer.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(writer.isAlive()).isFalse();
        assertThat(interrupted[0]).isTrue();
        assertThat(recorder.droppedEvents()).isEqualTo(1);
    }

    @Test
    void programIsUnharmedByAFullDiskAndItsListenerHearsOnce() throws IOException {
        SmallDisk disk = new SmallDisk(ControlFile.SIZE + 300 * 1024);
        List<String> heard = new ArrayList<>();
        try (Recorder recorder = recorder().files(disk).onProblem(heard::add).open()) {
            write(recorder, 100_000);
            assertThat(recorder.droppedEvents()).isPositive();
        }
        assertThat(heard).singleElement().asString().contains("No space left on device", "dropped and counted");
        // Not a system call an event: after a failure nothing is tried for a while.
        assertThat(disk.attempts).isLessThan(1000);
        Recording recording = Recording.open(folder);
        assertThat(recording.size() + recording.notes().get(0).count()).isEqualTo(100_000);
        assertThat(numbers(recording)).startsWith(0L).endsWith(recording.size() - 1);
    }

    @Test
    void recorderThatMayThrowDoes() {
        Recorder recorder = recorder().maxBytes(64 * 1024).throwing().open();
        assertThatThrownBy(() -> write(recorder, 10_000))
                .isInstanceOf(RecorderException.class)
                .hasMessageContaining("cap of 65536 bytes");
    }

    @Test
    void recordingGoesOnWhenTheDiskHasRoomAgain() throws Exception {
        SmallDisk disk = new SmallDisk(ControlFile.SIZE + 256 * 1024);
        try (Recorder recorder = recorder().files(disk).open()) {
            write(recorder, 20_000);
            assertThat(recorder.droppedEvents()).isPositive();
            disk.room = 10 << 20;
            long number = Event.DROPPED;
            while (number < 0) {
                number = recorder.lane("late").event("AGAIN").record();
            }
        }
        assertThat(Recording.open(folder).events())
                .anyMatch(event -> event.lane().equals("late"));
    }

    @Test
    void fullFileSystemIsAnErrorAtTheFileAndNotACrash() throws Exception {
        Path mount = folder.resolve("disk");
        Files.createDirectories(mount);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mount.toString()) == 0,
                "a file system of 1 MiB can be mounted (root only)");
        try {
            try (Recorder recorder =
                    Recorder.into(mount.resolve("run")).keepFree(0).open()) {
                write(recorder, 200_000);
                assertThat(recorder.problem().orElseThrow()).contains("No space left on device");
                assertThat(recorder.droppedEvents()).isPositive();
                // What could not be completed is given back.
                Files.write(mount.resolve("the program's own file"), new byte[100_000]);
                Recording recording = Recording.open(mount.resolve("run"));
                assertThat(recording.size() + recorder.droppedEvents()).isEqualTo(200_000);
            }
        } finally {
            run("umount", "-l", mount.toString());
        }
    }

    @Test
    void readOnlyFileSystemIsAProblemAndNoException() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "ro,size=1m", "tmpfs", folder.toString()) == 0,
                "a read-only file system can be mounted (root only)");
        try {
            Recorder recorder = Recorder.into(folder.resolve("run")).open();
            assertThat(recorder.lane("a").event("K").record()).isEqualTo(Event.DROPPED);
            assertThat(recorder.problem().orElseThrow()).contains("Read-only");
        } finally {
            run("umount", folder.toString());
        }
    }

    @Test
    void folderThatCannotBeMadeIsAProblemAndNoException() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Recorder recorder = Recorder.into(file.resolve("below")).open();
        assertThat(recorder.lane("a").event("K").record()).isEqualTo(Event.DROPPED);
        assertThat(recorder.longValue("clock", () -> 5)).isEqualTo(5);
        assertThat(recorder.droppedEvents()).isEqualTo(2);
        assertThat(recorder.problem().orElseThrow()).contains("cannot record into");
        recorder.close();
        assertThatThrownBy(() -> Recorder.into(file.resolve("below")).throwing().open())
                .isInstanceOf(RecorderException.class);
    }

    @Test
    void spaceThatBelongsToOthersIsNotUsed() {
        Recorder recorder = Recorder.into(folder).keepFree(Long.MAX_VALUE / 2).open();
        assertThat(recorder.lane("a").event("K").record()).isEqualTo(Event.DROPPED);
        assertThat(recorder.problem().orElseThrow()).contains("are not to be used");
    }

    @Test
    void clockSetBackChangesNoOrder() throws IOException {
        AtomicLong clock = new AtomicLong(1_000_000);
        try (Recorder recorder = recorder()
                .wallClock(clock::get)
                .stamp("ms", clock::get)
                .segmentBytes(16 * 1024)
                .open()) {
            for (int i = 0; i < 3_000; i++) {
                recorder.lane("a").event("K").with("n", i).record();
                clock.addAndGet(i == 1_000 ? -900_000 : 1);
            }
        }
        Recording recording = Recording.open(folder);
        assertThat(recording.notes()).isEmpty();
        assertThat(numbers(recording)).hasSize(3_000).isSorted();
        assertThat(recording.events().get(1_001).fields()).containsEntry("ms", 1_000_000L + 1_000 - 900_000);
    }

    @Test
    void interruptedThreadRecordsAndStaysInterrupted() throws Exception {
        Recorder recorder = recorder().segmentBytes(16 * 1024).open();
        boolean[] interrupted = {true};
        Thread writer = new Thread(() -> {
            for (int i = 0; i < 50_000; i++) {
                Thread.currentThread().interrupt();
                recorder.lane("a").event("K").with("n", i).record();
                interrupted[0] &= Thread.interrupted();
            }
        });
        writer.start();
        writer.join();
        recorder.close();
        assertThat(interrupted[0]).isTrue();
        assertThat(recorder.problem()).isEmpty();
        assertThat(Recording.open(folder).size()).isEqualTo(50_000);
    }

    @Test
    void threadsInterruptedAtAnyTimeLoseNothing() {
        Seeds.each(3, seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            Path place = folder.resolve("run" + seed);
            Recorder recorder =
                    Recorder.into(place).keepFree(0).segmentBytes(16 * 1024).open();
            Thread writer = new Thread(() -> write(recorder, 30_000));
            writer.start();
            while (writer.isAlive()) {
                writer.interrupt();
                for (int i = random.nextInt(3000); i > 0; i--) {
                    Thread.onSpinWait();
                }
            }
            recorder.close();
            assertThat(Recording.open(place).size()).isEqualTo(30_000);
        });
    }

    private interface Body {
        void run(int lane);
    }

    private static void inThreads(int threads, Body body) throws InterruptedException {
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int lane = i;
            all.add(new Thread(() -> body.run(lane)));
        }
        all.forEach(Thread::start);
        for (Thread thread : all) {
            thread.join();
        }
    }

    private static void write(Recorder recorder, int events) {
        Lane lane = recorder.lane("a");
        for (int i = 0; i < events; i++) {
            lane.event("KIND").with("n", i).with("text", "some text").record();
        }
    }

    private static List<Long> numbers(Recording recording) {
        List<Long> numbers = new ArrayList<>();
        recording.forEach(event -> numbers.add((Long) event.fields().get("n")));
        return numbers;
    }

    private Recorder.Builder recorder() {
        return Recorder.into(folder).keepFree(0);
    }

    private List<Path> segments() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SegmentFormat.SEGMENT_SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private long bytesOnDisk() throws IOException {
        try (var files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException noSuchProgram) {
            return -1;
        }
    }
}

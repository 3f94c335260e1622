package io.dettrace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.testkit.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader makes of files that are not as a closed recorder leaves them. */
class DamageTest {
    private static final int FIRST_RECORD = SegmentFormat.CHUNK_UNIT + SegmentFormat.CHUNK_HEADER_BYTES;

    @TempDir
    Path folder;

    @Test
    void unfinishedEventIsCutAndItsBytesCounted() throws IOException {
        record(3, false);
        ByteBuffer bytes = read(0);
        int end = endOfRecords(bytes);
        // As if the process had been killed before it wrote word 0 of a record of four words.
        bytes.putLong(end + 8, 77).putLong(end + 24, 99);
        write(0, bytes);
        Recording recording = Recording.open(folder);
        assertThat(recording.size()).isEqualTo(3);
        assertThat(recording.notes()).extracting(RecordingNote::name).containsExactly("not_closed", "cut_tail");
        assertThat(recording.notes().get(1).count()).isEqualTo(32);
        assertThat(recording.notes().get(1).message())
                .startsWith("32 bytes of unfinished events cut off, the last at ")
                .endsWith("segment-000000.dts, byte " + end);
    }

    @Test
    void lastEventWithoutItsFirstWordIsCut() throws IOException {
        record(3, false);
        ByteBuffer bytes = read(0);
        int last = endOfRecords(bytes) - 8 * words(bytes, endOfRecordsBefore(bytes));
        bytes.putLong(last, 0);
        write(0, bytes);
        assertThat(Recording.open(folder).size()).isEqualTo(2);
    }

    @Test
    void anyFlippedBitIsNoticed() throws IOException {
        record(40, false);
        List<RecordedEvent> before = Recording.open(folder).events();
        ByteBuffer good = read(0);
        int end = endOfRecords(good);
        Seeds.each(300, seed -> {
            SplittableRandom random = new SplittableRandom(seed);
            int bit = random.nextInt((end - FIRST_RECORD) * 8);
            ByteBuffer bad = copy(good);
            int at = FIRST_RECORD + bit / 8;
            bad.put(at, (byte) (bad.get(at) ^ 1 << bit % 8));
            write(0, bad);
            Recording recording = Recording.open(folder);
            assertThat(recording.size()).isLessThan(40);
            assertThat(before).containsAll(recording.events());
            assertThat(recording.notes()).extracting(RecordingNote::name).containsAnyOf("damaged", "cut_tail");
        });
    }

    @Test
    void randomBytesNeverMakeAnEvent() {
        Seeds.each(200, seed -> {
            Path place = folder.resolve("run" + seed);
            SplittableRandom random = new SplittableRandom(seed);
            record(place, 20, false);
            ByteBuffer bytes = read(place, 0);
            List<RecordedEvent> before = Recording.open(place).events();
            int from = random.nextInt(SegmentFormat.CHUNK_UNIT, 4096) & -8;
            for (int at = from; at < from + 8 * random.nextInt(1, 100); at += 8) {
                bytes.putLong(at, random.nextLong() & (random.nextBoolean() ? -1L : 0xFFFF_FFFFL));
            }
            write(place, 0, bytes);
            assertThat(before).containsAll(Recording.open(place).events());
        });
    }

    @Test
    void damageInAClosedRecordingIsAnError() throws IOException {
        record(3, true);
        ByteBuffer bytes = read(0);
        bytes.put(FIRST_RECORD + 9, (byte) 7);
        write(0, bytes);
        assertThatThrownBy(() -> Recording.open(folder))
                .isInstanceOf(RecordingException.Corrupt.class)
                .hasMessageContaining("segment-000000.dts, byte " + FIRST_RECORD + ": a record's checksum is wrong");
    }

    @Test
    void cutOffFileOfAClosedRecordingIsAnErrorAndOfAKilledOneANote() throws IOException {
        record(3, true);
        byte[] all = Files.readAllBytes(segment(folder, 0));
        Files.write(segment(folder, 0), java.util.Arrays.copyOf(all, 2048));
        assertThatThrownBy(() -> Recording.open(folder))
                .isInstanceOf(RecordingException.Corrupt.class)
                .hasMessageContaining("byte 2048: the file is cut off");

        Path killed = folder.resolve("killed");
        record(killed, 3, false);
        Files.write(segment(killed, 0), java.util.Arrays.copyOf(Files.readAllBytes(segment(killed, 0)), 2048));
        assertThat(Recording.open(killed).size()).isEqualTo(3);
        assertThat(Recording.open(killed).notes())
                .extracting(RecordingNote::name)
                .containsExactly("not_closed", "damaged");
    }

    @Test
    void newerOlderAndForeignFilesAreDifferentErrors() throws IOException {
        record(3, true);
        ByteBuffer good = read(0);

        ByteBuffer newer = copy(good);
        newer.putInt(8, SegmentFormat.VERSION + 1);
        write(0, newer);
        assertThatThrownBy(() -> Recording.open(folder))
                .isInstanceOf(RecordingException.TooNew.class)
                .hasMessageContaining("version 2 of the format, this reads up to 1");

        ByteBuffer older = copy(good);
        older.putInt(8, SegmentFormat.OLDEST_VERSION - 1);
        write(0, older);
        assertThatThrownBy(() -> Recording.open(folder)).isInstanceOf(RecordingException.TooOld.class);

        ByteBuffer foreign = copy(good);
        foreign.putLong(0, 0x504b0304);
        write(0, foreign);
        assertThatThrownBy(() -> Recording.open(folder))
                .isInstanceOf(RecordingException.Corrupt.class)
                .hasMessageContaining("no file of a DetTrace recording");

        ByteBuffer changed = copy(good);
        changed.putLong(16, 1);
        write(0, changed);
        assertThatThrownBy(() -> Recording.open(folder))
                .isInstanceOf(RecordingException.Corrupt.class)
                .hasMessageContaining("the header's checksum");
    }

    @Test
    void segmentOfAnotherRecordingIsAnError() throws IOException {
        record(3, true);
        Path other = folder.resolve("other");
        record(other, 3, true);
        Files.copy(segment(other, 0), segment(folder, 0), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> Recording.open(folder))
                .isInstanceOf(RecordingException.Corrupt.class)
                .hasMessageContaining("belongs to recording");
    }

    @Test
    void takenAwaySegmentIsANote() throws IOException {
        record(20_000, true);
        Files.delete(segment(folder, 0));
        Recording recording = Recording.open(folder);
        assertThat(recording.notes()).extracting(RecordingNote::name).containsExactly("missing_segments");
        assertThat(recording.size()).isBetween(1L, 19_999L);
        assertThat(recording.events().get((int) recording.size() - 1).number()).isEqualTo(19_999);
    }

    @Test
    void segmentThatWasBeingMadeHoldsNothing() throws IOException {
        record(3, false);
        for (int size : new int[] {0, 10, 4096}) {
            Files.write(segment(folder, 1), new byte[size]);
            Recording recording = Recording.open(folder);
            assertThat(recording.size()).isEqualTo(3);
            assertThat(recording.notes())
                    .extracting(RecordingNote::name)
                    .containsExactly("not_closed", "unfinished_segment");
        }
    }

    @Test
    void folderWithoutARecordingIsAnError() {
        assertThatThrownBy(() -> Recording.open(folder))
                .isInstanceOf(RecordingException.class)
                .hasMessageContaining("no recording here");
    }

    @Test
    void recordingThatGoesOnCanBeRead() throws IOException {
        try (Recorder recorder = Recorder.into(folder).keepFree(0).open()) {
            for (int i = 0; i < 100; i++) {
                recorder.lane("a").event("K").with("n", i).record();
                assertThat(Recording.open(folder).size()).isEqualTo(i + 1);
            }
            recorder.force();
        }
        assertThat(Recording.open(folder).isClosed()).isTrue();
    }

    private void record(int events, boolean close) throws IOException {
        record(folder, events, close);
    }

    private static void record(Path place, int events, boolean close) {
        Recorder recorder = Recorder.into(place).keepFree(0).open();
        for (int i = 0; i < events; i++) {
            recorder.lane("a").event("K").with("n", i).with("text", "t" + i).record();
        }
        if (close) {
            recorder.close();
        }
    }

    private static int words(ByteBuffer bytes, int at) {
        return (int) (bytes.getLong(at) >>> 16 & 0xFFFF);
    }

    private static int endOfRecords(ByteBuffer bytes) {
        int at = FIRST_RECORD;
        while (bytes.getLong(at) != 0) {
            at += 8 * words(bytes, at);
        }
        return at;
    }

    private static int endOfRecordsBefore(ByteBuffer bytes) {
        int at = FIRST_RECORD;
        int before = at;
        while (bytes.getLong(at) != 0) {
            before = at;
            at += 8 * words(bytes, at);
        }
        return before;
    }

    private static Path segment(Path place, int number) {
        return place.resolve(SegmentFormat.segmentFile(number));
    }

    private ByteBuffer read(int number) throws IOException {
        return read(folder, number);
    }

    private static ByteBuffer read(Path place, int number) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(segment(place, number))).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void write(int number, ByteBuffer bytes) throws IOException {
        write(folder, number, bytes);
    }

    private static void write(Path place, int number, ByteBuffer bytes) throws IOException {
        Files.write(segment(place, number), bytes.array());
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.wrap(bytes.array().clone()).order(ByteOrder.LITTLE_ENDIAN);
    }
}

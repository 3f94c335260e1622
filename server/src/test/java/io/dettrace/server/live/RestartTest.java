package io.dettrace.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.server.live.Traffic.Fault;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on disk after the process is gone, be it killed. */
class RestartTest {
    private static final long START = 1_700_000_000_000L;
    private static final long DISK = 64 << 20;
    private static final int STEPS = 700;
    private static final int FAULTY_FROM = 450;

    @TempDir
    private Path folder;

    /** One request every 100 ms; faulty in the end. */
    private static void step(Bench bench, byte[][] requests, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            bench.at(START + 100L * i);
            bench.send(requests[i]);
            bench.service.tick();
        }
    }

    private static byte[][] requests() {
        Traffic traffic = new Traffic(1);
        byte[][] requests = new byte[STEPS][];
        for (int i = 0; i < STEPS; i++) {
            requests[i] = traffic.request(START + 100L * i, 1, i < FAULTY_FROM ? Fault.NONE : Fault.SLOW);
        }
        return requests;
    }

    /** The files as a killed process leaves them. */
    private Path killed(Path from, String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(name));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return copy;
    }

    private Bench open(Path data, long now) throws IOException {
        return new Bench(Bench.OPTIONS, Optional.of(data), DISK, now);
    }

    private static List<String> lines(Bench bench) {
        return bench.reports.stream().map(ReportJson::line).toList();
    }

    @Test
    void aKilledServerGoesOnAsIfNothingHadHappened() throws Exception {
        byte[][] requests = requests();
        List<String> whole;
        try (Bench bench = new Bench(Bench.OPTIONS, START)) {
            step(bench, requests, 0, STEPS);
            whole = lines(bench);
        }
        assertThat(whole).anyMatch(l -> l.contains("\"state\":\"departs\""));
        Bench first = open(folder.resolve("data"), START);
        int done = 0;
        for (int cut : new int[] {3, 141, 333, 460, 501}) {
            step(first, requests, done, cut);
            done = cut;
            Path copy = killed(folder.resolve("data"), "cut" + cut);
            int before = first.reports.size();
            try (Bench second = open(copy, START + 100L * cut)) {
                step(second, requests, cut, STEPS);
                assertThat(lines(second)).isEqualTo(whole.subList(before, whole.size()));
                assertThat(second.count(Counter.RECEIVED_REQUESTS)).isEqualTo(STEPS - cut);
            }
        }
        first.close();
    }

    @Test
    void aTornLastRecordIsLeftOutWithANote() throws Exception {
        byte[][] requests = requests();
        for (int torn : new int[] {1, 40, 200}) {
            Path data = folder.resolve("torn" + torn);
            Bench first = open(data, START);
            step(first, requests, 0, 20);
            Path copy = killed(data, "copy" + torn);
            first.close();
            Path last = copy.resolve("segment-000000000001.spool");
            try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
                file.setLength(file.length() - torn);
            }
            try (Bench second = open(copy, START + 2000)) {
                assertThat(second.notes).anyMatch(n -> n.contains("torn or damaged"));
                assertThat(second.service.status()).contains("\"items\" : " + 19 * 5);
            }
        }
    }

    @Test
    void aDamagedRecordIsNeverTaken() throws Exception {
        Path data = folder.resolve("damaged");
        Bench first = open(data, START);
        step(first, requests(), 0, 5);
        Path copy = killed(data, "copy");
        first.close();
        Path segment = copy.resolve("segment-000000000001.spool");
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2] ^= 0x10;
        Files.write(segment, bytes);
        try (Bench second = open(copy, START + 1000)) {
            assertThat(second.notes).anyMatch(n -> n.contains("torn or damaged"));
            assertThat(second.service.status()).contains("\"items\" : 10");
        }
    }

    @Test
    void aStateThatIsDamagedIsLeftOutWithANote() throws Exception {
        Path data = folder.resolve("state");
        try (Bench first = open(data, START)) {
            step(first, requests(), 0, 300);
        }
        Path state;
        try (Stream<Path> files = Files.list(data)) {
            state = files.filter(f -> f.getFileName().toString().startsWith("state-"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(state);
        bytes[bytes.length / 2] ^= 1;
        Files.write(state, bytes);
        try (Bench second = open(data, START + 30_000)) {
            assertThat(second.notes).anyMatch(n -> n.contains("checksum"));
        }
    }

    @Test
    void anotherLengthOfWindowsLearnsAnewAndSaysSo() throws Exception {
        Path data = folder.resolve("length");
        try (Bench first = open(data, START)) {
            step(first, requests(), 0, 300);
        }
        LiveOptions longer = LiveOptions.DEFAULT;
        try (Bench second = new Bench(longer, Optional.of(data), DISK, START + 30_000)) {
            assertThat(second.notes).anyMatch(n -> n.contains("windows last 10 s, not 60 s"));
        }
    }

    @Test
    void theDiskHoldsNoMoreThanItsLimit() throws Exception {
        Path data = folder.resolve("disk");
        long limit = 20_000;
        try (Bench bench = new Bench(Bench.OPTIONS, Optional.of(data), limit, START)) {
            Traffic traffic = new Traffic(3);
            for (int i = 0; i < 400; i++) {
                bench.send(traffic.request(START, 0, Fault.NONE));
                try (Stream<Path> files = Files.list(data)) {
                    long size = files.filter(f -> f.toString().endsWith(".spool"))
                            .mapToLong(f -> f.toFile().length())
                            .sum();
                    assertThat(size).isLessThanOrEqualTo(limit);
                }
            }
            assertThat(bench.count(Counter.DELETED_SEGMENTS)).isPositive();
        }
    }

    @Test
    void aFolderThatAnotherServerUsesIsRefused() throws Exception {
        Path data = folder.resolve("shared");
        try (Bench first = open(data, START)) {
            assertThat(first.notes).isEmpty();
            assertThatThrownBy(() -> open(data, START))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another server uses it");
        }
    }
}

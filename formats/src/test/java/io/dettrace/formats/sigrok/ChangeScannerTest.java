package io.dettrace.formats.sigrok;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.formats.ReadContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeScannerTest {
    @TempDir
    Path folder;

    /** Against the plain loop, for every size of a sample, with parts that cut samples. */
    @Test
    void findsEveryChangeOfItsChannelsAndNoOther() throws IOException {
        Random random = new Random(11);
        for (int unit = 1; unit <= 17; unit++) {
            int n = 3000;
            byte[] samples = new byte[n * unit];
            byte[] now = new byte[unit];
            for (int i = 0; i < n; i++) {
                if (random.nextInt(6) == 0) {
                    now[random.nextInt(unit)] ^= (byte) (1 << random.nextInt(8));
                }
                System.arraycopy(now, 0, samples, i * unit, unit);
            }
            List<Channel> channels = new ArrayList<>();
            for (int c = 0; c < 8 * unit; c++) {
                if (random.nextInt(3) == 0) {
                    channels.add(new Channel("c" + c, c));
                }
            }
            List<Long> expected = new ArrayList<>(List.of(0L));
            for (int i = 1; i < n; i++) {
                int at = i * unit;
                int before = at - unit;
                if (channels.stream().anyMatch(c -> c.level(samples, at) != c.level(samples, before))) {
                    expected.add((long) i);
                }
            }
            assertThat(found(samples, unit, channels, random)).as("unit %d", unit).isEqualTo(expected);
        }
    }

    private List<Long> found(byte[] samples, int unit, List<Channel> channels, Random random) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        int part = 1;
        for (int from = 0; from < samples.length; part++) {
            int to = Math.min(samples.length, from + 1 + random.nextInt(samples.length));
            entries.put("logic-1-" + part, java.util.Arrays.copyOfRange(samples, from, to));
            from = to;
        }
        Path path = folder.resolve("unit" + unit + ".sr");
        Files.write(path, Wave.zip(entries));
        ReadContext context = new ReadContext(false, -1);
        List<Long> found = new ArrayList<>();
        try (ChangeScanner scanner = new ChangeScanner(
                new SampleStream(
                        Archive.open(new io.dettrace.formats.input.InputFile(path, "x")), "logic-1", context),
                unit,
                channels,
                context,
                "x")) {
            while (scanner.next()) {
                found.add(scanner.sample());
                assertThat(scanner.samples()[scanner.at()]).isEqualTo(samples[(int) scanner.sample() * unit]);
            }
            assertThat(scanner.sample()).isEqualTo(samples.length / unit);
            assertThat(scanner.bytesRead()).isEqualTo(samples.length);
        }
        assertThat(context.notes()).isEmpty();
        return found;
    }
}

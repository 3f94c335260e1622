package io.dettrace.formats.sigrok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import io.dettrace.event.InputNote;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.input.InputFile;
import io.dettrace.formats.record.Head;
import io.dettrace.formats.record.RecordReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigrokFormatTest {
    @TempDir
    Path folder;

    private final Wave wave = new Wave("RX", "TX");

    {
        wave.uart(0, wave.uart(1, 200, 20, "AT\r\n"), 20, "OK\r\n");
    }

    private static final List<String> DIALOG =
            List.of("uart TX line text=AT end=CRLF", "uart RX line text=OK end=CRLF");

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SigrokFormatTest.class.getResourceAsStream("/sigrok/" + name)) {
            return in.readAllBytes();
        }
    }

    private List<String> events(byte[] capture) throws IOException {
        return Decoded.events(folder, capture, Map.of());
    }

    private void refused(byte[] capture, String... parts) {
        assertThatThrownBy(() -> events(capture))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(Decoded.FILE)
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }

    private Map<String, byte[]> entries() {
        return new TreeMap<>(Map.of(
                "version", bytes("2"),
                "metadata", bytes(wave.metadata(1, "1 MHz")),
                "logic-1", wave.samples(1, 2000)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void realCapturesAreReadAsTheirDevicesTalk() throws IOException {
        assertThat(events(resource("panasonic_pan1321_error.sr")))
                .containsExactly(
                        "uart RX line text=ROK end=CRLF",
                        "uart TX line text=AT+JSEC=1,1,2,04,7777 end=CRLF",
                        "uart RX line text=OK end=CRLF",
                        "uart TX line text=AT+JDIS=9 end=CRLF",
                        "uart RX line text=ERR=-1 end=CRLF");
        assertThat(events(resource("rtc_ds1307_500khz_sqw32khz_mode12h_pm.sr")))
                .containsExactly(
                        "i2c write address=0x68 data=00 end=repeated start",
                        "i2c read address=0x68 data=41 39 68 06 02 02 19 03 repeated_start=true nack=byte 8 end=stop");
        assertThat(events(resource("nrf24l01-test-misc.sr")))
                .hasSize(5)
                .contains("spi transfer mosi=60 00 miso=00 09");
        assertThat(events(resource("sle4442_atr.sr"))).startsWith("I/O initial value=0", "CLK initial value=0");
    }

    @Test
    void anEventsPlaceIsItsFirstSample() throws IOException {
        byte[] capture = wave.capture(4, "1 MHz");
        try (RecordReader reader = new SigrokFormat()
                .open(Decoded.input(folder, capture, Map.of()), new ReadContext(false, -1))) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.record().line()).isEqualTo(1);
            assertThat(reader.record().offset()).isEqualTo(4 * 200);
            assertThat(reader.record().length()).isEqualTo(4 * 4 * 200);
            assertThat(reader.record().value("time_ns")).isEqualTo("200000");
        }
    }

    @Test
    void theSizeOfASampleDoesNotMatter() throws IOException {
        for (int unit = 1; unit <= 20; unit++) {
            assertThat(events(wave.capture(unit, "1 MHz"))).as("unit %d", unit).isEqualTo(DIALOG);
        }
    }

    @Test
    void partsMayLieInAnyOrderAndCutSamples() throws IOException {
        Map<String, byte[]> parts = new TreeMap<>(entries());
        parts.put("metadata", bytes(wave.metadata(3, "1 MHz")));
        byte[] samples = wave.samples(3, 2000);
        parts.remove("logic-1");
        int cut = 0;
        for (int part = 1; part <= 12; part++) {
            int to = part == 12 ? samples.length : cut + 100 + part;
            parts.put("logic-1-" + part, Arrays.copyOfRange(samples, cut, to));
            cut = to;
        }
        // By name, logic-1-10 lies before logic-1-2.
        assertThat(events(Wave.zip(parts))).isEqualTo(DIALOG);
        parts.remove("logic-1-11");
        refused(Wave.zip(parts), "logic-1-12", "number 11", "--lenient");
        ReadContext lenient = new ReadContext(true, -1);
        Decoded.events(folder, Wave.zip(parts), Map.of(), lenient);
        assertThat(lenient.notes()).extracting(InputNote::code).contains("missing_chunk");
    }

    @Test
    void aLastSampleThatIsCutIsLeftOutWithANote() throws IOException {
        Map<String, byte[]> entries = entries();
        entries.put("metadata", bytes(wave.metadata(2, "1 MHz")));
        byte[] samples = wave.samples(2, 2000);
        entries.put("logic-1", Arrays.copyOf(samples, samples.length - 1));
        ReadContext context = new ReadContext(false, -1);
        assertThat(Decoded.events(folder, Wave.zip(entries), Map.of(), context)).isEqualTo(DIALOG);
        assertThat(context.notes()).extracting(InputNote::code).contains("cut_sample");
    }

    @Test
    void versionsDevicesAndUnitsThatAreNotKnownAreRefused() throws IOException {
        for (String version : List.of("1", "2", "2\n")) {
            Map<String, byte[]> entries = entries();
            entries.put("version", bytes(version));
            assertThat(events(Wave.zip(entries))).isEqualTo(DIALOG);
        }
        Map<String, byte[]> entries = entries();
        entries.put("version", bytes("3"));
        refused(Wave.zip(entries), "version", "\"3\"");
        entries = entries();
        entries.put("metadata", bytes(wave.metadata(1, "1 MHz") + "[device 2]\ncapturefile=logic-2\n"));
        refused(Wave.zip(entries), "device 1", "device 2");
        entries = entries();
        entries.put("metadata", bytes("[global]\n"));
        refused(Wave.zip(entries), "[device 1]");
        entries = entries();
        entries.put("metadata", bytes(wave.metadata(Metadata.MAX_UNIT_SIZE, "1 MHz")));
        assertThat(events(Wave.zip(entries))).startsWith("RX initial value=1");
        entries.put("metadata", bytes(wave.metadata(Metadata.MAX_UNIT_SIZE + 1, "1 MHz")));
        refused(Wave.zip(entries), "unitsize");
        entries.put("metadata", bytes(wave.metadata(1, "fast")));
        refused(Wave.zip(entries), "samplerate", "fast");
        entries.remove("logic-1");
        entries.put("metadata", bytes(wave.metadata(1, "1 MHz") + "total analog=1\nanalog3=A\n"));
        entries.put("analog-1-3-1", new byte[16]);
        refused(Wave.zip(entries), "no logic samples", "analog");
    }

    @Test
    void damagedSamplesAreRefusedOrReadUpToThere() throws IOException {
        byte[] capture = Wave.zip(entries());
        String text = new String(capture, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("PK\1\2", text.lastIndexOf("logic-1") - 60) + 16;
        capture[at] ^= 1; // the checksum in the directory
        refused(capture, "logic-1", "checksum");
        ReadContext lenient = new ReadContext(true, -1);
        assertThat(Decoded.events(folder, capture, Map.of(), lenient)).isEqualTo(DIALOG);
        assertThat(lenient.notes()).extracting(InputNote::code).contains("damaged_samples");
        refused(Arrays.copyOf(capture, capture.length / 2), "cut off");
    }

    @Test
    void aBombIsRefusedByItsDirectory() throws IOException {
        byte[] capture = Wave.zip(entries());
        String text = new String(capture, StandardCharsets.ISO_8859_1);
        int entry = text.indexOf("PK\1\2", text.lastIndexOf("logic-1") - 60);
        int packed = java.nio.ByteBuffer.wrap(capture)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getInt(entry + 20);
        size(capture, entry, packed * Archive.MAX_RATIO + Archive.MAX_RATIO - 1);
        refused(capture, "logic-1", "the file is damaged");
        size(capture, entry, (packed + 1) * Archive.MAX_RATIO);
        refused(capture, "does not compress by more than");
    }

    private static void size(byte[] capture, int entry, int size) {
        java.nio.ByteBuffer.wrap(capture)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(entry + 24, size);
    }

    @Test
    void otherZipFilesAreNotClaimed() throws IOException {
        Map<String, byte[]> entries = entries();
        assertThat(claims(Wave.zip(entries))).isTrue();
        entries.remove("version");
        assertThat(claims(Wave.zip(entries))).isFalse();
        assertThat(claims(Wave.zip(Map.of("META-INF/MANIFEST.MF", bytes("x"), "version", bytes("1")))))
                .isFalse();
        byte[] cut = Wave.zip(entries());
        assertThat(claims(Arrays.copyOf(cut, cut.length / 2))).as("a cut one is still one").isTrue();
    }

    private boolean claims(byte[] bytes) throws IOException {
        Path path = Files.createTempFile(folder, "claims", ".zip");
        Files.write(path, bytes);
        return new SigrokFormat().claims(Head.of(List.of(new InputFile(path, "x"))));
    }

    @Test
    void optionsThatAreWrongSayWhatIsRight() throws IOException {
        byte[] capture = wave.capture("1 MHz");
        for (var wrong : Map.of(
                        "group", "word",
                        "dialog", "maybe",
                        "samplerate", "much",
                        "levels", "nowhere",
                        "decode", "uart:rx=nowhere")
                .entrySet()) {
            assertThatThrownBy(() -> Decoded.events(folder, capture, Map.of(wrong.getKey(), wrong.getValue())))
                    .as(wrong.getKey())
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith(Decoded.FILE)
                    .hasMessageContaining(wrong.getKey().equals("decode") ? "RX, TX" : wrong.getKey());
        }
    }

    @Test
    void linesOfBothDirectionsComeInTheOrderOfTheirStarts() throws IOException {
        Wave long_ = new Wave("RX", "TX");
        double t = 300;
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            t = long_.uart(1, t, 4, "AT" + i + "\r\n");
            t = long_.uart(0, t, 4, "OK" + i + "\r\n");
            expected.add("uart TX line text=AT" + i + " end=CRLF");
            expected.add("uart RX line text=OK" + i + " end=CRLF");
        }
        assertThat(events(long_.capture("1 MHz"))).isEqualTo(expected);
    }

    @Test
    void ratesAreReadAsSigrokWritesThem() {
        for (var rate : Map.of(
                        "500 kHz", 500_000L,
                        "1 MHz", 1_000_000L,
                        "33.333333 MHz", 33_333_333L,
                        "24000000", 24_000_000L,
                        "2.5 GHz", 2_500_000_000L,
                        "1 Hz", 1L,
                        "200k", 200_000L)
                .entrySet()) {
            assertThat(SampleClock.parse(rate.getKey())).as(rate.getKey()).hasValue(rate.getValue());
        }
        for (String none : List.of("", "MHz", "-1 MHz", "1e6", "0", "99999999999999 GHz")) {
            assertThat(SampleClock.parse(none)).as(none).isEmpty();
        }
        assertThat(new SampleClock(3).nanos(4)).isEqualTo(1_333_333_333L);
        assertThat(new SampleClock(24_000_000).nanos(24_000_000L * 86_400 + 1)).isEqualTo(86_400_000_000_041L);
        assertThat(new SampleClock(50_000_000_000L).nanos(50_000_000_050L)).isEqualTo(1_000_000_001L);
    }
}

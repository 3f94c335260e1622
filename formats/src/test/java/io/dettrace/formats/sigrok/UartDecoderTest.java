package io.dettrace.formats.sigrok;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.formats.sigrok.UartSettings.Parity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UartDecoderTest {
    private static final double BIT = 1e6 / 115_200;

    @TempDir
    Path folder;

    private List<String> decoded(Wave wave, String settings, String group) throws IOException {
        return Decoded.events(
                folder, wave.capture("1 MHz"), Map.of("decode", "uart:rx=RX,baud=115200" + settings, "group", group));
    }

    private static UartSettings frame(int data, Parity parity, double stop, boolean msb, boolean inverted) {
        return new UartSettings(BIT, data, parity, stop, msb, inverted);
    }

    @Test
    void everyFrameGivesBackItsWords() throws IOException {
        Random random = new Random(3);
        for (Parity parity : Parity.values()) {
            for (int data = 5; data <= 9; data++) {
                boolean msb = random.nextBoolean();
                boolean inverted = random.nextBoolean();
                double stop = 1 + random.nextInt(3) / 2.0;
                int[] words = random.ints(20, 0, 1 << data).toArray();
                Wave wave = new Wave("RX");
                wave.uart(0, 500, frame(data, parity, stop, msb, inverted), words);
                String settings = ",data=" + data + ",parity=" + parity.name().toLowerCase(java.util.Locale.ROOT)
                        + ",stop=" + stop + ",order=" + (msb ? "msb" : "lsb") + ",invert=" + (inverted ? "yes" : "no");
                List<String> events = decoded(wave, settings, "byte");
                assertThat(events).as(settings).hasSameSizeAs(words);
                for (int i = 0; i < words.length; i++) {
                    assertThat(events.get(i)).startsWith("uart RX byte hex=" + Hex.of(words[i], data));
                    assertThat(events.get(i)).doesNotContain("error");
                }
            }
        }
    }

    @Test
    void aWrongParityBitIsAnError() throws IOException {
        Wave wave = new Wave("RX");
        wave.uart(0, 500, frame(8, Parity.ODD, 1, false, false), 0x41, 0x42);
        assertThat(decoded(wave, ",parity=even", "byte"))
                .containsExactly(
                        "uart RX byte hex=41 char=A error=parity", "uart RX byte hex=42 char=B error=parity");
    }

    @Test
    void aLowStopBitIsAFramingError() throws IOException {
        Wave wave = new Wave("RX");
        double end = wave.uart(0, 500, frame(8, Parity.NONE, 1, false, false), 0x41);
        wave.set(0, end - BIT, 0).set(0, end + BIT / 4, 1);
        wave.uart(0, end + 20 * BIT, BIT, "B");
        assertThat(decoded(wave, "", "byte"))
                .containsExactly("uart RX byte hex=41 char=A error=framing", "uart RX byte hex=42 char=B");
    }

    @Test
    void aLowLineForAWholeFrameIsABreak() throws IOException {
        Wave wave = new Wave("RX");
        wave.set(0, 500, 0).set(0, 500 + 14 * BIT, 1);
        wave.uart(0, 500 + 20 * BIT, BIT, "B");
        assertThat(decoded(wave, "", "byte")).containsExactly("uart RX break", "uart RX byte hex=42 char=B");
    }

    @Test
    void aStartBitThatIsTooShortIsAGlitch() throws IOException {
        Wave wave = new Wave("RX");
        wave.set(0, 500, 0).set(0, 502, 1);
        wave.uart(0, 600, BIT, "B");
        assertThat(decoded(wave, "", "byte"))
                .containsExactly("uart RX glitch error=start bit", "uart RX byte hex=42 char=B");
    }

    @Test
    void textIsReadByLines() throws IOException {
        Wave wave = new Wave("RX");
        double t = wave.uart(0, 500, BIT, "AT\rOK\r\n\r\none\ntwo");
        wave.uart(0, t, frame(8, Parity.NONE, 1, false, false), 0xC3, 0xA4, '\n', 0x02, 'x', 'y', 0x03, 0xC3, 'a');
        assertThat(decoded(wave, "", "auto"))
                .containsExactly(
                        "uart RX line text=AT end=CR",
                        "uart RX line text=OK end=CRLF",
                        "uart RX line text= end=CRLF",
                        "uart RX line text=one end=LF",
                        "uart RX line text=two\u00e4 end=LF",
                        "uart RX byte hex=02",
                        "uart RX byte hex=78 char=x",
                        "uart RX byte hex=79 char=y",
                        "uart RX byte hex=03",
                        "uart RX byte hex=C3",
                        "uart RX byte hex=61 char=a");
    }

    @Test
    void pausesDoNotPartALine() throws IOException {
        Wave wave = new Wave("RX");
        wave.uart(0, wave.uart(0, 500, BIT, "hello ") + 5000, BIT, "world\r\n");
        assertThat(decoded(wave, "", "auto")).containsExactly("uart RX line text=hello world end=CRLF");
    }

    @Test
    void anErrorWithinALineIsNamedInIt() throws IOException {
        Wave wave = new Wave("RX");
        double t = wave.uart(0, 500, frame(8, Parity.EVEN, 1, false, false), 'a');
        t = wave.uart(0, t, frame(8, Parity.ODD, 1, false, false), 'b');
        wave.uart(0, t, frame(8, Parity.EVEN, 1, false, false), '\n');
        assertThat(decoded(wave, ",parity=even", "line"))
                .containsExactly("uart RX line text=ab end=LF error=parity at byte 2");
    }

    @Test
    void aLineIsCutAtItsLimit() throws IOException {
        Wave wave = new Wave("RX");
        wave.uart(0, 500, BIT, "x".repeat(UartLines.MAX_LINE) + "\n");
        assertThat(decoded(wave, "", "auto"))
                .containsExactly(
                        "uart RX line text=" + "x".repeat(UartLines.MAX_LINE) + " end=none",
                        "uart RX line text= end=LF");
        Wave shorter = new Wave("RX");
        shorter.uart(0, 500, BIT, "x".repeat(UartLines.MAX_LINE - 1) + "\n");
        assertThat(decoded(shorter, "", "auto")).hasSize(1);
    }
}

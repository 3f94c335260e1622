package io.dettrace.formats.sigrok;

import static org.assertj.core.api.Assertions.assertThat;

import io.dettrace.event.InputNote;
import io.dettrace.formats.ReadContext;
import io.dettrace.formats.sigrok.UartSettings.Parity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoPlannerTest {
    @TempDir
    Path folder;

    private final ReadContext context = new ReadContext(false, -1);

    private List<String> decoded(Wave wave, String rate) throws IOException {
        return Decoded.events(folder, wave.capture(rate), Map.of(), context);
    }

    private String note(String code) {
        return context.notes().stream()
                .filter(n -> n.code().equals(code))
                .map(InputNote::message)
                .findFirst()
                .orElse("");
    }

    @Test
    void theRateIsToldFromThePulses() throws IOException {
        for (int baud : new int[] {9600, 19200, 38400, 57600, 115200, 230400}) {
            Wave wave = new Wave("RX", "TX");
            wave.uart(0, wave.uart(1, 300, 1e6 / baud, "AT+VER?\r\n"), 1e6 / baud, "1.0 ready\r\n");
            ReadContext each = new ReadContext(false, -1);
            assertThat(Decoded.events(folder, wave.capture("1 MHz"), Map.of(), each))
                    .as("%d baud", baud)
                    .containsExactly("uart TX line text=AT+VER? end=CRLF", "uart RX line text=1.0 ready end=CRLF");
            assertThat(each.notes().get(0).message()).contains(baud + " baud, 8N1");
        }
    }

    @Test
    void parityAndInversionAreToldFromTheFrames() throws IOException {
        for (Parity parity : new Parity[] {Parity.EVEN, Parity.ODD}) {
            for (int data = 7; data <= 8; data++) {
                for (boolean inverted : new boolean[] {false, true}) {
                    UartSettings s = new UartSettings(1e6 / 9600, data, parity, 1, false, inverted);
                    Wave wave = new Wave("RX");
                    wave.uart(0, 900, s, "The quick brown fox jumps over it.\r\n".chars().toArray());
                    assertThat(decoded(wave, "1 MHz"))
                            .as(s.frame())
                            .containsExactly("uart RX line text=The quick brown fox jumps over it. end=CRLF");
                }
            }
        }
    }

    @Test
    void withoutASamplerateABitIsMeasuredInSamples() throws IOException {
        Wave wave = new Wave("RX");
        wave.uart(0, 300, 12, "hello\r\n");
        assertThat(decoded(wave, "")).containsExactly("uart RX line text=hello end=CRLF");
        assertThat(note("guessed_decoder")).contains("12.0 samples a bit");
        assertThat(note("no_samplerate")).isNotEmpty();
    }

    @Test
    void namesWithAPrefixMakeABusEach() throws IOException {
        Wave wave = new Wave("I2C1_SCL", "I2C1_SDA", "U2 TX", "U2 RX", "dbg-txd");
        wave.i2c(100, 5).start().value(0xA0, true).value(1, true).stop();
        double t = wave.uart(2, 300, 20, "ping\n");
        wave.uart(3, t, 20, "pong\n");
        wave.uart(4, t + 1000, 40, "debug\n");
        assertThat(decoded(wave, "1 MHz"))
                .containsExactlyInAnyOrder(
                        "i2c I2C1 write address=0x50 data=01 end=stop",
                        "uart U2 TX line text=ping end=LF",
                        "uart U2 RX line text=pong end=LF",
                        "uart dbg-txd line text=debug end=LF");
    }

    @Test
    void signalsAreToldWithoutNames() throws IOException {
        Wave wave = new Wave("D0", "D1", "D2", "D3");
        Wave.I2c bus = wave.i2c(100, 5).start().value(0xA0, true);
        for (int i = 0; i < 10; i++) {
            bus.value(17 * i, true);
        }
        bus.stop();
        wave.uart(2, 300, 1e6 / 38400, "boot: version 12\r\n");
        assertThat(decoded(wave, "1 MHz"))
                .containsExactlyInAnyOrder(
                        "i2c write address=0x50 data=00 11 22 33 44 55 66 77 88 99 end=stop",
                        "uart D2 line text=boot: version 12 end=CRLF");
        Wave oneWire = new Wave("D0");
        oneWire.oneWire(0, 100, 1).reset(true).value(0xCC, 8).value(0x44, 8);
        assertThat(decoded(oneWire, "1 MHz")).contains("onewire data hex=44");
    }

    @Test
    void whatIsNoProtocolIsShownAsLevels() throws IOException {
        Wave wave = new Wave("A", "B");
        wave.set(0, 10, 0).set(0, 40, 1).set(1, 12, 0).set(0, 41, 0).set(0, 700, 1);
        assertThat(decoded(wave, "1 MHz"))
                .containsExactly(
                        "A initial value=1",
                        "B initial value=1",
                        "A level value=0",
                        "B level value=0",
                        "A level value=1",
                        "A level value=0",
                        "A level value=1");
        assertThat(note("guessed_decoder")).contains("no protocol");
    }

    @Test
    void channelsThatAreNotDecodedAreNamedAndCanBeAskedFor() throws IOException {
        Wave wave = new Wave("TX", "LED");
        wave.uart(0, 300, 20, "hello\n");
        wave.set(1, 400, 0);
        assertThat(decoded(wave, "1 MHz")).containsExactly("uart TX line text=hello end=LF");
        assertThat(note("channels_left_out")).contains("LED");
        assertThat(Decoded.events(folder, wave.capture("1 MHz"), Map.of("levels", "led"), context))
                .containsExactly("LED initial value=1", "uart TX line text=hello end=LF", "LED level value=0");
    }

    @Test
    void whenTheCaptureBeginsDoesNotMatter() throws IOException {
        Wave early = new Wave("RX", "TX");
        Wave late = new Wave("RX", "TX");
        early.uart(0, early.uart(1, 200, 8.68, "AT\r\n") + 300, 8.68, "OK\r\n");
        late.uart(0, late.uart(1, 90_000, 8.68, "AT\r\n") + 777, 8.68, "OK\r\n");
        assertThat(decoded(early, "1 MHz")).isEqualTo(decoded(late, "1 MHz")).hasSize(2);
    }
}

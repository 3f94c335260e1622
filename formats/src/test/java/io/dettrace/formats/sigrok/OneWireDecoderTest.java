package io.dettrace.formats.sigrok;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneWireDecoderTest {
    /** Application note 27's example: family 02, serial number 00 00 00 01 B8 1C, CRC A2. */
    private static final long CODE = 0xA2_00_00_00_01_B8_1C_02L;

    private static final String PINS = "onewire:owr=DQ";

    @TempDir
    Path folder;

    private final Wave wave = new Wave("DQ");

    private List<String> decoded(String group) throws IOException {
        return Decoded.events(folder, wave.capture("4 MHz"), Map.of("decode", PINS, "group", group));
    }

    @Test
    void theApplicationNotesCrcIsRight() {
        assertThat(OneWireBytes.crc8(CODE, 8)).isZero();
        assertThat(OneWireBytes.crc8(CODE & 0xFF_FFFF_FFFF_FFFFL, 7)).isEqualTo(0xA2);
    }

    @Test
    void aRomCodeIsReadAndItsCrcChecked() throws IOException {
        wave.oneWire(0, 100, 4)
                .reset(true)
                .value(0x33, 8)
                .value(CODE, 64)
                .reset(true)
                .value(0x33, 8)
                .value(CODE ^ 1L << 20, 64);
        assertThat(decoded("auto"))
                .containsExactly(
                        "onewire reset presence=true",
                        "onewire rom command command=READ ROM hex=33",
                        "onewire rom code=A200000001B81C02 crc=ok",
                        "onewire reset presence=true",
                        "onewire rom command command=READ ROM hex=33",
                        "onewire rom code=A200000001A81C02 crc=wrong");
    }

    @Test
    void aSearchGivesTheCodeThatIsFound() throws IOException {
        wave.oneWire(0, 100, 4).reset(true).value(0xF0, 8).search(CODE);
        assertThat(decoded("auto"))
                .contains("onewire rom code=A200000001B81C02 crc=ok")
                .hasSize(3);
    }

    @Test
    void dataAreOneEventUpToTheNextReset() throws IOException {
        wave.oneWire(0, 100, 4)
                .reset(true)
                .value(0xCC, 8)
                .value(0x44, 8)
                .reset(true)
                .value(0xCC, 8)
                .value(0xBE, 8)
                .value(0x0550, 16)
                .reset(false);
        assertThat(decoded("auto"))
                .containsExactly(
                        "onewire reset presence=true",
                        "onewire rom command command=SKIP ROM hex=CC",
                        "onewire data hex=44",
                        "onewire reset presence=true",
                        "onewire rom command command=SKIP ROM hex=CC",
                        "onewire data hex=BE 50 05",
                        "onewire reset presence=false");
        assertThat(decoded("byte")).contains("onewire data hex=BE", "onewire data hex=50", "onewire data hex=05");
    }

    @Test
    void overdriveBeginsWithItsCommandAndEndsWithALongReset() throws IOException {
        wave.oneWire(0, 100, 4)
                .reset(true)
                .value(0x3C, 8)
                .overdrive(true)
                .value(0xBE, 8)
                .reset(true)
                .value(0xCC, 8)
                .overdrive(false)
                .reset(true)
                .value(0xCC, 8);
        assertThat(decoded("auto"))
                .containsExactly(
                        "onewire reset presence=true",
                        "onewire rom command command=OVERDRIVE SKIP ROM hex=3C",
                        "onewire data hex=BE",
                        "onewire reset presence=true",
                        "onewire rom command command=SKIP ROM hex=CC",
                        "onewire reset presence=true",
                        "onewire rom command command=SKIP ROM hex=CC");
    }

    @Test
    void aSlotThatIsCutShortByTheNextIsAnErrorOfItsByte() throws IOException {
        wave.oneWire(0, 100, 4)
                .reset(true)
                .value(0xCC, 8)
                .value(5, 3)
                .shortSlot()
                .value(5, 4);
        assertThat(decoded("auto"))
                .startsWith("onewire reset presence=true", "onewire rom command command=SKIP ROM hex=CC")
                .anyMatch(e -> e.contains("error=slot too short"));
    }

    @Test
    void aPresencePulseThatTheCaptureCutsIsStillOne() throws IOException {
        wave.oneWire(0, 100, 4).reset(true).value(0xCC, 8).cutReset();
        assertThat(decoded("auto"))
                .containsExactly(
                        "onewire reset presence=true",
                        "onewire rom command command=SKIP ROM hex=CC",
                        "onewire reset presence=true");
    }

    @Test
    void bitsThatAreLeftOverAreNamed() throws IOException {
        wave.oneWire(0, 100, 4).reset(true).value(0xCC, 8).value(5, 3).reset(true);
        assertThat(decoded("auto"))
                .containsExactly(
                        "onewire reset presence=true",
                        "onewire rom command command=SKIP ROM hex=CC",
                        "onewire incomplete of=byte bits_left=3",
                        "onewire reset presence=true");
    }
}

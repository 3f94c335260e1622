package io.dettrace.formats.sigrok;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpiDecoderTest {
    private static final String PINS = "spi:clk=CLK,mosi=MOSI,miso=MISO,cs=CS";

    @TempDir
    Path folder;

    private static Wave wave(SpiSettings s, long[] out, long[] in) {
        Wave wave = new Wave("CS", "CLK", "MOSI", "MISO");
        wave.spi(wave.spi(100, 8, s, out, in), 8, s, new long[] {0x01}, new long[] {0xFE});
        return wave;
    }

    private List<String> decoded(Wave wave, String decode, String group) throws IOException {
        return Decoded.events(folder, wave.capture("1 MHz"), Map.of("decode", decode, "group", group));
    }

    @Test
    void everyModeIsDecodedAndGuessed() throws IOException {
        long[] out = {0x9F, 0x00, 0xA5};
        long[] in = {0xFF, 0xEF, 0x5A};
        for (int mode = 0; mode < 4; mode++) {
            for (int active = 0; active < 2; active++) {
                Wave wave = wave(new SpiSettings(mode >> 1, mode & 1, true, 8, active), out, in);
                String told = PINS + ",mode=" + mode + ",cs_active=" + (active == 1 ? "high" : "low");
                assertThat(decoded(wave, told, "auto"))
                        .containsExactly("spi transfer mosi=9F 00 A5 miso=FF EF 5A", "spi transfer mosi=01 miso=FE");
                assertThat(decoded(wave, "auto", "auto")).as("mode %d", mode).isEqualTo(decoded(wave, told, "auto"));
            }
        }
    }

    @Test
    void wordsMayBeLongAndLowestBitFirst() throws IOException {
        Wave wave = new Wave("CS", "CLK", "MOSI", "MISO");
        wave.spi(100, 8, new SpiSettings(0, 0, false, 12, 0), new long[] {0xABC, 0x123}, new long[] {0x001, 0x800});
        assertThat(decoded(wave, PINS + ",mode=0,order=lsb,word=12", "byte"))
                .containsExactly("spi word mosi=ABC miso=001", "spi word mosi=123 miso=800");
    }

    @Test
    void bitsThatAreLeftOverAreNamed() throws IOException {
        Wave wave = new Wave("CS", "CLK", "MOSI", "MISO");
        wave.spi(100, 8, new SpiSettings(0, 0, true, 12, 0), new long[] {0xABC}, new long[] {0});
        assertThat(decoded(wave, PINS + ",mode=0", "auto")).containsExactly("spi transfer mosi=AB miso=00 bits_left=4");
        assertThat(decoded(wave, PINS + ",mode=0", "byte"))
                .containsExactly("spi word mosi=AB miso=00", "spi incomplete word bits_left=4");
    }

    @Test
    void withoutSelectEveryWordIsAnEvent() throws IOException {
        Wave wave = wave(new SpiSettings(0, 0, true, 8, 0), new long[] {1, 2}, new long[] {3, 4});
        assertThat(decoded(wave, "spi:clk=CLK:mosi=MOSI:cpol=0:cpha=0", "auto"))
                .containsExactly("spi word mosi=01", "spi word mosi=02", "spi word mosi=01");
    }

    @Test
    void aLongTransferIsSeveralEvents() throws IOException {
        Wave wave = new Wave("CS", "CLK", "MOSI", "MISO");
        int n = SpiDecoder.MAX_WORDS + 1;
        wave.spi(100, 1, new SpiSettings(0, 1, true, 8, 0), new long[n], new long[n]);
        List<String> events = decoded(wave, PINS + ",mode=1", "auto");
        assertThat(events).hasSize(2);
        assertThat(events.get(0)).endsWith("continues=true");
        assertThat(events.get(1)).isEqualTo("spi transfer mosi=00 miso=00");
    }
}

package io.dettrace.formats.sigrok;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class I2cDecoderTest {
    private static final String PINS = "i2c:scl=SCL,sda=SDA";

    @TempDir
    Path folder;

    private final Wave wave = new Wave("SCL", "SDA");

    private List<String> decoded(String group) throws IOException {
        return Decoded.events(folder, wave.capture("1 MHz"), Map.of("decode", PINS, "group", group));
    }

    @Test
    void aRegisterIsReadWithARepeatedStart() throws IOException {
        wave.i2c(50, 5).start().value(0xD0, true).value(0x07, true).start().value(0xD1, true).value(0x12, true)
                .value(0x34, false).stop();
        assertThat(decoded("auto"))
                .containsExactly(
                        "i2c write address=0x68 data=07 end=repeated start",
                        "i2c read address=0x68 data=12 34 repeated_start=true nack=byte 2 end=stop");
        assertThat(decoded("byte"))
                .containsExactly(
                        "i2c start",
                        "i2c write address=0x68 ack=true",
                        "i2c data write hex=07 ack=true",
                        "i2c repeated start",
                        "i2c read address=0x68 ack=true",
                        "i2c data read hex=12 ack=true",
                        "i2c data read hex=34 ack=false",
                        "i2c stop");
    }

    @Test
    void aTargetThatDoesNotAnswerIsNamed() throws IOException {
        wave.i2c(50, 5).start().value(0xA0, false).stop();
        assertThat(decoded("auto")).containsExactly("i2c write address=0x50 data= nack=address end=stop");
    }

    @Test
    void tenBitAddressesAreWholeAlsoWhenReading() throws IOException {
        wave.i2c(50, 5).start().value(0b11110_10_0, true).value(0x5A, true).value(0x01, true).start()
                .value(0b11110_10_1, true).value(0x99, false).stop();
        assertThat(decoded("auto"))
                .containsExactly(
                        "i2c write address=0x25A (10 bit) data=01 end=repeated start",
                        "i2c read address=0x25A (10 bit) data=99 repeated_start=true nack=byte 1 end=stop");
    }

    @Test
    void clockStretchingDoesNotShow() throws IOException {
        wave.i2c(50, 5).start().value(0xD0, true).stretch(333).value(0x07, true).stretch(12).stop();
        assertThat(decoded("auto")).containsExactly("i2c write address=0x68 data=07 end=stop");
    }

    @Test
    void aSpikeOnDataCutsAByteAndIsNamed() throws IOException {
        wave.i2c(50, 5).start().value(0xD0, true).bit(1).bit(0).bit(1).glitch().bit(0).stop();
        assertThat(decoded("auto"))
                .containsExactly(
                        "i2c write address=0x68 data= end=repeated start bits_left=3",
                        "i2c no address repeated_start=true end=stop");
    }

    @Test
    void aMessageThatTheCaptureCutsOffHasNoEnd() throws IOException {
        wave.i2c(50, 5).start().value(0xD0, true).value(0x07, true);
        assertThat(decoded("auto")).containsExactly("i2c write address=0x68 data=07 end=none");
    }

    @Test
    void aLongMessageIsSeveralEvents() throws IOException {
        Wave.I2c bus = wave.i2c(50, 1).start().value(0xA0, true);
        for (int i = 0; i <= I2cDecoder.MAX_BYTES; i++) {
            bus.value(i & 0xFF, true);
        }
        bus.stop();
        List<String> events = decoded("auto");
        assertThat(events).hasSize(2);
        assertThat(events.get(0)).startsWith("i2c write address=0x50 data=00 01").endsWith("FF continues=true");
        assertThat(events.get(1)).isEqualTo("i2c write address=0x50 data=00 end=stop");
    }
}

package io.dettrace.formats.sigrok;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dettrace.event.InputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecoderSpecTest {
    @Test
    void oursAndSigroksWritingAreTheSame() throws InputException {
        List<DecoderSpec> specs = DecoderSpec.parse("uart:rx=RX,baud=9600,parity=odd;i2c:scl=A,sda=B");
        assertThat(specs)
                .containsExactly(
                        new DecoderSpec("uart", Map.of("rx", "RX", "baud", "9600", "parity", "odd")),
                        new DecoderSpec("i2c", Map.of("scl", "A", "sda", "B")));
        assertThat(DecoderSpec.parse("uart:rx=RX:baudrate=9600:parity=odd;i2c:scl=A:sda=B"))
                .isEqualTo(specs);
    }

    @Test
    void aBackslashKeepsWhatPartsSettings() throws InputException {
        assertThat(DecoderSpec.parse("uart:rx=a\\:b\\,c\\;d\\\\").get(0).settings())
                .containsEntry("rx", "a:b,c;d\\");
    }

    @Test
    void whatIsNotKnownIsRefusedWithWhatIs() {
        assertThatThrownBy(() -> DecoderSpec.parse("can:rx=A"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no decoder \"can\"")
                .hasMessageContaining("onewire");
        assertThatThrownBy(() -> DecoderSpec.parse("i2c:scl=A,speed=1"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("speed=1")
                .hasMessageContaining("scl, sda");
        assertThatThrownBy(() -> DecoderSpec.parse("")).isInstanceOf(InputException.class);
    }

    @Test
    void decodersAreLimited() throws InputException {
        String one = "i2c:scl=A,sda=B;";
        assertThat(DecoderSpec.parse(one.repeat(DecoderSpec.MAX_DECODERS))).hasSize(DecoderSpec.MAX_DECODERS);
        assertThatThrownBy(() -> DecoderSpec.parse(one.repeat(DecoderSpec.MAX_DECODERS + 1)))
                .isInstanceOf(InputException.class);
    }
}

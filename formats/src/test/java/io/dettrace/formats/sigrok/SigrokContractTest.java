package io.dettrace.formats.sigrok;

import io.dettrace.formats.record.RecordFormat;
import io.dettrace.formats.record.RecordFormatContract;
import java.io.IOException;
import java.util.Map;

class SigrokContractTest extends RecordFormatContract {
    @Override
    protected RecordFormat format() {
        return new SigrokFormat();
    }

    @Override
    protected Map<String, String> options() {
        return Map.of("decode", "uart:rx=RX,tx=TX,baud=115200;i2c:scl=SCL,sda=SDA");
    }

    @Override
    protected byte[] bytes() throws IOException {
        Wave wave = new Wave("RX", "TX", "SCL", "SDA");
        double t = 300;
        for (int i = 0; i < 8; i++) {
            t = wave.uart(0, t, 8.68, "AT" + i + "\r\n");
            t = wave.uart(1, t, 8.68, "OK\r\n");
            wave.i2c(t - 500, 2).start().value(0xD0, true).value(i, true).stop();
        }
        return wave.capture("1 MHz");
    }
}

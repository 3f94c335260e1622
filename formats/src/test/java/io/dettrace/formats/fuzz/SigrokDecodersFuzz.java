package io.dettrace.formats.fuzz;

import io.dettrace.formats.sigrok.SigrokFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Any samples for the decoders. The first byte chooses decoder and grouping, the second how often a sample is repeated, so
 * that a few bytes make signals of all lengths; the rest are samples of four channels.
 */
public final class SigrokDecodersFuzz {
    private static final String[] DECODE = {
        "auto",
        "none",
        "uart:rx=A,tx=B,baud=115200",
        "uart:rx=A,tx=B,baud=9600,data=7,parity=even,stop=2,invert=yes",
        "uart:rx=A,baud=250000,data=9,order=msb;i2c:scl=C,sda=D",
        "uart:rx=A,tx=B",
        "spi:clk=A,mosi=B,miso=C,cs=D",
        "spi:clk=A,mosi=B,mode=3,word=13,order=lsb",
        "i2c:scl=A,sda=B",
        "onewire:owr=A",
        "onewire:owr=A,overdrive=yes",
    };
    private static final String[] GROUP = {"auto", "byte", "line"};
    private static final int MAX_SAMPLES = 1 << 16;

    private SigrokDecodersFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (data.length < 2) {
            return;
        }
        int choice = data[0] & 0xFF;
        Map<String, String> options = Map.of(
                "decode", DECODE[choice % DECODE.length], "group", GROUP[choice / DECODE.length % GROUP.length]);
        RecordFuzz.check(new SigrokFormat(), capture(data), options);
    }

    private static byte[] capture(byte[] data) throws IOException {
        int repeat = 1 + (data[1] & 0xFF);
        byte[] samples = new byte[Math.min(MAX_SAMPLES, (data.length - 2) * repeat)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = data[2 + i / repeat];
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_SPEED);
            entry(zip, "version", "2".getBytes(StandardCharsets.US_ASCII));
            String names = "probe1=A\nprobe2=B\nprobe3=C\nprobe4=D\n";
            entry(
                    zip,
                    "metadata",
                    ("[device 1]\ncapturefile=logic-1\ntotal probes=4\nsamplerate=1 MHz\nunitsize=1\n" + names)
                            .getBytes(StandardCharsets.US_ASCII));
            entry(zip, "logic-1-1", Arrays.copyOf(samples, samples.length / 2));
            entry(zip, "logic-1-2", Arrays.copyOfRange(samples, samples.length / 2, samples.length));
        }
        return out.toByteArray();
    }

    private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
    }
}

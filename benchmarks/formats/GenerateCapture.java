import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a sigrok capture of a UART dialog: {@code GenerateCapture FILE MIB}. RX and TX take turns at 115,200 baud, sampled
 * at 4 MHz, a byte a sample, so that half of the samples lie in frames and the rest in pauses.
 */
public final class GenerateCapture {
    private static final int CHUNK = 4 << 20;
    private static final double BIT = 4e6 / 115_200;

    private final byte[] chunk = new byte[CHUNK];
    private final ZipOutputStream zip;
    private int used;
    private int number;

    private GenerateCapture(OutputStream out) {
        zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.BEST_SPEED);
    }

    public static void main(String[] args) throws IOException {
        long wanted = Long.parseLong(args[1]) << 20;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[0])))) {
            new GenerateCapture(out).write(wanted);
        }
    }

    private void write(long wanted) throws IOException {
        entry("version", "2".getBytes(StandardCharsets.US_ASCII));
        entry(
                "metadata",
                ("[global]\nsigrok version=0.5.2\n\n[device 1]\ncapturefile=logic-1\ntotal probes=2\nsamplerate=4 MHz\n"
                                + "total analog=0\nprobe1=RX\nprobe2=TX\nunitsize=1\n")
                        .getBytes(StandardCharsets.US_ASCII));
        hold(3, 1000);
        for (long turn = 0; (long) number * CHUNK + used < wanted; turn++) {
            text("AT+READ=" + turn + "\r\n", 2);
            hold(3, 4000);
            text("OK " + turn * 7919 % 65_536 + "\r\n", 1);
            hold(3, 4000);
        }
        flush();
        zip.finish();
    }

    private void text(String text, int line) throws IOException {
        for (char c : text.toCharArray()) {
            int frame = c << 1 | 0x200;
            double at = 0;
            for (int i = 0; i < 10; i++) {
                int samples = (int) (Math.round(at + BIT) - Math.round(at));
                at += BIT;
                hold((frame >> i & 1) == 1 ? 3 : 3 - line, samples);
            }
        }
    }

    private void hold(int sample, int samples) throws IOException {
        for (int i = 0; i < samples; i++) {
            chunk[used++] = (byte) sample;
            if (used == CHUNK) {
                flush();
            }
        }
    }

    private void flush() throws IOException {
        number++;
        zip.putNextEntry(new ZipEntry("logic-1-" + number));
        zip.write(chunk, 0, used);
        used = 0;
    }

    private void entry(String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
    }
}

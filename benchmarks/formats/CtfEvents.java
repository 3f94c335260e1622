import io.dettrace.formats.ReadContext;
import io.dettrace.formats.ctf.CtfFormat;
import io.dettrace.formats.input.Inputs;
import io.dettrace.formats.record.RecordInput;
import io.dettrace.formats.record.RecordJson;
import io.dettrace.formats.record.RecordReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Prints the events of a CTF trace as JSON lines, or with {@code count} how many there are and how fast they are read. */
final class CtfEvents {
    private CtfEvents() {}

    public static void main(String[] args) throws IOException {
        boolean count = args.length > 1 && args[1].equals("count");
        long events = 0;
        long start = System.nanoTime();
        try (Inputs inputs = new Inputs(System.in);
                RecordReader reader = new CtfFormat()
                        .open(new RecordInput(args[0], inputs.resolve(args[0]), Map.of()), new ReadContext(false, -1));
                Writer out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8))) {
            while (reader.next()) {
                events++;
                if (!count) {
                    out.write(RecordJson.write(reader.record()));
                    out.write('\n');
                }
            }
            if (count) {
                double seconds = (System.nanoTime() - start) / 1e9;
                out.write(String.format(
                        Locale.ROOT, "%d events, %.1f MB/s%n", events, reader.bytesRead() / 1e6 / seconds));
            }
        }
    }
}

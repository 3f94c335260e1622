package io.dettrace.formats.fuzz;

import io.dettrace.event.InputException;
import io.dettrace.event.SourceRef;
import io.dettrace.formats.input.InputFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Any bytes as a file that may be compressed; gzip data that is taken means what the JDK takes it for. */
public final class CompressedFuzz {
    private static final int MOST = 1 << 22;

    private CompressedFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        InputFile file = FuzzFile.of(data, 0);
        byte[] text;
        try (InputStream in = file.open()) {
            text = in.readNBytes(MOST);
        } catch (InputException e) {
            FuzzFile.require(e.getMessage().startsWith("fuzzed.log"), "a message without the file: " + e.getMessage());
            return;
        }
        boolean gzip = data.length > 1 && data[0] == 0x1F && data[1] == (byte) 0x8B;
        if (gzip) {
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(data))) {
                byte[] jdk = in.readNBytes(MOST);
                // Behind zero bytes the JDK does not look for a further member.
                boolean prefix = Arrays.mismatch(jdk, text) < 0 || Arrays.mismatch(jdk, text) == jdk.length;
                FuzzFile.require(prefix, "the JDK reads another text");
            } catch (ZipException e) {
                // The checksum of a header is optional, and only the JDK looks at it.
                FuzzFile.require(
                        String.valueOf(e.getMessage()).contains("header"), "the JDK refuses it: " + e.getMessage());
            }
        } else if (!file.isCompressed()) {
            FuzzFile.require(
                    Arrays.equals(Arrays.copyOf(data, Math.min(data.length, MOST)), text), "plain text is changed");
        }
        if (text.length > 2) {
            SourceRef middle = new SourceRef(0, 1, text.length / 2, text.length / 4);
            byte[] part = Arrays.copyOfRange(text, text.length / 2, text.length / 2 + text.length / 4);
            FuzzFile.require(
                    Arrays.equals(file.readAll(List.of(middle)).get(0), part), "a range reads as something else");
        }
    }
}

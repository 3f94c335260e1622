package io.dettrace.cli;

import com.github.luben.zstd.ZstdOutputStream;
import io.dettrace.event.InputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A file that a command writes a run to. */
final class OutputFile {
    private OutputFile() {}

    /** Checks, before anything is read, that the output may be written: it replaces no input, and nothing without leave. */
    static void check(Path out, List<String> inputs, boolean force) throws IOException {
        if (Files.isDirectory(out)) {
            throw new InputException(out + ": is a folder; OUT must name a file");
        }
        if (Files.exists(out)) {
            for (String input : inputs) {
                if (!input.equals("-") && Files.exists(Path.of(input)) && Files.isSameFile(Path.of(input), out)) {
                    throw new InputException(out + ": is an input and the output at once; choose another OUT");
                }
            }
            if (!force) {
                throw new InputException(out + ": is there already; choose another OUT, or --force to replace it");
            }
        }
        Path parent = out.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new InputException(out + ": its folder does not exist; create it, or choose another OUT");
        }
    }

    /** The stream, compressed as the file's name says. */
    static OutputStream compressed(String name, OutputStream out) throws IOException {
        if (name.endsWith(".gz")) {
            return new GZIPOutputStream(out, 1 << 16);
        }
        return name.endsWith(".zst") ? new ZstdOutputStream(out) : out;
    }
}

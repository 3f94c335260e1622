package io.dettrace.cli;

import io.dettrace.event.InputException;
import io.dettrace.replay.ResultFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Whether outputs may replace files that DetTrace did not write. */
final class ReplaceArguments {
    /** What every event log of a run begins with. */
    private static final String LOG_BEGINS = "{\"thread\":\"";

    @Option(names = "--force", description = "Let --out replace files that DetTrace did not write.")
    private boolean force;

    boolean force() {
        return force;
    }

    /** Checks, before a program is run, that its events may go to a file: a log of a run is replaced, all else is kept. */
    void checkLog(Path log) throws IOException {
        if (Files.isDirectory(log)) {
            throw new InputException(log + ": is a folder; --out must name a file for the events");
        }
        Path parent = log.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new InputException(log + ": its folder does not exist; create it, or choose another --out");
        }
        if (Files.isRegularFile(log) && !force && !isLog(log)) {
            throw new InputException(log + ": exists already and was not written by DetTrace; choose another file for"
                    + " --out, or --force to replace it");
        }
        ResultFolder.checkWritable(parent, log);
    }

    /** Checks, before a program is run, that its runs may go to a folder, which is made: it must hold none. */
    void checkFolder(Path folder, String ending) throws IOException {
        ResultFolder.make(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(ending)).toList()) {
                if (!force) {
                    throw new InputException(
                            file + ": is there already; choose another folder for --out, or --force to replace runs");
                }
                Files.delete(file);
            }
        }
    }

    private static boolean isLog(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            String begins = new String(in.readNBytes(LOG_BEGINS.length()), StandardCharsets.UTF_8);
            return begins.isEmpty() || begins.equals(LOG_BEGINS);
        }
    }
}

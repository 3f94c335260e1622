package io.dettrace.cli;

import io.dettrace.compare.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What is said differently to a person at a terminal: colour and progress. */
final class Terminal {
    enum When {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "auto, always or never (default: auto; NO_COLOR is respected).")
    private When colour;

    @Option(
            names = "--progress",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "Show progress on standard error: auto, always or never (default: auto).")
    private When progress;

    boolean colour() {
        boolean terminal = Boolean.getBoolean("dettrace.terminal.out") && System.getenv("NO_COLOR") == null;
        return colour == When.ALWAYS || colour == When.AUTO && terminal;
    }

    ProgressLine progress(PrintWriter err, long baselineSize, long candidateSize) {
        return new ProgressLine(showsProgress() ? err : null, baselineSize, candidateSize);
    }

    /** The progress of runs of a program. */
    RunProgress runs(PrintWriter err) {
        return new RunProgress(err, showsProgress());
    }

    private boolean showsProgress() {
        return progress == When.ALWAYS || progress == When.AUTO && Boolean.getBoolean("dettrace.terminal.err");
    }

    /** One line that is rewritten in place, and wiped at the end. */
    static final class ProgressLine implements Progress, AutoCloseable {
        private static final long FIRST_NANOS = 700_000_000L;
        private static final long EVERY_NANOS = 200_000_000L;

        private final PrintWriter err;
        private final long total;
        private final long start = System.nanoTime();
        private long last = start + FIRST_NANOS - EVERY_NANOS;
        private boolean shown;

        ProgressLine(PrintWriter err, long baselineSize, long candidateSize) {
            this.err = err;
            total = baselineSize < 0 || candidateSize < 0 ? -1 : baselineSize + candidateSize;
        }

        @Override
        public void update(long baselineBytes, long candidateBytes, long events) {
            if (err == null) {
                return;
            }
            long now = System.nanoTime();
            if (now - last < EVERY_NANOS) {
                return;
            }
            last = now;
            double seconds = (now - start) / 1e9;
            long bytes = baselineBytes + candidateBytes;
            double rate = bytes / seconds;
            String line = String.format(Locale.ROOT, "%,d events, %.0f MB, %.0f MB/s", events, bytes / 1e6, rate / 1e6);
            if (total > 0) {
                long left = Math.max(0, Math.round((total - bytes) / rate));
                line += String.format(
                        Locale.ROOT, ", %d %%, %d:%02d left", Math.min(100, 100 * bytes / total), left / 60, left % 60);
            }
            err.print("\r\u001B[K" + line);
            err.flush();
            shown = true;
        }

        @Override
        public void close() {
            if (shown) {
                err.print("\r\u001B[K");
                err.flush();
            }
        }
    }
}

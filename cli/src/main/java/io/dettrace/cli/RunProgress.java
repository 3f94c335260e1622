package io.dettrace.cli;

import java.io.PrintWriter;
import java.util.Locale;

/** One line about runs of a program that is rewritten in place, and wiped at the end. */
final class RunProgress implements AutoCloseable {
    private static final long EVERY_NANOS = 200_000_000L;

    private final PrintWriter err;
    private final boolean on;
    private long last = System.nanoTime() - EVERY_NANOS;
    private boolean shown;

    RunProgress(PrintWriter err, boolean on) {
        this.err = err;
        this.on = on;
    }

    void explored(int runs, int of, int failing, int distinct, long nanos) {
        show(() -> String.format(
                Locale.ROOT,
                "%d of %d seeds, %.1f runs/s, %d failing, %d distinct",
                runs,
                of,
                runs / (nanos / 1e9),
                failing,
                distinct));
    }

    void proved(int runs, String doing) {
        show(() -> doing + ", " + runs + " runs");
    }

    private interface Line {
        String text();
    }

    private synchronized void show(Line line) {
        long now = System.nanoTime();
        if (!on || now - last < EVERY_NANOS) {
            return;
        }
        last = now;
        err.print("\r\u001B[K" + line.text());
        err.flush();
        shown = true;
    }

    @Override
    public synchronized void close() {
        if (shown) {
            err.print("\r\u001B[K");
            err.flush();
        }
    }
}

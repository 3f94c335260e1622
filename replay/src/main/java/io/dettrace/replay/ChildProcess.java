package io.dettrace.replay;

import io.dettrace.event.InputException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that is started, waited for and, with all that it started, ended if need be. */
final class ChildProcess {
    /** Bytes of each of the two outputs that are kept: the last ones. */
    static final int KEPT_OUTPUT = 1 << 20;

    private static final Duration GRACE = Duration.ofSeconds(3);

    private ChildProcess() {}

    /**
     * How a process ended.
     *
     * @param status its exit status
     * @param timedOut true if it was ended because its time was up
     * @param output the end of its standard output and its standard error; empty if inherited
     * @param digest SHA-256 of all of both; empty if inherited
     */
    record Ended(int status, boolean timedOut, String output, String digest) {}

    /** Runs a command with this process's own input and outputs, for as long as it takes. */
    static Ended inherited(LaunchCommand command) throws IOException, InterruptedException {
        Process process = start(builder(command).inheritIO());
        Guard guard = new Guard(process);
        try {
            return new Ended(process.waitFor(), false, "", "");
        } finally {
            guard.release();
        }
    }

    /** Runs a command without input and with its outputs captured. */
    static Ended captured(LaunchCommand command, Duration limit) throws IOException, InterruptedException {
        File nothing = new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
        Process process = start(builder(command).redirectInput(nothing));
        Guard guard = new Guard(process);
        try {
            Drain out = new Drain(process.getInputStream());
            Drain err = new Drain(process.getErrorStream());
            boolean timedOut = !process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (timedOut) {
                guard.end();
            }
            int status = process.waitFor();
            return new Ended(status, timedOut, out.text() + err.text(), hex(sha256(), out.digest(), err.digest()));
        } finally {
            guard.release();
        }
    }

    private static ProcessBuilder builder(LaunchCommand command) {
        ProcessBuilder builder = new ProcessBuilder(command.words());
        builder.environment().putAll(command.environment());
        return builder;
    }

    private static Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            List<String> words = builder.command();
            throw new InputException(words.get(0) + ": cannot be started: " + e.getMessage(), e);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String hex(MessageDigest of, byte[] first, byte[] second) {
        of.update(first);
        of.update(second);
        return HexFormat.of().formatHex(of.digest());
    }

    /** Ends the process and its descendants when this process ends or gives up waiting. */
    private static final class Guard {
        private final Process process;
        private final Thread hook;

        Guard(Process process) {
            this.process = process;
            hook = new Thread(this::endGently);
            Runtime.getRuntime().addShutdownHook(hook);
        }

        /** The signal that ends this process went to the program too, which has files to write. */
        private void endGently() {
            try {
                if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                    end();
                }
            } catch (InterruptedException e) {
                end();
            }
        }

        void end() {
            List<ProcessHandle> started = process.descendants().toList();
            process.destroyForcibly();
            started.forEach(ProcessHandle::destroyForcibly);
        }

        void release() {
            if (process.isAlive()) {
                end();
            }
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // This process is ending, and the hook does its work.
            }
        }
    }

    /** Reads one output to its end, so that the process never waits for a reader. */
    private static final class Drain implements Runnable {
        private final InputStream from;
        private final MessageDigest digest = sha256();
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final Thread reader;
        private byte[] before = {};

        Drain(InputStream from) {
            this.from = from;
            reader = new Thread(this, "dettrace-output");
            reader.setDaemon(true);
            reader.start();
        }

        @Override
        public void run() {
            byte[] buffer = new byte[8192];
            try {
                for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                    digest.update(buffer, 0, n);
                    if (kept.size() + n > KEPT_OUTPUT) {
                        before = kept.toByteArray();
                        kept.reset();
                    }
                    kept.write(buffer, 0, n);
                }
            } catch (IOException e) {
                // The process was ended; what was read until then stands.
            }
        }

        /** Waits for the end of the output; a descendant that outlives the process and holds it open is not waited for. */
        private void await() throws InterruptedException {
            reader.join(GRACE.toMillis());
        }

        String text() throws InterruptedException {
            await();
            String last = new String(before, StandardCharsets.UTF_8) + kept.toString(StandardCharsets.UTF_8);
            return last.substring(Math.max(0, last.length() - KEPT_OUTPUT));
        }

        byte[] digest() throws InterruptedException {
            await();
            return digest.digest();
        }
    }
}

package io.dettrace.replay;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A text file that is there whole or not at all: it is written beside its place and moved there. What has begun is taken
 * away if it cannot be ended, also if the process is interrupted.
 */
public final class WholeFile {
    private WholeFile() {}

    /** What a file holds. */
    public interface Content {
        /** Writes it. */
        void to(Writer writer) throws IOException;
    }

    /** What a file holds, byte by byte. */
    public interface Bytes {
        /** Writes it. */
        void to(OutputStream out) throws IOException;
    }

    /**
     * Writes a file in UTF-8, in place of what is there.
     *
     * @throws IOException if it cannot be written; the message names the file and says what to do
     */
    public static void write(Path file, Content content) throws IOException {
        writeBytes(file, out -> {
            try (Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
                content.to(writer);
            }
        });
    }

    /**
     * Writes a file, in place of what is there.
     *
     * @throws IOException if it cannot be written; the message names the file and says what to do
     */
    public static void writeBytes(Path file, Bytes content) throws IOException {
        Path part = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        Thread wipe = new Thread(() -> part.toFile().delete());
        Runtime.getRuntime().addShutdownHook(wipe);
        try {
            try (OutputStream out =
                    new BufferedOutputStream(new NamedOutput(file, Files.newOutputStream(part)), 1 << 16)) {
                content.to(out);
            }
            move(part, file);
        } finally {
            Files.deleteIfExists(part);
            Runtime.getRuntime().removeShutdownHook(wipe);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** An output whose errors name its file: the system's say only that there is no space left. */
    private static final class NamedOutput extends FilterOutputStream {
        private final Path file;

        NamedOutput(Path file, OutputStream out) {
            super(out);
            this.file = file;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (FileSystemException named) {
                throw named;
            } catch (IOException e) {
                throw new IOException(
                        file + ": " + e.getMessage() + "; make room there, or choose another place for it", e);
            }
        }
    }
}

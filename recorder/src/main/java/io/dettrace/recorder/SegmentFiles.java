package io.dettrace.recorder;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Creates and deletes the mapped files of a recording; tests put others in its place. */
interface SegmentFiles {
    /** Large pieces: the kernel then takes large pages, and both writing them and first touching them cost a tenth. */
    byte[] ZEROS = new byte[256 * 1024];

    /** Files on the disk. */
    SegmentFiles DISK = new SegmentFiles() {};

    /**
     * A new file of {@code size} zero bytes, mapped. All of it is written before it is mapped: a hole in the file would
     * turn a full disk into an error inside a plain memory write, somewhere in the program, where it can be handled by
     * nobody. Either all of the file is there, or none of it: a rest is given back to the disk.
     *
     * @throws IOException if the disk is full, read-only or otherwise unwilling
     */
    default ByteBuffer create(Path file, int size) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                // An interrupt closes a channel in use, so it is taken off for as long as there is one.
                interrupted |= Thread.interrupted();
                try {
                    return createOnce(file, size);
                } catch (ClosedByInterruptException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Makes a file that is not needed any more, {@code mapped} from {@code from}, the new file {@code to}, of zero bytes. A
     * tenth of the cost of a new one: no memory and no place on the disk has to be found.
     *
     * @throws IOException if it cannot be renamed; it is deleted then
     */
    default ByteBuffer recycle(Path from, Path to, ByteBuffer mapped) throws IOException {
        for (int at = 0; at < mapped.capacity(); at += ZEROS.length) {
            mapped.put(at, ZEROS, 0, Math.min(ZEROS.length, mapped.capacity() - at));
        }
        try {
            // Only now, so that whoever reads the new name finds nothing that is not new.
            Files.move(from, to);
            return mapped;
        } catch (IOException e) {
            Files.deleteIfExists(from);
            throw e;
        }
    }

    /** Deletes {@code file}, if it is there. */
    default void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Bytes that a program may still put on the disk of {@code folder}; a large number if nobody knows. */
    default long usableSpace(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException unknown) {
            return Long.MAX_VALUE;
        }
    }

    private static ByteBuffer createOnce(Path file, int size) throws IOException {
        boolean done = false;
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            for (int at = 0; at < size; at += ZEROS.length) {
                access.write(ZEROS, 0, Math.min(ZEROS.length, size - at));
            }
            ByteBuffer mapped = access.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, size);
            done = true;
            return mapped.order(ByteOrder.LITTLE_ENDIAN);
        } finally {
            if (!done) {
                Files.deleteIfExists(file);
            }
        }
    }
}

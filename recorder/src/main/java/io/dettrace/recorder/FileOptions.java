package io.dettrace.recorder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** The choices of a recorder that are about its files, as {@link Recorder.Builder} describes and checks them. */
final class FileOptions {
    WhenFull whenFull = WhenFull.DROP_NEWEST;
    int segmentBytes = 4 << 20;
    long maxBytes = 1L << 30;
    long keepFree = 64L << 20;
    boolean overwrite;

    // What tests put in place of the disk and the clock.
    SegmentFiles segments = SegmentFiles.DISK;
    LongSupplier wallClock = System::currentTimeMillis;

    /**
     * Makes a folder ready for a recording, and its control file.
     *
     * @throws IOException if it cannot be written to, or holds a recording that may not be overwritten
     */
    ControlFile prepare(Path folder, RecordingId name) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(FileOptions::isOurs).toList()) {
                if (!overwrite) {
                    throw new IOException("it holds a recording already: name another folder, or say overwrite()");
                }
                Files.delete(entry);
            }
        }
        ByteBuffer bytes = segments.create(folder.resolve(SegmentFormat.CONTROL_FILE), ControlFile.SIZE);
        SegmentFormat.writeHeader(bytes, SegmentFormat.KIND_CONTROL, name, 0, wallClock.getAsLong());
        return new ControlFile(bytes);
    }

    private static boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        return name.equals(SegmentFormat.CONTROL_FILE)
                || name.startsWith(SegmentFormat.SEGMENT_PREFIX) && name.endsWith(SegmentFormat.SEGMENT_SUFFIX);
    }
}

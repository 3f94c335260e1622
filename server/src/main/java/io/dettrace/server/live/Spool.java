package io.dettrace.server.live;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.dettrace.formats.spans.OtlpTelemetry.Encoding;
import io.dettrace.formats.spans.Signal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The tail of what was received, on disk: a state file, and the requests since then in append-only segments. A record is the
 * length of what follows, its CRC-32C, the time of receipt, signal and encoding, the length of the request and the request in
 * Zstandard. What was written is in the kernel's hands and survives the death of the process, not that of the machine.
 *
 * <p>Segment n holds what came after state n; so after a restart the newest state that is whole is read and the segments from its
 * number on. Not thread-safe, but {@link #store} may run beside {@link #append}.
 */
final class Spool implements Closeable {
    /** A request as it came. */
    record Received(long millis, Signal signal, Encoding encoding, byte[] request) {}

    private static final int HEAD = 8;
    private static final int FIXED = 8 + 1 + 1 + 4;
    private static final Signal[] SIGNALS = Signal.values();
    private static final Encoding[] ENCODINGS = Encoding.values();

    private final Path folder;
    private final long limit;
    private final int maxRequest;
    private final FileChannel lock;
    private final TreeMap<Long, Long> segments = new TreeMap<>();
    private long bytes;
    private long number;
    private long firstNeeded;
    private @Nullable FileChannel out;
    /** The last write may have left half a record. */
    private boolean broken;

    /**
     * Opens a folder, which is made if it is missing.
     *
     * @param limit bytes of all segments together
     * @param maxRequest bytes of a request at most
     * @throws IOException if it cannot be used, or another server uses it
     */
    Spool(Path folder, long limit, int maxRequest) throws IOException {
        this.folder = folder;
        this.limit = limit;
        this.maxRequest = maxRequest;
        Files.createDirectories(folder);
        lock = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isOurs(lock)) {
            lock.close();
            throw new IOException(folder + ": another server uses it; stop that one, or choose another folder");
        }
        for (long n : numbers("segment-", ".spool")) {
            long size = Files.size(segment(n));
            segments.put(n, size);
            bytes += size;
        }
        number = segments.isEmpty() ? 0 : segments.lastKey();
    }

    private static boolean isOurs(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private List<Long> numbers(String before, String behind) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.matches(before + "\\d{12}" + behind))
                    .map(f -> Long.parseLong(f.substring(before.length(), f.length() - behind.length())))
                    .sorted()
                    .toList();
        }
    }

    private Path segment(long n) {
        return folder.resolve(String.format("segment-%012d.spool", n));
    }

    private Path state(long n) {
        return folder.resolve(String.format("state-%012d.bin", n));
    }

    // ---- reading ---------------------------------------------------------------------------------------------------

    /** What takes a state; may refuse it. */
    interface StateReader {
        /** @throws IOException if the state is of no use; the message says why */
        void read(byte[] state) throws IOException;
    }

    /**
     * Gives the newest state of use and what came after it, then begins a new segment.
     *
     * @param notes takes sentences about what is missing
     */
    void recover(StateReader reader, Consumer<Received> requests, Consumer<String> notes) throws IOException {
        List<Long> states = numbers("state-", ".bin");
        firstNeeded = 0;
        for (int i = states.size() - 1; i >= 0 && firstNeeded == 0; i--) {
            try {
                reader.read(Files.readAllBytes(state(states.get(i))));
                firstNeeded = states.get(i);
            } catch (IOException e) {
                notes.accept(state(states.get(i)) + ": is left out, since " + e.getMessage());
            }
        }
        for (long n : segments.tailMap(firstNeeded, true).keySet()) {
            read(segment(n), requests, notes);
        }
        roll();
    }

    private void read(Path file, Consumer<Received> requests, Consumer<String> notes) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = in.size();
            long at = 0;
            while (at < size) {
                Received received = record(in, at, size);
                if (received == null) {
                    notes.accept(file + ": byte " + at + ": the rest of the segment, " + (size - at)
                            + " bytes, is torn or damaged and left out");
                    return;
                }
                requests.accept(received);
                at = in.position();
            }
        }
    }

    /** The record at a place; null if it is not whole. The channel then stands behind it. */
    private @Nullable Received record(FileChannel in, long at, long size) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        in.position(at);
        if (size - at < HEAD || !fill(in, head)) {
            return null;
        }
        int length = head.getInt(0);
        if (length < FIXED || length > size - at - HEAD) {
            return null;
        }
        ByteBuffer body = ByteBuffer.allocate(length);
        if (!fill(in, body) || checksum(body.array()) != head.getInt(4)) {
            return null;
        }
        body.flip();
        long millis = body.getLong();
        int signal = body.get();
        int encoding = body.get();
        int whole = body.getInt();
        if (whole < 0 || whole > maxRequest || signal >= SIGNALS.length || encoding >= ENCODINGS.length) {
            return null;
        }
        byte[] packed = new byte[body.remaining()];
        body.get(packed);
        return new Received(millis, SIGNALS[signal], ENCODINGS[encoding], Zstd.decompress(packed, whole));
    }

    private static boolean fill(FileChannel in, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (in.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    // ---- writing ---------------------------------------------------------------------------------------------------

    /** A request as a record; any thread may make it. The time of receipt is put in by {@link #append}. */
    static ByteBuffer pack(Signal signal, Encoding encoding, byte[] request, ZstdCompressCtx zstd) {
        byte[] packed = zstd.compress(request);
        ByteBuffer record = ByteBuffer.allocate(HEAD + FIXED + packed.length);
        record.putInt(0, FIXED + packed.length);
        record.position(HEAD + 8);
        record.put((byte) signal.ordinal());
        record.put((byte) encoding.ordinal());
        record.putInt(request.length);
        record.put(packed);
        return record.flip();
    }

    /**
     * Writes a record behind the others.
     *
     * @return how many segments that a restart would need were deleted for the limit
     */
    int append(ByteBuffer record, long millis) throws IOException {
        record.putLong(HEAD, millis);
        CRC32C crc = new CRC32C();
        crc.update(record.duplicate().position(HEAD));
        record.putInt(4, (int) crc.getValue());
        int length = record.remaining();
        if (broken || segments.get(number) > limit / 8) {
            roll();
        }
        long before = segments.get(number);
        write(record, before);
        segments.put(number, before + length);
        bytes += length;
        int deleted = 0;
        while (bytes > limit && segments.firstKey() < number) {
            deleted += segments.firstKey() >= firstNeeded ? 1 : 0;
            delete(segments.firstKey());
        }
        return deleted;
    }

    private void write(ByteBuffer record, long before) throws IOException {
        FileChannel to = Objects.requireNonNull(out, "recover comes first");
        broken = true;
        try {
            while (record.hasRemaining()) {
                to.write(record);
            }
        } catch (IOException e) {
            // Half a record would make all behind it unreadable; if it stays, a new segment is begun.
            to.truncate(before);
            broken = false;
            throw e;
        }
        broken = false;
    }

    private void delete(long n) throws IOException {
        Files.deleteIfExists(segment(n));
        bytes -= segments.remove(n);
    }

    /** Begins a new segment and gives its number, which is that of the state as it is now. */
    long roll() throws IOException {
        FileChannel next = FileChannel.open(
                segment(number + 1),
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
        if (out != null) {
            out.close();
        }
        out = next;
        broken = false;
        number++;
        segments.put(number, 0L);
        return number;
    }

    /** Writes a state, whole or not at all. */
    void store(long stateNumber, byte[] state) throws IOException {
        Path part = folder.resolve("state.part");
        try (FileChannel to = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer all = ByteBuffer.wrap(state);
            while (all.hasRemaining()) {
                to.write(all);
            }
            to.force(true);
        }
        Files.move(part, state(stateNumber), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes what a restart needs no more, now that a state is there. */
    void forgetBefore(long stateNumber) throws IOException {
        firstNeeded = stateNumber;
        for (long n : new ArrayList<>(segments.headMap(stateNumber).keySet())) {
            delete(n);
        }
        for (long n : numbers("state-", ".bin")) {
            if (n < stateNumber) {
                Files.deleteIfExists(state(n));
            }
        }
    }

    /** Bytes of all segments. */
    long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
        lock.close();
    }
}
